"""The health file of a running service, and what is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.errors import ConfigError
from briefing.schedule.health import MINUTE, STALE, Health, file_of, trouble
from briefing.schedule.office import Office
from tests.desk import NOW, TOML, Clock, open_office, write_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[Office, Clock]]:
    clock = Clock()
    with open_office(write_desk(tmp_path, TOML + '[service]\nhealth = "health.json"\n'), clock) as office:
        yield office, clock


def test_what_is_written(desk: tuple[Office, Clock]) -> None:
    office, clock = desk
    file = file_of(office.plan, schedules=True)
    assert file
    assert trouble(file, NOW) == f"{file} is not there: nothing runs, or it has just begun"
    office.store.editions.open(office.today(office.plan.edition("morning")), "", NOW, NOW)
    office.store.schedules.set_next_run("morning", "", NOW + timedelta(days=1))

    Health(file, office.plan, office.store, "worker-1", clock).heard(MINUTE)

    state = json.loads(file.read_text())
    assert state["time"] == "2026-03-09T06:00:00+00:00"
    assert state["next"] == {"morning": "2026-03-10T06:00:00+00:00"}
    assert state["today"] == {"due": ["morning"]}
    assert (state["mails_due"], state["last_error"], state["worker"]) == (0, None, "worker-1")
    assert [path.name for path in file.parent.glob("*health*")] == ["health.json"]
    assert trouble(file, NOW + STALE) == ""
    assert trouble(file, NOW + STALE + timedelta(seconds=1)).startswith("the last sign of life is of 2026-03-09 06:00")


def test_a_round_that_fails_is_no_health(desk: tuple[Office, Clock]) -> None:
    office, clock = desk
    file = file_of(office.plan, schedules=True)
    assert file
    health = Health(file, office.plan, office.store, "worker-1", clock)
    health.heard(MINUTE)
    health.heard("mail", "the disk is full")
    health.heard(MINUTE)
    assert trouble(file, NOW) == "the disk is full"
    health.heard("mail")
    assert trouble(file, NOW) == ""
    assert json.loads(file.read_text())["last_error"]["reason"] == "the disk is full"
    # Other rounds are many; that nothing was to do is not worth a write.
    clock.pass_(timedelta(minutes=1))
    health.heard("mail")
    assert json.loads(file.read_text())["time"] == NOW.isoformat()


def test_without_a_database_or_a_place_the_rounds_go_on(desk: tuple[Office, Clock], tmp_path: Path) -> None:
    office, clock = desk
    office.store.close()
    (tmp_path / "briefing.db").write_bytes(b"no database" * 500)
    file = tmp_path / "health.json"
    Health(file, office.plan, office.store, "worker-1", clock).heard(MINUTE, "not a database")
    assert trouble(file, NOW) == "not a database"
    Health(tmp_path / "nowhere" / "file", office.plan, office.store, "worker-1", clock).heard(MINUTE)


def test_what_cannot_be_looked_at(desk: tuple[Office, Clock], tmp_path: Path) -> None:
    office, _ = desk
    file = tmp_path / "health.json"
    for content in ("", "[]", '{"time": "yesterday", "failing": ""}', '{"time": null}'):
        file.write_text(content)
        assert trouble(file, NOW).startswith(f"{file} cannot be read")
    with pytest.raises(ConfigError, match="no health file is set"):
        trouble(None, NOW)
    assert str(file_of(office.plan, schedules=False)).endswith("/health.worker.json")
