"""What a person does to an edition that is made: approves, rejects, changes or corrects it."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from briefing.editions import EditionKey, EditionState, MailState
from briefing.errors import ConfigError, ModelError
from briefing.model import Brief, Claim
from briefing.render.correction import Changed, correction
from briefing.schedule.newsroom import Newsroom
from briefing.schedule.notices import corrections
from briefing.schedule.readers import Reading
from briefing.steps.edit import Place, changed, places, without

# Whoever may have got it has to hear of it.
_GOT = (MailState.SENT, MailState.UNCERTAIN)
_SENT = (EditionState.SENDING, EditionState.DONE)


def waiting(room: Newsroom, key: EditionKey) -> None:
    """Raises ``ConfigError`` where the edition does not wait for a person."""
    record = room.store.editions.get(key)
    state = record.state if record else "not made"
    if state != EditionState.WAITING:
        hint = f"; to correct what was sent: briefing correct {key}" if state in _SENT else ""
        raise ConfigError(f"{key} does not wait for a review, it is {state}{hint}")


def reject(room: Newsroom, key: EditionKey, reason: str) -> None:
    """Closes an edition that waits; nobody gets it. Raises ``ConfigError``."""
    waiting(room, key)
    room.store.editions.move(key, EditionState.REJECTED, room.clock(), reason=reason, only_from=(EditionState.WAITING,))


def edit(room: Newsroom, key: EditionKey, place: Place, text: str | None, *, uncited: bool = False) -> Claim | None:
    """Puts ``text`` in the place of a sentence, or takes it out where it is None; how it is printed now.

    It is changed in every brief of the edition that says it. Raises ``ConfigError``, also for what the cited words do
    not support.
    """
    waiting(room, key)
    change, briefs = _changed(room, key, place, text, uncited)
    for reading, brief in briefs.items():
        room.keep(key, reading, brief)
    return change.now


def said(room: Newsroom, key: EditionKey, place: Place) -> str:
    """What an edition says there. Raises ``ConfigError``."""
    claim = places(room.brief(key)).get(place)
    if claim is None:
        raise ConfigError(f"{key} has no {place}; briefing edit {key} lists what there is")
    return claim.text


def correct(
    room: Newsroom, key: EditionKey, place: Place, text: str | None, *, uncited: bool = False
) -> tuple[EditionKey, int]:
    """Changes a sentence that was sent, and tells those who got it; the correction's key and how many they are.

    A correction answers the mail that it corrects, so that both stand together. Raises ``ConfigError``.
    """
    mails = [mail for mail in room.store.outbox.mails(key, _GOT) if mail.recipient]
    if not mails:
        raise ConfigError(f"nobody got {key}, so there is nothing to correct; briefing outbox list --edition {key}")
    change, briefs = _changed(room, key, place, text, uncited)
    part = _part(room, key, change)
    edition, brief = room.plan.edition(key.name), next(iter(briefs.values()))
    subject, words = correction(brief, [change], edition.settings.tz)
    messages = corrections(part, mails, subject, words, brief, edition, room.plan, room.clock())
    new = room.store.outbox.put(part, messages, room.clock())
    # Last: until then the same command does it all again, and sends nobody a second one.
    for reading, changed_brief in briefs.items():
        room.keep(key, reading, changed_brief)
    return part, new


def _changed(
    room: Newsroom, key: EditionKey, place: Place, text: str | None, uncited: bool
) -> tuple[Changed, dict[Reading, Brief]]:
    """The change, and every brief of the edition with it; those that do not say the sentence stay as they are."""
    briefs = room.briefs(key)
    try:
        was = places(next(iter(briefs.values()))).get(place)
        if was is None:
            raise ModelError(f"{key} has no {place}; briefing edit {key} lists what there is")
        now: Claim | None = None
        for reading, brief in briefs.items():
            for spot in _saying(brief, was.text, headline=not place.sentence):
                brief = without(brief, spot) if text is None else changed(brief, spot, text, uncited=uncited)
                now = now or (None if text is None else places(brief)[spot])
            briefs[reading] = brief
    except ModelError as error:
        raise ConfigError(str(error)) from error
    return Changed(was, now), briefs


def _saying(brief: Brief, text: str, *, headline: bool) -> list[Place]:
    """Where a brief says it; the last first, so that taking one out moves no other."""
    found = [
        place for place, claim in places(brief).items() if claim.text == text and headline is not bool(place.sentence)
    ]
    return found[::-1]


def _part(room: Newsroom, key: EditionKey, change: Changed) -> EditionKey:
    """The correction's key; the same for the same change."""
    said = f"{change.was.text}\n{change.now.text if change.now else ''}"
    fact = f"correction {hashlib.sha256(said.encode()).hexdigest()}"
    part = room.store.editions.recall(key, fact)
    if part is None:
        number = 1
        while room.store.outbox.counts(replace(key, part=f"correction-{number}")):
            number += 1
        part = f"correction-{number}"
        room.store.editions.remember(key, fact, part)
    return replace(key, part=part)
