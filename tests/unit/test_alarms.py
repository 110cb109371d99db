"""Which editions need a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from briefing.editions import EditionKey, EditionRecord, EditionState, Mail, MailState, Message, Outcome, Receipt
from briefing.engines import outcomes
from briefing.model import QUOTED, Document
from briefing.schedule.alarms import LASTING, Alarms, late, missed, poorer, undelivered
from tests.briefs import rich_brief
from tests.desk import NOW, TOML, Clock, open_office, write_desk

KEY = EditionKey("morning", NOW.date())
HOUR = timedelta(hours=1)


def record(state: EditionState, reason: str = "") -> EditionRecord:
    return EditionRecord(KEY, "", state, NOW, NOW, reason)


def mail(state: MailState, attempts: int = 1) -> Mail:
    return Mail(1, KEY, "ana@news.example", "smtp", "<1@news.example>", state, attempts, None, NOW)


@pytest.mark.parametrize(
    ("state", "mails", "line"),
    [
        (EditionState.MAKING, [], "briefing start --check"),
        (EditionState.WAITING, [], "briefing approve morning/2026-03-09"),
        (EditionState.SENDING, [mail(MailState.QUEUED)], "briefing doctor --smtp"),
        (EditionState.SENDING, [mail(MailState.QUEUED), mail(MailState.SENT)], ""),
        (EditionState.DONE, [], ""),
    ],
)
def test_late(state: EditionState, mails: list[Mail], line: str) -> None:
    assert late(record(state), mails, NOW + timedelta(minutes=29)) is None
    found = late(record(state), mails, NOW + HOUR)
    assert (found.advice[0][1] if found else "") == line


def test_a_missed_slot() -> None:
    assert missed(record(EditionState.SKIPPED, "nothing relevant")) is None
    found = missed(record(EditionState.SKIPPED, "missed: due at seven"))
    assert found
    assert found.part == "alert"


def test_who_may_not_have_it() -> None:
    mails = [mail(MailState.UNCERTAIN), mail(MailState.FAILED), mail(MailState.FAILED), mail(MailState.SENT)]
    # Told once, so not before all were tried.
    assert undelivered(KEY, [*mails, mail(MailState.QUEUED, attempts=0)]) is None
    found = undelivered(KEY, [*mails, mail(MailState.QUEUED)])
    assert found
    assert found.reason.startswith("a mail may or may not have arrived, as no answer came; 2 mails could not")
    assert "ana@news.example" not in str(found)
    # An address that is suppressed since last week is no news.
    assert undelivered(KEY, [mail(MailState.FAILED, attempts=0)]) is None


def test_a_model_that_failed() -> None:
    brief = rich_brief()
    (story,) = brief.stories[:1]

    def with_notes(*notes: str) -> list[str]:
        stories = tuple(replace(story, note=note) for note in notes)
        found = poorer(KEY, [replace(brief, stories=stories, conflicts=())])
        return [found.reason] if found else []

    assert with_notes("", "", "") == []
    assert with_notes(f"{QUOTED}: no connection: gone", "", "") == []
    assert with_notes(f"{QUOTED}: no connection: gone", "") == [
        "1 of 2 stories are told in quotations, not by the model: no connection: gone"
    ]
    assert with_notes(f"{QUOTED}: budget spent: $0.40", "", "")[0].endswith("budget spent: $0.40")
    assert set(LASTING) <= set(outcomes.Outcome)


def test_each_is_mailed_once(tmp_path: Path) -> None:
    file, clock = write_desk(tmp_path, TOML + '[service]\nadmin = "ops@example.org"\n'), Clock()
    with open_office(file, clock) as office:
        office.store.editions.open(KEY, "", NOW, NOW)
        alarms, others = Alarms(office.plan, office.store), Alarms(office.plan, office.store)
        for each in (alarms, alarms, others):
            each.look(NOW + HOUR)

        (notice,) = office.store.outbox.mails()
        assert (str(notice.edition), notice.recipient) == ("morning/2026-03-09/alert-late", "ops@example.org")
        content = office.store.outbox.message(notice.id).content.decode()
        assert "is not made yet" in content
        assert "briefing start --check" in content
        assert list(tmp_path.glob("sent/*")) == []
        # Its mail is nobody's trouble.
        assert office.store.editions.recent() == [office.store.editions.get(KEY)]


def test_what_is_told_of_editions_that_were_sent(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file, clock = write_desk(tmp_path, TOML + '[service]\nadmin = "ops@example.org"\n'), Clock()
    with open_office(file, clock) as office:
        store, alarms = office.store, Alarms(office.plan, office.store)
        office.run("morning")
        broken = EditionKey("morning", NOW.date() + timedelta(days=1))
        store.editions.open(broken, "", NOW, NOW)
        store.editions.keep(broken, Document(b"no brief", "application/json", "brief.json"), NOW)
        store.editions.move(broken, EditionState.DONE, NOW)
        mails = [Message("", "ana@news.example", "smtp", "<1@news.example>", (b"x",))]
        store.outbox.put(KEY, mails, NOW)
        (last,) = store.outbox.claim("me", NOW, 1)
        store.outbox.settle(last.id, "me", Receipt(Outcome.REFUSED, "550 no ana@news.example"), NOW)
        for _ in range(2):
            alarms.look(NOW + HOUR)

        (notice,) = [mail for mail in store.outbox.mails() if mail.edition.part]
        assert notice.edition.part == "alert-mail"
        content = message_from_bytes(store.outbox.message(notice.id).content, policy=policy.default).get_content()
        assert "briefing outbox list --edition morning/2026-03-09 --state failed" in content.splitlines()[2]
        assert "ana@news.example" not in content
    assert [record.message for record in caplog.records if record.name == "briefing.schedule.alarms"] == [
        "an edition cannot be looked at",
        "a mail could not be delivered and will not be tried again",
    ]
