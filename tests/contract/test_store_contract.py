"""What the store promises of editions, schedules and workers, on each database alike."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.editions import EditionKey, EditionState
from briefing.errors import ModelError, StoreError
from briefing.model import Cost, Document
from briefing.store.store import Store
from tests.stores import DAY, EVENING, MINUTE, MORNING, Where, messages
from tests.stores import T as NOW

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=100)


def opened(store: Store, key: EditionKey = MORNING) -> EditionKey:
    store.editions.open(key, "house", NOW, NOW)
    return key


def test_an_edition_is_opened_once(store: Store) -> None:
    first = store.editions.open(MORNING, "house", NOW, NOW + MINUTE)
    assert (first.key, first.tenant, first.state) == (MORNING, "house", EditionState.DUE)
    assert (first.slot, first.changed, first.reason, first.cost) == (NOW, NOW + MINUTE, "", Cost())
    assert store.editions.open(MORNING, "other", NOW + DAY, NOW + DAY) == first
    assert store.editions.get(MORNING) == first
    assert store.editions.get(EVENING) is None


def test_two_schedulers_open_the_same_edition(where: Where) -> None:
    with Store(where) as one, Store(where) as two, ThreadPoolExecutor(2) as pool:
        slots = (NOW, NOW + MINUTE)
        found = list(
            pool.map(lambda s: s[0].editions.open(MORNING, "house", s[1], NOW), zip((one, two), slots, strict=True))
        )
        assert found[0] == found[1]
        assert len(one.editions.recent()) == 1


def test_a_part_is_an_edition_of_its_own(store: Store) -> None:
    correction = EditionKey(MORNING.name, MORNING.date, "correction-1")
    opened(store)
    opened(store, correction)
    store.editions.move(correction, EditionState.DONE, NOW)
    assert [record.key for record in store.editions.unfinished()] == [MORNING]


def test_an_edition_moves_only_from_where_it_is_thought_to_be(store: Store) -> None:
    opened(store)
    later = NOW + MINUTE
    assert store.editions.move(MORNING, EditionState.MAKING, later, only_from=[EditionState.DUE], reason="it is time")
    assert not store.editions.move(MORNING, EditionState.MAKING, NOW + DAY, only_from=[EditionState.DUE])
    assert not store.editions.move(EVENING, EditionState.MAKING, NOW)
    record = store.editions.get(MORNING)
    assert record is not None
    assert (record.state, record.changed, record.reason) == (EditionState.MAKING, later, "it is time")
    assert store.editions.move(MORNING, EditionState.FAILED, NOW, reason="no \x00 model \ud800")
    record = store.editions.get(MORNING)
    assert record is not None
    assert record.reason == "no  model ?"


def test_costs_add_up_and_a_step_that_is_run_again_counts_once(store: Store) -> None:
    opened(store)
    store.editions.add_cost(MORNING, Cost(calls=1, price=0.25))
    store.editions.add_cost(MORNING, Cost(calls=2, price=0.25))
    for _ in range(2):
        store.editions.add_cost(MORNING, Cost(calls=10, price=0.5), "story 1")
    record = store.editions.get(MORNING)
    assert record is not None
    assert record.cost == Cost(calls=13, price=1.0)
    with pytest.raises(StoreError, match="evening/2026-03-05"):
        store.editions.add_cost(EVENING, Cost())


def test_costs_of_stories_written_at_once_are_all_counted(store: Store) -> None:
    opened(store)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: store.editions.add_cost(MORNING, Cost(calls=1)), range(20)))
    record = store.editions.get(MORNING)
    assert record is not None
    assert record.cost.calls == 20


def test_the_last_editions_come_first(store: Store) -> None:
    keys = [EditionKey("morning", (NOW + DAY * number).date()) for number in range(4)]
    for number, key in enumerate(keys):
        store.editions.open(key, "house", NOW + DAY * number, NOW)
    store.editions.open(EVENING, "house", NOW + DAY * 9, NOW)
    store.editions.move(keys[0], EditionState.DONE, NOW)
    store.editions.move(keys[3], EditionState.SKIPPED, NOW)
    store.editions.move(keys[2], EditionState.WAITING, NOW)
    assert [record.key for record in store.editions.recent("morning", 3)] == keys[:0:-1]
    assert [record.key for record in store.editions.recent(limit=1)] == [EVENING]
    ended = (EditionState.DONE, EditionState.SKIPPED)
    assert [record.key for record in store.editions.recent(states=ended)] == [keys[3], keys[0]]
    assert [record.key for record in store.editions.unfinished()] == [keys[1], keys[2], EVENING]


def test_files_of_an_edition(store: Store) -> None:
    opened(store)
    page, sheet = (
        Document(b"<p>\x00\xff", "text/html", "brief.html"),
        Document(b"%PDF" * 9, "application/pdf", "brief.pdf"),
    )
    for document in (sheet, Document(b"old", "text/plain", "brief.html"), page):
        store.editions.keep(MORNING, document, NOW)
    assert store.editions.document(MORNING, "brief.html") == page
    assert store.editions.document(MORNING, "brief.txt") is None
    assert [(file.name, file.size) for file in store.editions.documents(MORNING)] == [
        ("brief.html", 5),
        ("brief.pdf", 36),
    ]
    assert store.editions.documents(EVENING) == []
    with pytest.raises(StoreError):
        store.editions.keep(EVENING, page, NOW)
    assert not store.check()


@given(first=texts, second=texts)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_facts_of_an_edition(store: Store, first: str, second: str) -> None:
    opened(store)
    for value in (first, second):
        store.editions.remember(MORNING, "made_at", value)
    assert store.editions.recall(MORNING, "made_at") == second
    assert store.editions.recall(MORNING, "other") is None


def test_discarded_files_are_gone_and_what_they_cost_stays(store: Store) -> None:
    opened(store)
    store.editions.keep(MORNING, Document(b"{}", "application/json", "brief.json"), NOW)
    store.editions.add_cost(MORNING, Cost(calls=3), "brief.json")
    store.editions.discard(MORNING)
    assert store.editions.documents(MORNING) == []
    assert store.editions.document(MORNING, "brief.json") is None
    record = store.editions.get(MORNING)
    assert record is not None
    assert record.cost.calls == 3


def test_articles_keep_their_order_and_are_shared(store: Store) -> None:
    flood, frost = '{"text": "Flood. \\u0000"}' * 200, '{"text": "Frost in Ostrand: ❄"}'
    for key, articles in ((MORNING, [frost]), (MORNING, [flood, frost, flood]), (EVENING, [frost, flood])):
        store.editions.keep_articles(opened(store, key), iter(articles))
    assert store.editions.articles(MORNING) == [flood, frost, flood]
    assert store.editions.articles(EVENING) == [frost, flood]
    store.editions.keep_articles(EVENING, [])
    assert store.editions.articles(EVENING) == []
    assert store.purge(NOW - DAY).parts == 0
    store.editions.keep_articles(MORNING, [frost])
    assert store.purge(NOW - DAY).parts == 1


def test_a_slot_is_handled_by_one_scheduler(store: Store) -> None:
    schedules = store.schedules
    assert schedules.next_run("morning") is None
    assert schedules.advance("morning", None, "07:00", NOW)
    assert not schedules.advance("morning", None, "07:00", NOW + DAY)
    assert schedules.next_run("morning") == NOW
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(lambda _: schedules.advance("morning", NOW, "07:00", NOW + DAY), range(8)))
    assert won.count(True) == 1
    assert schedules.all() == [("morning", "07:00", NOW + DAY)]


def test_a_schedule_is_set_and_forgotten(store: Store) -> None:
    schedules = store.schedules
    schedules.set_next_run("morning", "07:00", NOW)
    schedules.set_next_run("morning", "08:00", None)
    schedules.set_next_run("evening", "19:00", NOW + timedelta(microseconds=1))
    assert [(each.name, each.next_at) for each in schedules.all()] == [
        ("evening", NOW + timedelta(microseconds=1)),
        ("morning", None),
    ]
    assert schedules.get("morning") == ("morning", "08:00", None)
    assert not schedules.advance("morning", NOW, "08:00", NOW)
    assert schedules.advance("morning", None, "08:00", NOW)
    schedules.forget("evening")
    assert [each.name for each in schedules.all()] == ["morning"]


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(ModelError, match="zone"):
        store.schedules.set_next_run("morning", "07:00", NOW.replace(tzinfo=None))


def test_workers_that_were_not_seen_for_long_are_dead(store: Store) -> None:
    workers = store.workers
    workers.beat("a", "mill", 10, "1", NOW)
    workers.beat("b", "barn", 10, "1", NOW)
    workers.beat("a", "mill", 10, "2", NOW + 5 * MINUTE)
    now = NOW + 6 * MINUTE
    assert [(each.id, each.version, each.seen) for each in workers.alive(now, 2 * MINUTE)] == [
        ("a", "2", NOW + 5 * MINUTE)
    ]
    assert workers.dead(now, 5 * MINUTE, "mill", lambda pid: True) == ["b"]
    workers.gone("b")
    assert [each.id for each in workers.all()] == ["a"]


def test_workers_whose_process_is_gone_are_dead_at_once(store: Store) -> None:
    workers = store.workers
    for id, host, pid in (("me", "mill", 1), ("before", "mill", 1), ("there", "mill", 2), ("gone", "mill", 3)):
        workers.beat(id, host, pid, "1", NOW)
    workers.beat("elsewhere", "barn", 3, "1", NOW)
    dead = workers.dead(NOW, MINUTE, "mill", {1, 2}.__contains__, me="me")
    assert sorted(dead) == ["before", "gone"]
    assert workers.dead(NOW + DAY, MINUTE, "mill", {1, 2}.__contains__, me="me").count("me") == 0


def test_a_worker_that_nobody_knows_is_dead_when_it_has_held_a_mail_for_long(store: Store) -> None:
    store.outbox.put(MORNING, messages(2), NOW)
    store.outbox.claim("buried while it slept", NOW, 1)
    store.workers.beat("me", "mill", 1, "1", NOW)
    store.outbox.claim("me", NOW, 1)
    for now, dead in ((NOW + 5 * MINUTE, []), (NOW + 6 * MINUTE, ["buried while it slept"])):
        assert store.workers.dead(now, 5 * MINUTE, "mill", {1}.__contains__, me="me") == dead
    assert store.outbox.release(["buried while it slept"], NOW) == (1, 0)
    assert store.workers.dead(NOW + DAY, 5 * MINUTE, "mill", {1}.__contains__, me="me") == []


def test_answers_are_kept_there_too(store: Store) -> None:
    store.answers.put("a", "1")
    store.answers.put("a", "2")
    assert (store.answers.get("a"), store.answers.get("b"), store.answers.size()) == ("2", None, (1, 1))
    assert store.answers.clear() == 1
    assert not store.answers.fault


def test_a_sound_database_has_nothing_to_complain_of(store: Store) -> None:
    assert store.check() == []
