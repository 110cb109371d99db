"""Header fields of a mail (RFC 5322), in which no title, name or address can start a field of its own.

The standard library decodes encoded words (RFC 2047) in whatever it is given, and before Python 3.11.10 and 3.12.5
it wrote line breaks that came out of them: a title could add a ``Bcc``. Its way of folding lists of addresses loses
quotation marks (CVE-2025-1795). So nothing that comes from outside gets to it undecoded: words are encoded with
``email.header``, which decodes nothing, and each finished field is looked at, whatever made it.
"""

from __future__ import annotations

import hashlib
import re
from email.errors import MessageError
from email.header import Header, decode_header
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit

from briefing.errors import RenderError
from briefing.render.strings import printable

# RFC 5322, 2.1.1. Folding on the way splits an address of the web, so these fields are written on lines as they are.
LONGEST_LINE = 998
_UNFOLDED = SMTP.clone(max_line_length=LONGEST_LINE)
# What leaves room for the names of the fields and for a receiver's own limits.
_LONGEST_ADDRESS = 900
_LONGEST_NAME = 200

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ENCODED = re.compile(r"=(?=\?)")
# One field, and further lines of it only where each begins with a blank and holds more than blanks.
_FIELD = re.compile(rb"[!-9;-~]+:(?: [!-~][ -~]*)?(?:\r\n[ \t]+[!-~][ -~\t]*)*\r\n")
# The dot-atoms of RFC 5321 on both sides of the @: a quoted local part has no use but mischief.
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]+")
_SPECIAL = re.compile(r"[^A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]")


def one_line(text: str, what: str) -> str:
    """``text`` without the blanks at its ends, as a reader will see it. ``what`` names it in errors.

    Encoded words are broken up, so that no program on the way decodes them. Raises ``RenderError`` where the text has
    control characters, bare or in an encoded word, or characters that turn its order about.
    """
    text = text.strip(" \n")
    if _CONTROL.search(text) or _CONTROL.search(_decoded(text)):
        raise RenderError(f"{what} holds a line break or another control character: {text[:80]!r}")
    if " ".join(printable(text).split()) != " ".join(text.split()):
        raise RenderError(f"{what} holds characters that cannot be printed: {text[:80]!r}")
    return _ENCODED.sub("= ", " ".join(text.split()))


def harmless(text: str) -> str:
    """``text`` of an article with its encoded words broken up, so that ``one_line`` finds nothing to refuse."""
    return _ENCODED.sub("= ", text)


def text_field(name: str, text: str) -> bytes:
    """A field of words, such as the subject. Raises ``RenderError`` as ``one_line`` does."""
    return _checked(name, f"{name}: {_words(one_line(text, name), len(name) + 2)}")


def address_field(name: str, address: str, display: str = "") -> bytes:
    """A field of one address, such as ``To``, with the name of whom it belongs to.

    Raises ``RenderError`` for a name or address that could be read as more than one.
    """
    mailbox = checked_address(address, name)
    display = _plain(display, f"the name in {name}")[:_LONGEST_NAME].strip()
    if not display:
        return _checked(name, f"{name}: {mailbox}")
    return _checked(name, f"{name}: {_phrase(display, len(name) + 2)}\r\n <{mailbox}>")


def list_field(id: str, title: str) -> bytes:
    """``List-ID`` (RFC 2919): a name of the form of a domain's, after the words that people know the list by.

    Raises ``RenderError``.
    """
    if len(id) > 255 or not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+", id):
        raise RenderError(f"list_id: {id!r} has not the form of a domain, such as morning-brief.news.example")
    title = one_line(title, "the title")[:_LONGEST_NAME].strip()
    return _checked(
        "List-ID", f"List-ID: {_phrase(title, len('List-ID: '))}\r\n <{id}>" if title else f"List-ID: <{id}>"
    )


def _phrase(words: str, indent: int) -> str:
    """``words`` as the name before an address or a list's id, beginning in column ``indent``."""
    if words.isascii() and _SPECIAL.search(words):
        escaped = re.sub(r'(["\\])', r"\\\1", words)
        return f'"{escaped}"'
    return _words(words, indent)


