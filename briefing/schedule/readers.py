"""Who gets an edition, and which of its briefs: readers who want the same share one."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from babel import localedata

from briefing.config import Settings
from briefing.config import zone as zone_of
from briefing.editions import Format, Subscriber
from briefing.errors import ConfigError
from briefing.schedule.plan import EditionPlan, Mailbox


class Reading(NamedTuple):
    """What one brief of an edition is about, and its language."""

    topics: tuple[str, ...]
    language: str

    def settings(self, settings: Settings) -> Settings:
        """The edition's settings for this brief."""
        return replace(settings, topics=self.topics, language=self.language)

    def file(self, usual: Reading) -> str:
        """The name that its brief is kept by: ``brief.json`` for the edition's own reading."""
        if self == usual:
            return "brief.json"
        said = json.dumps([sorted(self.topics), self.language], ensure_ascii=True)
        return f"brief-{hashlib.sha256(said.encode()).hexdigest()[:12]}.json"


@dataclass(frozen=True, slots=True)
class Reader:
    """One person that an edition goes to. ``list`` is what they subscribed to; empty where the settings name them."""

    mailbox: Mailbox
    reading: Reading
    zone: str
    format: Format = Format.HTML
    list: str = ""


def usual_reading(plan: EditionPlan) -> Reading:
    """What the edition itself asks for."""
    return Reading(plan.settings.topics, plan.settings.language)


def readers(plan: EditionPlan, subscribers: Iterable[Subscriber]) -> list[Reader]:
    """Everybody that ``plan`` names and every active subscriber, each address once, those of ``to`` first."""
    usual = usual_reading(plan)
    found = {box.address.casefold(): Reader(box, usual, plan.settings.zone) for box in plan.to}
    for person in subscribers:
        if person.active:
            person = usable(person)
            reading = Reading(person.topics or usual.topics, person.language or usual.language)
            reader = Reader(
                Mailbox(person.address, person.name),
                reading,
                person.zone or plan.settings.zone,
                person.format,
                plan.subscribers,
            )
            found.setdefault(person.address.casefold(), reader)
    return list(found.values())


def usable(person: Subscriber) -> Subscriber:
    """``person`` without the wishes that cannot be met: a zone or a language that there is not, topics of no word.

    They are checked where they are put in; a zone may be gone from the system's list since.
    """
    try:
        zone = person.zone and zone_of(person.zone).key
    except ConfigError:
        zone = ""
    known = re.fullmatch("[a-z]{2,3}", person.language) and localedata.exists(person.language)
    topics = tuple(topic for topic in person.topics if any(c.isalnum() for c in topic))
    return replace(person, zone=zone, language=person.language if known else "", topics=topics)


def readings(plan: EditionPlan, people: Iterable[Reader]) -> list[Reading]:
    """The briefs that an edition needs, each once; its own where nobody is to get it."""
    return list(dict.fromkeys(reader.reading for reader in people)) or [usual_reading(plan)]
