"""Metrics as Prometheus reads them, on both databases."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from briefing.editions import EditionState, Message, Outcome, Receipt
from briefing.errors import ConfigError
from briefing.model import Cost
from briefing.schedule.metrics import StoreCollector, address, serving
from briefing.schedule.office import Office
from tests.desk import NOW, TOML, Clock, open_office, write_desk


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    file = write_desk(tmp_path, TOML + '[service]\nmetrics = "127.0.0.1:0"\n')
    with open_office(file, Clock(NOW + timedelta(minutes=5)), url) as office:
        yield office


def read(text: str) -> dict[str, float]:
    """The value of each sample by its name with its labels."""
    return {
        f"{s.name}{sorted(s.labels.values()) or ''}": s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


def fill(office: Office) -> None:
    """An edition of two mails, one sent after 90 seconds and one that waits, for 25 cents."""
    store, key = office.store, office.today(office.plan.edition("morning"))
    store.editions.open(key, "", NOW, NOW)
    mails = [Message("desk@a.example", f"{n}@a.example", "smtp", f"<{n}@a.example>", (b"x",)) for n in "ab"]
    store.outbox.put(key, mails, NOW)
    (first,) = store.outbox.claim("me", NOW, 1)
    store.outbox.commit(first.id, "me", NOW)
    store.outbox.settle(first.id, "me", Receipt(Outcome.SENT), NOW + timedelta(seconds=90))
    store.editions.add_cost(key, Cost(calls=3, tokens_in=900, tokens_out=40, price=0.25), "one")
    store.editions.add_cost(key, Cost(calls=1, price=None), "two")
    store.editions.move(key, EditionState.DONE, NOW)
    store.schedules.set_next_run("morning", "", NOW + timedelta(days=1))
    store.schedules.set_next_run("(upkeep)", "", NOW)
    store.workers.beat("me", "here", 1, "0", office.clock())


def test_they_are_of_the_database(office: Office) -> None:
    fill(office)
    registry = CollectorRegistry()
    registry.register(StoreCollector(office.plan, office.store, office.clock))
    found = read(generate_latest(registry).decode())

    assert found["briefing_mails['sent', 'smtp']"] == 1
    assert found["briefing_mails['queued', 'smtp']"] == 1
    assert found["briefing_mails['failed', 'smtp']"] == 0
    assert found["briefing_mails_sent_total['smtp']"] == 1
    assert (found["briefing_mails_due"], found["briefing_oldest_due_seconds"]) == (1, 300)
    assert found["briefing_editions['done', 'morning']"] == 1
    assert found["briefing_model_calls_total"] == 4
    assert found["briefing_model_tokens_total['in']"] == 900
    assert found["briefing_model_price_dollars_total"] == 0.25
    assert found["briefing_edition_delivery_seconds_bucket['60.0']"] == 0
    assert found["briefing_edition_delivery_seconds_bucket['120.0']"] == 1
    assert found["briefing_edition_delivery_seconds_sum"] == 90
    assert found["briefing_next_run_timestamp_seconds['morning']"] == (NOW + timedelta(days=1)).timestamp()
    assert "briefing_next_run_timestamp_seconds['(upkeep)']" not in found
    assert found["briefing_workers_alive"] == 1
    assert found["briefing_store_up"] == 1


def test_they_are_served(tmp_path: Path) -> None:
    file = write_desk(tmp_path, TOML + '[service]\nmetrics = "127.0.0.1:0"\n')
    with open_office(file, Clock()) as office, ExitStack() as stack:
        port = stack.enter_context(serving(office.plan, office.store, office.clock))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            found = read(answer.read().decode())
        assert found["briefing_store_up"] == 1
        assert found["briefing_mails_due"] == 0
        assert found["briefing_edition_delivery_seconds_count"] == 0

        taken = office.plan.service.metrics.replace(":0", f":{port}")
        plan = write_desk(tmp_path, TOML + f'[service]\nmetrics = "{taken}"\n')
        with open_office(plan, Clock()) as second, pytest.raises(ConfigError, match="write another port"):
            stack.enter_context(serving(second.plan, second.store, second.clock))
    with serving(None, office.store, office.clock) as port:
        assert port == 0


def test_a_database_that_cannot_be_read_is_down(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path), Clock()) as office:
        collector = StoreCollector(office.plan, office.store, office.clock)
        office.store.close()
        (tmp_path / "briefing.db").write_bytes(b"no database" * 500)
        for log in tmp_path.glob("briefing.db-*"):
            log.unlink()
        found = {s.name: s.value for metric in collector.collect() for s in metric.samples}
    assert found == {"briefing_info": 1, "briefing_store_up": 0}


def test_addresses() -> None:
    assert address("127.0.0.1:9464") == ("127.0.0.1", 9464)
    assert address("[::1]:80") == ("::1", 80)
    for wrong in ("9464", ":9464", "localhost", "a:99999", "a:b", "http://a:1"):
        with pytest.raises(ConfigError, match=r"127\.0\.0\.1:9464"):
            address(wrong)
