"""The messages of an edition: its briefs made into letters for each reader, and notices to reviewers and the admin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from briefing import wiring
from briefing.delivery.unsubscribe import links
from briefing.editions import EditionKey, Format, Message
from briefing.model import Brief, Document
from briefing.render.email import Edition
from briefing.schedule.plan import EditionPlan, Mailbox, Plan
from briefing.schedule.readers import Reader

# From whom mail is where only files are written.
NOBODY = Mailbox("briefing@briefing.invalid")


def letters(
    key: EditionKey,
    brief: Brief,
    people: Sequence[Reader],
    edition: EditionPlan,
    plan: Plan,
    *,
    secret: str,
    answers: EditionKey | None = None,
) -> Iterator[Message]:
    """A message of ``brief`` to each of ``people``. What is alike for several of them is made once.

    ``answers`` is the edition that this one corrects. Raises ``RenderError``.
    """
    sender = plan.sender or NOBODY
    groups: dict[tuple[str, Format], list[Reader]] = {}
    for person in people:
        groups.setdefault((person.zone, person.format), []).append(person)
    for (zone, format), group in groups.items():
        made = Edition(
            replace(brief, zone=zone),
            sender=sender.address,
            name=sender.name,
            theme=edition.settings.theme,
            zone=ZoneInfo(zone),
            list_id=_list_id(edition, sender),
            attachments=attachments(replace(brief, zone=zone), edition, format),
            look=edition.settings.look,
            key=str(key),
            answers=str(answers) if answers else "",
            text_only=format is Format.TEXT,
        )
        for person in group:
            ways: tuple[str, ...] = ()
            if person.list:
                service = plan.service
                ways = links(service.unsubscribe, service.unsubscribe_mail, person.list, person.mailbox.address, secret)
            letter = made.letter(person.mailbox.address, name=person.mailbox.name, unsubscribe=ways)
            yield Message(sender.address, person.mailbox.address, edition.channel, letter.id, letter.pieces)


def attachments(brief: Brief, edition: EditionPlan, format: Format) -> tuple[Document, ...]:
    """The files that go with a mail of that format. Raises ``RenderError``."""
    formats = edition.attach
    if format is Format.PDF and "pdf" not in formats:
        formats = (*formats, "pdf")
    if not formats:
        return ()
    documents, problems = wiring.documents(brief, replace(edition.settings, formats=formats))
    if problems:
        raise problems[0]
    return tuple(documents)


def _list_id(edition: EditionPlan, sender: Mailbox) -> str:
    return f"{edition.name}.{sender.address.rpartition('@')[2]}"
