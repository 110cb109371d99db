"""An edition from its sources to the mailbox, by the office that the commands use."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing.editions import EditionKey, EditionState, Format, MailState, Subscriber
from briefing.errors import ConfigError
from briefing.schedule.service import Scheduler
from tests.desk import NOW, TOML, Clock, open_office, write_desk


def sent(folder: Path) -> list[EmailMessage]:
    """The mails that the channel wrote, by recipient."""
    mails = [
        message_from_bytes(file.read_bytes(), EmailMessage, policy=policy.default) for file in folder.glob("sent/*.eml")
    ]
    return sorted(mails, key=lambda mail: str(mail["To"]))


def test_an_edition_is_made_and_sent_once(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path), Clock()
    with open_office(file, clock) as office:
        record = office.run("morning")
        again = office.run("morning")

        assert str(record.key) == "morning/2026-03-09"
        assert (record.state, again.state) == (EditionState.DONE, EditionState.DONE)
        assert office.store.outbox.counts(record.key) == {MailState.SENT: 2}
        assert [f.name for f in office.store.editions.documents(record.key)] == ["brief.json"]

    mails = sent(tmp_path)
    assert [mail["To"] for mail in mails] == ["Press office <press@example.org>", "desk@example.org"]
    assert "Wharf Bridge" in str(mails[0].get_body(("plain",)))
    assert len({mail["Message-ID"] for mail in mails}) == 2


def test_the_next_edition_does_not_tell_the_same_again(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path), Clock()
    with open_office(file, clock) as office:
        office.run("morning")
        clock.pass_(timedelta(days=1))
        record = office.run("morning")

        assert record.state is EditionState.SKIPPED
        assert "nothing relevant" in record.reason
        brief = office.newsroom.brief(record.key)
        assert {drop.reason.value for drop in brief.dropped} == {"in an earlier edition"}
    assert len(sent(tmp_path)) == 2


def test_an_edition_that_failed_is_made_again(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path), Clock()
    shutil.move(tmp_path / "news", tmp_path / "away")
    with open_office(file, clock) as office:
        failed = office.run("morning")
        shutil.move(tmp_path / "away", tmp_path / "news")
        made = office.run("morning")

        assert failed.state is EditionState.FAILED
        assert "no article was read" in failed.reason
        assert (made.state, made.reason) == (EditionState.DONE, "")
    assert len(sent(tmp_path)) == 2


def test_a_failure_is_mailed_to_the_admin(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path, TOML + '[service]\nadmin = "ops@example.org"\n'), Clock()
    shutil.rmtree(tmp_path / "news")
    with open_office(file, clock) as office:
        office.run("morning")

    (mail,) = sent(tmp_path)
    assert mail["To"] == "ops@example.org"
    assert "no article was read" in str(mail["Subject"])
    assert "briefing run morning" in mail.get_content()


def test_people_of_a_list_get_what_they_want(tmp_path: Path) -> None:
    toml = TOML.replace('to = ["desk@example.org", "Press office <press@example.org>"]', 'subscribers = "desk"')
    toml += '[service]\nunsubscribe = "https://news.example/leave"\nunsubscribe_mail = "leave@news.example"\n'
    file, clock = write_desk(tmp_path, toml), Clock()
    people = [
        Subscriber("ana@news.example", "Ana"),
        Subscriber("bo@news.example", "Bo", format=Format.TEXT),
        Subscriber("cy@news.example", "Cy", topics=("ferries",), zone="America/New_York"),
        Subscriber("di@news.example", "Di", active=False),
    ]
    with open_office(file, clock) as office:
        office.store.subscribers.add_all("desk", people, clock())
        record = office.run("morning")

        assert record.state is EditionState.DONE
        assert len(office.store.editions.documents(record.key)) == 2

    ana, bo, cy = sent(tmp_path)
    assert ana["To"] == "Ana <ana@news.example>"
    assert ana["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://news.example/leave/" in ana["List-Unsubscribe"]
    assert ana["List-Unsubscribe"] != cy["List-Unsubscribe"]
    assert bo.get_content_type() == "text/plain"
    assert "ferries" in str(cy.get_body(("plain",))).lower()
    assert "02:00" in str(cy.get_body(("plain",)))


def test_who_left_gets_nothing_more(tmp_path: Path) -> None:
    toml = TOML.replace("to = [", 'subscribers = "desk"\nto = [')
    toml += '[service]\nunsubscribe_mail = "leave@news.example"\n'
    file, clock = write_desk(tmp_path, toml), Clock()
    with open_office(file, clock) as office:
        office.store.subscribers.add("desk", Subscriber("ana@news.example"), clock())
        office.run("morning")
        link = next(m["List-Unsubscribe"] for m in sent(tmp_path) if m["To"] == "ana@news.example")
        subject = link.partition("?subject=")[2].removesuffix(">").replace("%20", " ")

        name, address = office.asked_by_mail(f"From: x@y.example\r\nSubject: {subject}\r\n\r\n".encode())

        assert (name, address) == ("desk", "ana@news.example")
        assert office.unsubscribe(name, address)
        assert not office.unsubscribe(name, address)
        assert [r.mailbox.address for r in office.newsroom.readers(office.plan.edition("morning"))] == [
            "desk@example.org",
            "press@example.org",
        ]


def test_a_rehearsal_keeps_and_sends_nothing(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path), Clock()
    with open_office(file, clock) as office:
        ((brief, people),) = office.newsroom.rehearse(office.today(office.plan.edition("morning")))

        assert brief.stories
        assert [p.mailbox.address for p in people] == ["desk@example.org", "press@example.org"]
        assert office.store.editions.recent() == []
    assert sent(tmp_path) == []


def test_nothing_relevant_may_be_sent_too(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path, TOML + 'topics = ["Volcanoes of Iceland"]\nwhen_empty = "send"\n'), Clock()
    with open_office(file, clock) as office:
        assert office.run("morning").state is EditionState.DONE
    assert len(sent(tmp_path)) == 2


def test_nothing_relevant_may_alert(tmp_path: Path) -> None:
    toml = TOML + 'topics = ["Volcanoes of Iceland"]\nwhen_empty = "alert"\n[service]\nadmin = "ops@example.org"\n'
    file, clock = write_desk(tmp_path, toml), Clock()
    with open_office(file, clock) as office:
        assert office.run("morning").state is EditionState.SKIPPED
    assert [mail["To"] for mail in sent(tmp_path)] == ["ops@example.org"]


def test_an_edition_that_is_not_set_up(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path), Clock()) as office, pytest.raises(ConfigError, match="did you mean"):
        office.run("mornin")


def test_the_local_date_counts(tmp_path: Path) -> None:
    toml = TOML.replace("Europe/Berlin", "Pacific/Kiritimati")
    with open_office(write_desk(tmp_path, toml), Clock(datetime(2026, 3, 9, 11, 0, tzinfo=UTC))) as office:
        assert office.run("morning").key == EditionKey("morning", NOW.date() + timedelta(days=1))


def test_a_try_before_its_time_does_not_cost_the_edition_its_slot(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path), Clock(datetime(2026, 3, 9, 5, 0, tzinfo=UTC))
    shutil.move(tmp_path / "news", tmp_path / "away")
    with open_office(file, clock) as office:
        begun: list[EditionKey] = []
        scheduler = Scheduler(
            office.plan, office.store, lambda key, tenant: begun.append(key), reopen=office.newsroom.reopen
        )
        scheduler.tick(clock())
        assert office.run("morning").state is EditionState.FAILED

        clock.pass_(timedelta(hours=1))
        scheduler.tick(clock())

        key = EditionKey("morning", NOW.date())
        assert begun[:1] == [key]
        record = office.store.editions.get(key)
        assert record is not None
        assert record.state is EditionState.DUE


def test_what_a_person_had_tried_again_is_sent_by_the_next_run(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path), Clock()
    with open_office(file, clock) as office:
        key = office.run("morning").key
        message = replace(office.store.outbox.message(1), recipient="late@example.org", message_id="<late@example.org>")
        office.store.outbox.put(key, [message], clock())

        assert office.run("morning").state is EditionState.DONE
        assert office.store.outbox.counts(key) == {MailState.SENT: 3}
