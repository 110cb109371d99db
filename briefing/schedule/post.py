"""The messages of an edition: each of its briefs made into letters for its readers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from briefing import wiring
from briefing.delivery.unsubscribe import links
from briefing.editions import EditionKey, Format, Message
from briefing.errors import RenderError
from briefing.model import Brief, Document, Failure, digest
from briefing.render.context import context
from briefing.render.email import Edition
from briefing.render.email_headers import address_field, unsubscribe_addresses
from briefing.schedule.plan import EditionPlan, Mailbox, Plan
from briefing.schedule.readers import Reader

# From whom mail is where only files are written.
NOBODY = Mailbox("briefing@briefing.invalid")
# What a brief says of a file that should be attached to it; ``render.catalogues`` has the words.
NOT_MADE = "not made"


def letters(
    key: EditionKey,
    brief: Brief,
    people: Sequence[Reader],
    edition: EditionPlan,
    plan: Plan,
    *,
    secret: str,
    trouble: Callable[[str], None] = lambda words: None,
) -> Iterator[Message]:
    """A message of ``brief`` to each of ``people``. What is alike for several of them is made once.

    A reader to whom none can be addressed gets a message that is ``refused``. A file that cannot be made is not
    attached, and the mail says so. ``trouble`` hears of both. Raises ``RenderError`` where no mail can be made.
    """
    sender = plan.sender or NOBODY
    attached: dict[tuple[str, tuple[str, ...]], Attached] = {}
    for (look, format), group in _alike(brief, people, edition).items():
        zone = group[0].zone
        formats = _formats(edition, format)
        if (look, formats) not in attached:
            files = attached[look, formats] = attachments(replace(brief, zone=zone), edition, formats)
            for problem in files.problems:
                trouble(f"mails lack a file: {problem}")
        files = attached[look, formats]
        made = Edition(
            replace(brief, zone=zone, failures=(*brief.failures, *files.failures)),
            sender=sender.address,
            name=sender.name,
            theme=edition.settings.theme,
            zone=ZoneInfo(zone),
            list_id=_list_id(edition, sender),
            attachments=files.documents,
            look=edition.settings.look,
            key=str(key),
            text_only=format is Format.TEXT,
        )
        refused = 0
        for person in group:
            box, when = person.mailbox, edition.local_slot(key.date, person.zone)
            try:
                ways = _addressed(person, plan, secret)
            except RenderError as error:
                refused += 1
                yield Message(sender.address, box.address, edition.channel, "none", (), refused=f"not sent: {error}")
                continue
            letter = made.letter(box.address, name=box.name, unsubscribe=ways)
            yield Message(sender.address, box.address, edition.channel, letter.id, letter.pieces, when)
        if refused:
            # Without addresses: whoever is forgotten must not be named in the mail that tells this.
            trouble(f"{refused} of {len(people)} readers get nothing, as their address or name cannot stand in a mail")


class Attached(NamedTuple):
    """The files that go with a mail, what the brief says of those that could not be made, and why not."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    problems: tuple[str, ...]


def attachments(brief: Brief, edition: EditionPlan, formats: tuple[str, ...]) -> Attached:
    """The brief in each of ``formats``; one that fails is left out, as a mail without its file beats none."""
    if not formats:
        return Attached((), (), ())
    documents, problems = wiring.documents(brief, replace(edition.settings, formats=formats))
    names = {document.name for document in documents}
    missing = [f"brief.{format}" for format in formats if f"brief.{format}" not in names]
    return Attached(
        tuple(documents), tuple(Failure(name, NOT_MADE, "") for name in missing), tuple(str(p) for p in problems)
    )


def _alike(brief: Brief, people: Sequence[Reader], edition: EditionPlan) -> dict[tuple[str, Format], list[Reader]]:
    """Readers whose mails are alike: of one format, and in whose zones the brief tells the same times."""
    looks: dict[str, str] = {}
    groups: dict[tuple[str, Format], list[Reader]] = {}
    for person in people:
        zone = person.zone
        if zone not in looks:
            looks[zone] = zone if "json" in edition.attach else _look(brief, ZoneInfo(zone))
        groups.setdefault((looks[zone], person.format), []).append(person)
    return groups


def _look(brief: Brief, zone: ZoneInfo) -> str:
    """A hash of all that is said of the brief in that zone."""
    return digest(json.dumps([context(brief, zone), str(brief.made_at.astimezone(zone))]))


def _formats(edition: EditionPlan, format: Format) -> tuple[str, ...]:
    more = ("pdf",) if format is Format.PDF and "pdf" not in edition.attach else ()
    return (*edition.attach, *more)


def _addressed(person: Reader, plan: Plan, secret: str) -> tuple[str, ...]:
    """How the person unsubscribes. Raises ``RenderError`` where a mail to them could not be addressed."""
    box, service = person.mailbox, plan.service
    address_field("To", box.address, box.name)
    if not person.list:
        return ()
    return unsubscribe_addresses(links(service.unsubscribe, service.unsubscribe_mail, person.list, box.address, secret))


def _list_id(edition: EditionPlan, sender: Mailbox) -> str:
    return f"{edition.name}.{sender.address.rpartition('@')[2]}"
