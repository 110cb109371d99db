"""A brief as a mail (RFC 5322): made once for an edition, then completed for each person.

docs/mail.md tells what is in it and why.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from email.utils import format_datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from briefing.errors import RenderError
from briefing.model import Brief, Document
from briefing.render.email_headers import (
    address_field,
    addresses_field,
    checked_address,
    harmless,
    list_field,
    message_id,
    plain_field,
    text_field,
    unsubscribe_addresses,
)
from briefing.render.email_mime import Body, attachment, completed, digest, inline_image, multipart, text_part
from briefing.render.email_page import page
from briefing.render.environment import DEFAULT, Look, Theme
from briefing.render.html import HtmlRenderer
from briefing.render.strings import printable

# A message needs an author (RFC 5322, 3.6); nothing that is sent to this one arrives anywhere (RFC 6761, 6.4).
NOBODY = "briefing@briefing.invalid"

_NOT_A_LABEL = re.compile(r"[^a-z0-9]+")


class EmlRenderer:
    """``brief.eml``: the mail of a brief to nobody yet, for a mail program or a sender of one's own."""

    def __init__(self, zone: tzinfo | None = None, look: Look | None = None) -> None:
        self.zone = zone
        self.look = look

    def render(self, brief: Brief, theme: str = DEFAULT) -> Document:
        return Document(message(brief, theme=theme, zone=self.zone, look=self.look), "message/rfc822", "brief.eml")


class Letter(NamedTuple):
    """A mail to one person: ``pieces`` joined are its bytes; the large ones are the same for everybody."""

    id: str
    pieces: tuple[bytes, ...]


class Edition:
    """The mail of one brief, rendered, inlined and encoded once; ``message`` completes it for a person.

    ``sender`` is the address that it is from, ``name`` the name before it, by default the brief's title. ``list_id``
    is what receivers sort by (RFC 2919), by default the title under the sender's domain. ``web`` is the address of
    the whole brief. ``attachments`` go with every mail; one that has to be shortened and has none gets ``brief.html``.
    ``key`` names the edition: with it, a person's Message-ID stays the same whatever the brief says. ``text_only``
    leaves the HTML part out.

    Raises ``ConfigError`` for a theme that does not exist, ``RenderError`` for one that fails and for addresses and
    names that cannot stand in a header.
    """

    def __init__(
        self,
        brief: Brief,
        *,
        sender: str = NOBODY,
        name: str = "",
        theme: str = DEFAULT,
        zone: tzinfo | None = None,
        list_id: str = "",
        web: str = "",
        attachments: tuple[Document, ...] = (),
        look: Look | None = None,
        key: str = "",
        text_only: bool = False,
    ) -> None:
        self._key, self._text_only = key, text_only
        self._brief, self._zone, self._web, self._attachments = brief, zone, web, attachments
        self._theme_name, self._look, self._theme = theme, look, Theme(theme, look)
        self._sender = checked_address(sender, "From")
        self._domain = self._sender.rpartition("@")[2]
        self._title = harmless(printable(brief.title).strip())
        self._from = address_field("From", self._sender, name or self._title)
        self._list = list_field(list_id or f"{_label(self._title)}.{self._domain}", self._title)
        # By which of their slots are filled: the theme may say other things to whom it can name.
        self._made: dict[tuple[str, ...], tuple[bytes, Body, str]] = {}

    def message(self, recipient: str = "", *, name: str = "", unsubscribe: tuple[str, ...] = ()) -> bytes:
        """The mail to ``recipient``, or to nobody yet, as it goes over the wire: ASCII, lines ended by CR LF.

        ``unsubscribe`` are an ``https`` address, at which one request without a question unsubscribes (RFC 8058), a
        ``mailto`` address, or both. The same edition and person give the same bytes. Raises ``RenderError``.
        """
        return b"".join(self.letter(recipient, name=name, unsubscribe=unsubscribe).pieces)

    def letter(self, recipient: str = "", *, name: str = "", unsubscribe: tuple[str, ...] = ()) -> Letter:
        """The same as ``message``, in pieces. Raises ``RenderError``."""
        mailbox = checked_address(recipient, "To") if recipient else ""
        ways = unsubscribe_addresses(unsubscribe)
        headers = [self._from]
        if mailbox:
            headers.append(address_field("To", mailbox, name))
        if ways:
            headers.append(addresses_field("List-Unsubscribe", ways))
        if any(way.startswith("https:") for way in ways):
            headers.append(plain_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
        said = {"address": mailbox, "name": name if mailbox else "", "unsubscribe": ways[0] if ways else ""}
        static, body, edition = self._made_for(tuple(slot for slot, value in said.items() if value))
        id = message_id(self._key or edition, mailbox, self._sender)
        headers += [static, plain_field("Message-ID", id)]
        return Letter(id, (b"".join(headers), *completed(body, said)))

    def _made_for(self, slots: tuple[str, ...]) -> tuple[bytes, Body, str]:
        """Headers and body for all whose mails have these slots, and a hash of both."""
        if slots not in self._made:
            brief = self._brief
            whole = self._attachments[0].name if self._attachments else "brief.html"
            made = page(brief, self._theme, self._zone, slots=slots, whole=whole, web=self._web)
            files = self._attachments
            text = text_part(made.text, "plain", made.language, made.secret, slots)
            if made.shortened and not files and not self._text_only:
                files = (HtmlRenderer(self._zone, self._look).render(brief, self._theme_name),)
            rich = text_part(made.html, "html", made.language, made.secret, slots)
            if made.images:
                rich = multipart("related", [rich, *map(inline_image, made.images)])
            body = text if self._text_only else multipart("alternative", [text, rich])
            if files:
                body = multipart("mixed", [body, *map(_attached, files)])
            static = b"".join(
                (
                    text_field("Subject", made.subject),
                    plain_field("Date", format_datetime(brief.made_at.astimezone(self._zone or ZoneInfo(brief.zone)))),
                    self._list,
                    plain_field("Auto-Submitted", "auto-generated"),
                    plain_field("Content-Language", made.language),
                    plain_field("MIME-Version", "1.0"),
                )
            )
            self._made[slots] = static, body, digest([(self._from, static), body])
        return self._made[slots]


def message(
    brief: Brief,
    *,
    sender: str = NOBODY,
    recipient: str = "",
    unsubscribe: tuple[str, ...] = (),
    attachments: tuple[Document, ...] = (),
    theme: str = DEFAULT,
    zone: tzinfo | None = None,
    look: Look | None = None,
) -> bytes:
    """One mail of ``brief``. For more than one person make an ``Edition``, which does most of the work once."""
    edition = Edition(brief, sender=sender, attachments=attachments, theme=theme, zone=zone, look=look)
    return edition.message(recipient, unsubscribe=unsubscribe)


def _attached(document: Document) -> Body:
    try:
        return attachment(document)
    except (ValueError, LookupError) as error:
        raise RenderError(f"attachment {document.name!r}: {error}") from error


def _label(title: str) -> str:
    """``title`` as a part of a domain's name (RFC 1035); of one without Latin letters, ``brief``."""
    return _NOT_A_LABEL.sub("-", title.lower())[:40].strip("-") or "brief"
