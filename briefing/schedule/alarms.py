"""Which editions need a person: each trouble is mailed to the admin once an edition, and said once in the log.

    alert        it failed (``Newsroom.fail``), was skipped with ``when_empty = "alert"``, or its slot was missed
    alert-late   half an hour after its slot nothing of it is sent
    alert-mail   mails of it are uncertain or were refused
    alert-model  stories are told in quotations, as the model failed or its budget is spent

What the brief itself says, and readers need nobody for, is in the log only: sources that could not be read.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from briefing.editions import EditionKey, EditionRecord, EditionState, Mail, MailState
from briefing.errors import BriefFormatError, RenderError
from briefing.model import QUOTED, Brief
from briefing.render.json import loads
from briefing.schedule.notices import alert
from briefing.schedule.plan import Plan
from briefing.schedule.service import MISSED
from briefing.store.store import Store

log = logging.getLogger(__name__)

LATE = timedelta(minutes=30)
# What is older was told, or nobody was there to tell.
RECENT = timedelta(days=2)
_LOOKED_AT = 1000
_SENT = (EditionState.SENDING, EditionState.DONE)
_ENDED = (EditionState.DONE, EditionState.SKIPPED, EditionState.FAILED, EditionState.REJECTED)


class Alarm(NamedTuple):
    """A trouble: the part of the edition that its mail is, what it is, and what to do with the line to type."""

    part: str
    reason: str
    advice: tuple[tuple[str, str], ...]


class Alarms:
    """Looks at the editions of the last days."""

    def __init__(self, plan: Plan, store: Store) -> None:
        self._plan = plan
        self._store = store
        self._told: set[EditionKey] = set()
        self._read: set[EditionKey] = set()
        # Ended, and looked at since.
        self._settled: set[tuple[EditionKey, datetime]] = set()

    def look(self, now: datetime) -> None:
        """Mails what is new, and logs it. Raises ``StoreError``."""
        for record in self._store.editions.recent(limit=_LOOKED_AT):
            this = (record.key, record.changed)
            if now - record.slot >= RECENT or record.key.name not in self._plan.editions or this in self._settled:
                continue
            try:
                for alarm in self._of(record, now):
                    self._tell(record.key, alarm, now)
            except (BriefFormatError, RenderError) as error:
                # The others are looked at all the same.
                log.error("an edition cannot be looked at", extra={"edition": str(record.key), "reason": str(error)})
            # Last, so that what could not be told is tried again.
            if record.state in _SENT:
                self._read.add(record.key)
            if record.state in _ENDED:
                self._settled.add(this)

    def _of(self, record: EditionRecord, now: datetime) -> list[Alarm]:
        mails = self._store.outbox.mails(record.key)
        found = [missed(record), late(record, mails, now), undelivered(record.key, mails)]
        if record.state in _SENT and record.key not in self._read:
            briefs = self._briefs(record.key)
            found.append(poorer(record.key, briefs))
            failures = sum(len(brief.failures) for brief in briefs[:1])
            if failures:
                log.warning("sources could not be read", extra={"edition": str(record.key), "sources": failures})
        return [alarm for alarm in found if alarm]

    def _tell(self, key: EditionKey, alarm: Alarm, now: datetime) -> None:
        part = replace(key, part=alarm.part)
        if part in self._told or self._store.outbox.counts(part):
            return
        log.warning(alarm.reason, extra={"edition": str(key), "alarm": alarm.part})
        notice = alert(part, alarm.reason, self._plan, now, alarm.advice)
        if notice:
            self._store.outbox.put(part, [notice], now)
        self._told.add(part)

    def _briefs(self, key: EditionKey) -> list[Brief]:
        editions = self._store.editions
        names = [file.name for file in editions.documents(key) if file.media_type == "application/json"]
        return [loads(document.content) for name in names if (document := editions.document(key, name))]


def missed(record: EditionRecord) -> Alarm | None:
    """Nothing ran at its time, and then it was too late."""
    if record.state is not EditionState.SKIPPED or not record.reason.startswith(MISSED):
        return None
    return Alarm("alert", record.reason, (("To make one of today's news now", f"briefing run {record.key.name}"),))


def late(record: EditionRecord, mails: Sequence[Mail], now: datetime) -> Alarm | None:
    """It should have been sent by now. A list that takes long, and those who are tried again later, are not late."""
    if now - record.slot < LATE or any(mail.state is not MailState.QUEUED for mail in mails):
        return None
    since = f"due at {record.slot:%Y-%m-%d %H:%M} UTC"
    match record.state:
        case EditionState.WAITING:
            advice = ("To send it", f"briefing approve {record.key}"), ("Not to", f"briefing reject {record.key}")
            return Alarm("alert-late", f"it was {since} and still waits for a review", advice)
        case EditionState.DUE | EditionState.MAKING:
            reason = f"it was {since} and is not made yet"
            return Alarm("alert-late", reason, (("To see whether the service is well", "briefing start --check"),))
        case EditionState.SENDING:
            said = next((f"; the first answer: {mail.reply}" for mail in mails if mail.reply), "")
            return Alarm("alert-late", f"it was {since} and no mail of it could be sent{said}", _SMTP)
    return None


_SMTP = (("To see what the mail server says", "briefing doctor --smtp"),)


def undelivered(key: EditionKey, mails: Sequence[Mail]) -> Alarm | None:
    """Who may not have it. Told when every mail was tried, and without addresses: that mail is kept, too."""
    if any(mail.state in _UNTRIED or (mail.state is MailState.QUEUED and not mail.attempts) for mail in mails):
        return None
    states = Counter(mail.state for mail in mails if mail.attempts)
    reasons: list[str] = []
    advice: list[tuple[str, str]] = []
    if count := states[MailState.UNCERTAIN]:
        reasons.append(f"{_mails(count)} may or may not have arrived, as no answer came")
        advice += [
            ("Which may not have arrived", f"briefing outbox list --edition {key} --state uncertain"),
            ("To send them again, maybe twice", f"briefing outbox resend --uncertain --edition {key}"),
        ]
    if count := states[MailState.FAILED]:
        reasons.append(f"{_mails(count)} could not be delivered and will not be tried again")
        advice += [
            ("Which, and why", f"briefing outbox list --edition {key} --state failed"),
            ("To try again", f"briefing outbox retry --edition {key}"),
        ]
    return Alarm("alert-mail", "; ".join(reasons), tuple(advice)) if reasons else None


_UNTRIED = (MailState.CLAIMED, MailState.COMMITTING)


# Of ``engines.outcomes``: what is the same tomorrow unless a person does something.
LASTING = ("key refused", "no such model", "quota used up", "budget spent")


def poorer(key: EditionKey, briefs: Iterable[Brief]) -> Alarm | None:
    """A model should have written what stands in quotations: half of the stories, or one for a lasting reason."""
    notes = [story.note for brief in briefs for story in brief.stories]
    whys = [note.removeprefix(QUOTED).lstrip(": ") for note in notes if note.startswith(QUOTED)]
    lasting = [why for why in whys if why.startswith(LASTING)]
    if (not lasting and len(whys) * 2 < len(notes)) or not whys:
        return None
    why = Counter(lasting or whys).most_common(1)[0][0]
    reason = f"{len(whys)} of {_stories(len(notes))} told in quotations, not by the model: {why}"
    advice = (
        ("What the calls cost", f"briefing history {key}"),
        ("What each reason means", "docs/when-a-model-fails.md"),
    )
    return Alarm("alert-model", reason, advice)


def _stories(count: int) -> str:
    return "1 story is" if count == 1 else f"{count} stories are"


def _mails(count: int) -> str:
    return "a mail" if count == 1 else f"{count} mails"
