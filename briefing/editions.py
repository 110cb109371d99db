"""The nouns of scheduled briefs: editions, those who get them, and what is sent. Frozen; each refuses nonsense."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from briefing.errors import ModelError
from briefing.model import Cost

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_PART = re.compile(r"correction-[1-9][0-9]{0,3}|review-[1-9][0-9]{0,3}|alert(-[a-z]{1,20})?")


@dataclass(frozen=True, slots=True, order=True)
class EditionKey:
    """What makes an edition one: a name of ``briefing.toml`` and a local date. Written ``morning/2026-11-22``.

    ``part`` names what is sent beside the brief itself: a correction of it (``correction-1``), the mail to its
    reviewers (``review-1``), or to the admin (``alert``, ``alert-late`` and so on, one of each).
    """

    name: str
    date: date
    part: str = ""

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ModelError(f"an edition is named with small letters, digits, - and _, not {self.name!r}")
        if self.part and not _PART.fullmatch(self.part):
            raise ModelError(f"an edition has no part {self.part!r}")

    def __str__(self) -> str:
        return "/".join(filter(None, (self.name, self.date.isoformat(), self.part)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key written as ``text``. Raises ``ModelError``."""
        name, _, rest = text.partition("/")
        day, _, part = rest.partition("/")
        try:
            return cls(name, date.fromisoformat(day), part)
        except ValueError as error:
            raise ModelError(f"{text!r} is not an edition; write for example morning/2026-11-22") from error

    @property
    def whole(self) -> EditionKey:
        """The edition itself, of whichever part this is the key."""
        return EditionKey(self.name, self.date)


class EditionState(StrEnum):
    """Where an edition stands."""

    DUE = "due"  # its slot has come; nothing is made yet
    MAKING = "making"
    WAITING = "waiting"  # made, and a person has to approve it
    SENDING = "sending"
    DONE = "done"  # nothing is left to do; what could not be delivered is in the outbox
    SKIPPED = "skipped"  # its slot was missed, or there was nothing to send
    FAILED = "failed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition as it is remembered. ``slot`` is when it was due, ``reason`` says why it is where it is."""

    key: EditionKey
    tenant: str
    state: EditionState
    slot: datetime
    changed: datetime
    reason: str = ""
    cost: Cost = field(default_factory=Cost)


class MailState(StrEnum):
    """Where one message to one recipient stands.

    ``COMMITTING`` is written before the message is handed over for good; whoever finds it there after a crash cannot
    know whether it arrived, so it becomes ``UNCERTAIN`` and is never sent again unasked (RFC 1047).
    """

    QUEUED = "queued"
    CLAIMED = "claimed"
    COMMITTING = "committing"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one recipient, frozen. ``pieces`` joined are its bytes; large ones that messages
    share are kept once.

    ``sender`` and ``recipient`` are the addresses of the envelope; ``channel`` names what sends it. It is not sent
    before ``not_before``. ``refused`` says why none could be made for this recipient: it is listed and never sent.
    """

    sender: str
    recipient: str
    channel: str
    message_id: str
    pieces: tuple[bytes, ...]
    not_before: datetime | None = None
    refused: str = ""

    def __post_init__(self) -> None:
        for name in ("recipient", "channel", "message_id"):
            if not getattr(self, name):
                raise ModelError(f"a message needs a {name}")

    @property
    def content(self) -> bytes:
        return b"".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Mail:
    """A message's row in the outbox, without its bytes. ``next_try`` is None where it is not to be tried again.

    ``reply`` is what the other side said last.
    """

    id: int
    edition: EditionKey
    recipient: str
    channel: str
    message_id: str
    state: MailState
    attempts: int
    next_try: datetime | None
    changed: datetime
    reply: str = ""


class Outcome(StrEnum):
    """What became of one attempt."""

    SENT = "sent"
    DEFERRED = "deferred"  # the other side asks for another attempt, or could not be reached
    REFUSED = "refused"  # it will never take this message
    UNKNOWN = "unknown"  # handed over, and no answer came


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a channel did with a message, and the words of the other side.

    ``suppress`` is True where the address itself is no good, so that nothing more should be sent there. ``pause`` is
    True where the other side refuses everything for now, so that further messages need not be tried.
    """

    outcome: Outcome
    reply: str = ""
    suppress: bool = False
    pause: bool = False


class Format(StrEnum):
    """How a subscriber reads: ``PDF`` is the mail with the PDF attached."""

    HTML = "html"
    TEXT = "text"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody on a list. What is empty is as the edition has it."""

    address: str
    name: str = ""
    zone: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    format: Format = Format.HTML
    active: bool = True

    def __post_init__(self) -> None:
        if "@" not in self.address.strip("@"):
            raise ModelError(f"{self.address!r} is not a mail address such as ana@news.example")
