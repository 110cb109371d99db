"""What the store promises of people on each database alike: lists, suppression, forgetting, and how long it keeps."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
import sqlalchemy as sa

from briefing.editions import EditionState, Format, MailState, Outcome, Receipt, Subscriber
from briefing.errors import LostClaim
from briefing.model import Document
from briefing.store.erasing import find
from briefing.store.mails import SHARED
from briefing.store.store import Store
from tests.stores import DAY, EVENING, MINUTE, MORNING, message, messages
from tests.stores import T as NOW

ANA = Subscriber("Ana.Bell@Example.org", "Ana Bellström", "Asia/Kolkata", "de", ("floods", "“grids”"), Format.PDF)
BO = Subscriber("bo@example.org")


def test_a_subscriber_comes_back_whole(store: Store) -> None:
    people = store.subscribers
    assert people.add("desk", ANA, NOW)
    assert not people.add("desk", replace(ANA, address="ana.bell@EXAMPLE.org", zone=""), NOW)
    assert people.get("desk", "ANA.BELL@example.org") == replace(ANA, address="ana.bell@EXAMPLE.org", zone="")
    assert people.get("press", ANA.address) is None
    assert people.add("press", ANA, NOW)
    assert people.get("press", ANA.address) == ANA


def test_who_leaves_is_not_active_any_more(store: Store) -> None:
    people = store.subscribers
    people.add_all("desk", [BO, ANA], NOW)
    people.add("press", ANA, NOW)
    assert people.remove("desk", "ana.bell@example.org", NOW)
    assert not people.remove("desk", ANA.address, NOW)
    assert not people.remove("desk", "nobody@example.org", NOW)
    assert people.all("desk") == [BO]
    assert people.all("desk", active=False) == [replace(ANA, active=False), BO]
    assert people.lists() == {"desk": 1, "press": 1}
    people.add("desk", ANA, NOW)
    assert people.all("desk") == [ANA, BO]


def test_many_are_imported_at_once(store: Store) -> None:
    crowd = [Subscriber(f"reader{number}@example.org") for number in range(1200)]
    assert store.subscribers.add_all("desk", [*crowd, replace(crowd[0], name="Last")], NOW) == 1200
    assert store.subscribers.add_all("desk", [*crowd, BO], NOW) == 1
    assert store.subscribers.add_all("desk", [], NOW) == 0
    assert store.subscribers.lists() == {"desk": 1201}


def test_suppressed_addresses(store: Store) -> None:
    suppressed = store.suppressions
    suppressed.add("Ana@Example.org", "550 no such user", NOW)
    suppressed.add("ana@example.org", "asked for it", NOW + DAY)
    suppressed.add("bo@example.org", "asked for it", NOW + MINUTE)
    assert suppressed.list() == [
        ("bo@example.org", "asked for it", NOW + MINUTE),
        ("Ana@Example.org", "550 no such user", NOW),
    ]
    assert suppressed.contains("ANA@example.org")
    assert suppressed.remove("ana@example.org")
    assert not suppressed.remove("ana@example.org")
    assert not suppressed.contains("ana@example.org")


def test_a_person_is_forgotten_everywhere(store: Store) -> None:
    address = ANA.address
    for list_ in ("desk", "press"):
        store.subscribers.add(list_, ANA, NOW)
    store.subscribers.add("desk", BO, NOW)
    body = b"To: Ana Bellstr\xc3\xb6m <Ana.Bell@Example.org>\r\n" + b"x" * SHARED
    store.outbox.put(MORNING, [message(address, b"Dear ana.bell@example.org", body), message(BO.address)], NOW)
    store.outbox.put(EVENING, [message(address, body)], NOW)
    (sent, _) = store.outbox.claim("w", NOW, 9, MORNING)
    store.outbox.commit(sent.id, "w", NOW)
    store.outbox.settle(sent.id, "w", Receipt(Outcome.REFUSED, f"550 <{address}> unknown", suppress=True), NOW)
    store.editions.open(MORNING, "house", NOW, NOW)
    store.editions.move(MORNING, EditionState.FAILED, NOW, reason=f"nothing reached {address.lower()} and others")
    store.editions.remember(MORNING, "readers", f'["{address}", "xana.bell@example.org"]')
    store.answers.put("a", f"write to {address}")
    store.answers.put("b", "write to nobody")

    erased = store.subscribers.erase("ana.bell@example.org", NOW)

    assert (erased.subscriptions, erased.mails, erased.left, erased.named, erased.trouble) == (2, 2, (), (), "")
    assert erased.proved
    assert find(store.database, ANA.name) == []
    assert store.subscribers.all("desk") == [BO]
    assert [(each.recipient, each.state) for each in store.outbox.mails()] == [
        ("", MailState.FAILED),
        (BO.address, MailState.CLAIMED),
        ("", MailState.FAILED),
    ]
    assert store.suppressions.contains(address)
    assert store.suppressions.list() == [("", "", NOW)]
    assert store.editions.recall(MORNING, "readers") == '["(erased)", "xana.bell@example.org"]'
    assert (store.answers.get("a"), store.answers.get("b")) == (None, "write to nobody")
    assert store.check() == []


def test_the_forgotten_get_nothing_that_waits_and_nothing_twice(store: Store) -> None:
    for edition in (MORNING, EVENING):
        store.outbox.put(edition, [message(BO.address)], NOW)
    (held,) = store.outbox.claim("w", NOW, 1)
    store.subscribers.erase(BO.address, NOW)
    with pytest.raises(LostClaim):
        store.outbox.commit(held.id, "w", NOW)
    assert store.outbox.counts() == {MailState.CANCELLED: 2}
    assert store.outbox.requeue(None, NOW, only_from=[MailState.CANCELLED]) == 0
    assert store.outbox.put(MORNING, [message(BO.address)], NOW) == 0


def test_what_is_being_handed_over_to_the_forgotten_is_finished_without_their_name(store: Store) -> None:
    store.outbox.put(MORNING, [message(BO.address)], NOW)
    (held,) = store.outbox.claim("w", NOW, 1)
    store.outbox.commit(held.id, "w", NOW)
    store.subscribers.erase(BO.address, NOW)
    receipt = Receipt(Outcome.REFUSED, f"550 {BO.address} is unknown", suppress=True)
    store.outbox.settle(held.id, "w", receipt, NOW)
    assert store.outbox.counts() == {MailState.FAILED: 1}
    assert find(store.database, BO.address) == []


def test_what_cannot_be_taken_away_is_said(store: Store) -> None:
    store.subscribers.add("desk", replace(BO, name="Bo"), NOW)
    store.editions.open(MORNING, "house", NOW, NOW)
    store.editions.keep_articles(
        MORNING, ["Write to BO@example.org today.", "Bo Diddley plays.", "Boats for turbo@example.org"]
    )
    encoded = base64.b64encode(b"<p>unsubscribe bo@example.org</p>")
    store.outbox.put(MORNING, [message("cy@example.org", b"a" * SHARED + encoded)], NOW)
    store.outbox.put(MORNING, [message("di@example.org", b"https://example.org/leave?bo%40example.org&x")], NOW)
    erased = store.subscribers.erase(BO.address, NOW)
    assert not erased.proved
    assert [str(place) for place in erased.left] == ["outbox_pieces.content: 1", "parts.content: 2"]
    assert [str(place) for place in erased.named] == ["outbox_pieces.content: 1", "parts.content: 2"]


def test_other_programs_tables_are_searched_too(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(sa.text("CREATE TABLE runs (id INTEGER PRIMARY KEY, input TEXT, at FLOAT)"))
        connection.execute(sa.text("INSERT INTO runs VALUES (1, 'deliver to bo@example.org', 1.5)"))
    try:
        erased = store.subscribers.erase(BO.address, NOW)
        assert [(place.column, place.rows) for place in erased.left] == [("input", 1)]
        assert not erased.proved
    finally:
        with store.database.writing() as connection:
            connection.execute(sa.text("DROP TABLE runs"))


def test_what_ended_long_ago_is_not_kept(store: Store) -> None:
    page = b"p" * SHARED
    for key, state in ((MORNING, EditionState.DONE), (EVENING, EditionState.WAITING)):
        store.editions.open(key, "house", NOW, NOW)
        store.editions.move(key, state, NOW)
        store.editions.keep(key, Document(page, "text/plain", "brief.txt"), NOW)
        store.editions.keep_articles(key, [str(key)])
        store.editions.remember(key, "made_at", "7")
    store.outbox.put(MORNING, [replace(each, pieces=(page,)) for each in messages(4)], NOW)
    sent, lost, held = store.outbox.claim("w", NOW, 3)
    store.outbox.settle(sent.id, "w", Receipt(Outcome.SENT, "250 taken for reader0"), NOW)
    store.outbox.settle(lost.id, "w", Receipt(Outcome.UNKNOWN), NOW)
    store.subscribers.add_all("desk", [ANA, BO], NOW)
    store.subscribers.remove("desk", ANA.address, NOW)
    store.suppressions.add(ANA.address, "left", NOW)
    store.workers.beat("old", "mill", 1, "1", NOW)

    assert store.purge(NOW) == (0, 0, 0, 0)
    assert store.purge(NOW + MINUTE) == (1, 1, 1, 1)

    assert store.purge(NOW + MINUTE) == (0, 0, 0, 0)
    assert store.outbox.mails()[0].recipient == ""
    assert store.outbox.put(MORNING, messages(1), NOW) == 0
    assert {store.outbox.message(mail.id).content for mail in store.outbox.mails()[1:]} == {page}
    assert (store.editions.documents(MORNING), store.editions.articles(MORNING)) == ([], [])
    assert store.editions.recall(MORNING, "made_at") is None
    assert store.editions.get(MORNING) is not None
    assert store.editions.document(EVENING, "brief.txt") is not None
    assert store.subscribers.all("desk", active=False) == [BO]
    assert store.suppressions.contains(ANA.address)
    assert find(store.database, ANA.address) == []
    assert store.workers.all() == []
    assert store.check() == []
    assert held.id in {mail.id for mail in store.outbox.mails(states=[MailState.CLAIMED])}


@pytest.mark.parametrize("name", ["z1", "z", "ana", "johanna"])
def test_others_at_the_same_domain_are_no_trace_of_the_forgotten(store: Store, name: str) -> None:
    def link(address: str) -> bytes:
        token = base64.urlsafe_b64encode(f'["desk","{address}"]'.encode())
        return b"List-Unsubscribe: <https://news.example/leave/" + token + b">\r\n"

    others = [f"{other}@news.example" for other in ("y2", "q", "x3", "bob", "gianna")]
    addresses = [f"{name}@news.example", *others]
    store.outbox.put(MORNING, [message(each, link(each)) for each in addresses], NOW)

    erased = store.subscribers.erase(addresses[0], NOW)

    assert erased.left == ()
    assert [store.outbox.message(m.id).recipient for m in store.outbox.mails() if m.recipient] == others


def test_an_address_in_the_link_of_somebody_elses_mail_is_found(store: Store) -> None:
    token = base64.urlsafe_b64encode(b'["desk","z1@news.example"]')
    store.outbox.put(MORNING, [message("bob@news.example", b"leave/" + token)], NOW)

    assert store.subscribers.erase("z1@news.example", NOW).left