def addresses_field(name: str, addresses: tuple[str, ...]) -> bytes:
    """A field of addresses of the web or of mail in angle brackets (RFC 2369), written on one line as they are."""
    message = EmailMessage(policy=_UNFOLDED)
    message[name] = ", ".join(f"<{a}>" for a in addresses)
    return _checked(name, _UNFOLDED.fold_binary(name, message[name]).decode("ascii", "replace").removesuffix("\r\n"))


def plain_field(name: str, value: str) -> bytes:
    """A field whose value is a token of ours."""
    return _checked(name, f"{name}: {value}")


def checked_address(address: str, what: str) -> str:
    """``address`` where it is a mail address of ASCII characters, its domain's letters of other scripts as Punycode.

    Raises ``RenderError``.
    """
    local, at, domain = _plain(address, f"the address in {what}").rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii") if domain and not domain.isascii() else domain
    except UnicodeError as error:
        raise RenderError(f"{what}: {address!r} has no domain that exists") from error
    mailbox = local + at + domain
    if len(mailbox) > 254 or not _ADDRESS.fullmatch(mailbox) or ".." in domain or domain.strip(".-") != domain:
        raise RenderError(f"{what}: {address!r} is not a mail address such as ana@news.example")
    return mailbox


def message_id(edition: str, recipient: str, sender: str) -> str:
    """The Message-ID of an edition's mail to one person: a hash of both, under the sender's domain."""
    key = hashlib.sha256(f"{edition} {recipient}".encode()).hexdigest()[:32]
    return f"<{key}@{sender.rpartition('@')[2]}>"


def unsubscribe_addresses(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """``addresses`` where each is ``https`` or ``mailto`` and can stand in ``List-Unsubscribe``.

    Raises ``RenderError``.
    """
    for address in addresses:
        try:
            parts = urlsplit(address)
        except ValueError as error:
            raise RenderError(f"unsubscribe: {address!r} is not an address: {error}") from error
        leads = parts.netloc if parts.scheme == "https" else parts.path if parts.scheme == "mailto" else ""
        if not leads or not re.fullmatch(r"[!#-;=?-~]+", address) or "," in address or "=?" in address:
            raise RenderError(f"unsubscribe: {address!r} is not an https or mailto address that can stand in a header")
    if sum(map(len, addresses)) > _LONGEST_ADDRESS:
        raise RenderError(f"unsubscribe: the addresses are longer than {_LONGEST_ADDRESS} characters together")
    return addresses


def _plain(text: str, what: str) -> str:
    """``text`` of a person's own, which has no reason to hold an encoded word."""
    if "=?" in text:
        raise RenderError(f"{what} holds an encoded word: {text[:80]!r}; write it in plain characters")
    return one_line(text, what)


def _words(text: str, indent: int) -> str:
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, maxlinelen=76, header_name="x" * max(1, indent - 2)).encode(linesep="\r\n")


def _decoded(text: str) -> str:
    """``text`` with the encoded words in it decoded until none is left, as careless programs do."""
    for _ in range(5):
        try:
            parts = decode_header(text)
        except (MessageError, ValueError, LookupError):
            return text
        decoded = "".join(
            p if isinstance(p, str) else p.decode(charset if _known(charset) else "latin-1", "replace")
            for p, charset in parts
        )
        if decoded == text:
            return text
        text = decoded
    return text


def _known(charset: str | None) -> bool:
    try:
        return bool(charset) and "".encode(charset or "") == b""
    except LookupError:
        return False


def _checked(name: str, field: str) -> bytes:
    raw = field.encode("ascii", "replace") + b"\r\n"
    if not _FIELD.fullmatch(raw) or max(map(len, raw.split(b"\r\n"))) > LONGEST_LINE:
        raise RenderError(f"the header {name} would not be one field: {raw[:120]!r}")
    return raw
