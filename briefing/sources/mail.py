"""Saved mails: newsletters, alerts, press releases."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.characters import visible
from briefing.sources.plain import without_title
from briefing.sources.raw import Flaw, Raw

_SUBSTANTIAL = 200
# What the standard library's header parser raises on headers that it does not foresee.
_BROKEN = (RecursionError, ValueError, TypeError, IndexError, AttributeError, LookupError)


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The one article of a mail: its plain text where that is substantial, else its HTML."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        yield _article(message)
    except SourceError:
        raise
    except RecursionError as error:
        raise SourceError(failures.DAMAGED, "is nested too deeply to be read") from error
    except Exception as error:  # the parser's own errors on broken headers are of every kind
        raise SourceError(failures.DAMAGED, f"is not a readable mail: {type(error).__name__}") from error


def _article(message: EmailMessage) -> Raw:
    headers = {name: _header(message, name) for name in ("subject", "date", "from")}
    if not any(headers.values()):
        raise SourceError(failures.DAMAGED, "has no subject, date or sender; is it a mail?")
    text = visible(_part(message, "plain"))
    if len(text) < _SUBSTANTIAL:
        html = _part(message, "html")
        if html:
            from briefing.sources.page import from_html

            text = from_html(html).text
    return Raw(
        text=without_title(text, headers["subject"]),
        title=headers["subject"],
        source=_sender(message),
        published=headers["date"],
        language=_header(message, "content-language"),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except _BROKEN:
        return ""


def _sender(message: EmailMessage) -> str:
    try:
        sender = message["from"]
        return str(sender.addresses[0].display_name) if sender and sender.addresses else ""
    except _BROKEN:
        return ""


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
        return _flowed(text) if part.get_param("format") == "flowed" else text
    except (LookupError, UnicodeError, ValueError):
        payload = part.get_payload(decode=True)
        return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _flowed(text: str) -> str:
    """Lines that end in a space go on in the next (RFC 3676); the dashes before a signature do not."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "".join(line if line.endswith(" ") and line != "-- " else line + "\n" for line in lines)
