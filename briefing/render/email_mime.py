"""The body of a mail in MIME (RFC 2045 and 2046), encoded once, with slots in which each person's words are put.

A slot stands between soft line breaks of quoted-printable, so what fills it is encoded by itself and nothing around it
is touched: a mail for one more person costs a join.
"""

from __future__ import annotations

import hashlib
import html
import re
from binascii import b2a_qp
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import MIMEPart
from email.policy import SMTP
from typing import Any, Literal, NamedTuple

from briefing.model import Document

_FILE_NAME = re.compile(r'[^/\\<>:"|?*]{1,150}')
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+(; ?[a-z]+=[a-zA-Z0-9-]+)?")
_BARE = re.compile(rb"(?<!\r)\n")

Kind = Literal["plain", "html"]


class Slot(NamedTuple):
    """A place for the words ``name`` of a person, in a part of this kind."""

    name: str
    kind: Kind


Body = tuple[bytes | Slot, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that the HTML shows as ``cid:`` and ``id``."""

    id: str
    content: bytes
    subtype: str


def slot_mark(secret: str, name: str) -> str:
    """What stands for a slot in a template's output. ``secret`` is a hash over all articles, so none can hold it."""
    return f"slot{secret[:32]}{name}x"


def text_part(text: str, kind: Kind, language: str, secret: str, names: Iterable[str]) -> Body:
    """A part of text: its headers and its body, quoted-printable, split at the marks of the slots ``names``."""
    marks = {slot_mark(secret, name): Slot(name, kind) for name in names}
    head = (
        f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Language: {language}\r\n\r\n"
    )
    text = "\r\n".join(text.splitlines()) + "\r\n"
    pieces: list[bytes | Slot] = [head.encode("ascii")]
    for piece in re.split(f"({'|'.join(marks)})" if marks else "(?!)", text):
        if piece in marks:
            pieces += [b"=\r\n", marks[piece], b"=\r\n"]
        elif piece:
            pieces.append(quoted_printable(piece))
    return tuple(pieces)


def quoted_printable(text: str) -> bytes:
    """``text`` as quoted-printable: lines of at most 76 characters, ended by CR LF."""
    return _BARE.sub(b"\r\n", b2a_qp(text.encode("utf-8"), istext=True))


def attachment(document: Document) -> Body:
    """A part that holds a file. Raises ``ValueError`` for a name or a media type that cannot stand in a header."""
    if not _FILE_NAME.fullmatch(document.name) or "=?" in document.name or not document.name.isprintable():
        raise ValueError("is no name of a file, on one line and without folders")
    if not _MEDIA_TYPE.fullmatch(document.media_type):
        raise ValueError(f"has the media type {document.media_type[:60]!r}")
    return _file(document.content, document.media_type, disposition="attachment", filename=document.name)


def inline_image(image: Image) -> Body:
    """A part that holds a picture of the HTML part."""
    name = f"{image.id.partition('@')[0]}.{image.subtype}"
    return _file(image.content, f"image/{image.subtype}", disposition="inline", filename=name, cid=f"<{image.id}>")


def multipart(subtype: str, parts: Sequence[Body]) -> Body:
    """``parts`` in one part. Its boundary is a hash of them, and no line of an encoded part can look like it."""
    boundary = f"=_{digest(parts)[:32]}"
    related = '; type="text/html"' if subtype == "related" else ""
    pieces: list[bytes | Slot] = [
        f'Content-Type: multipart/{subtype}; boundary="{boundary}"{related}\r\n\r\n'.encode("ascii")
    ]
    for part in parts:
        pieces += [f"--{boundary}\r\n".encode("ascii"), *part, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode("ascii"))
    return joined(pieces)


def digest(parts: Iterable[Body]) -> str:
    """SHA-256 over parts and the names of their slots."""
    hashed = hashlib.sha256()
    for part in parts:
        for piece in part:
            hashed.update(piece if isinstance(piece, bytes) else repr(piece).encode())
    return hashed.hexdigest()


def completed(body: Body, values: Mapping[str, str]) -> tuple[bytes, ...]:
    """The pieces of ``body`` with the slots filled. A value is one line."""
    encoded = {
        slot: quoted_printable(html.escape(values[slot.name]) if slot.kind == "html" else values[slot.name])
        for slot in set(piece for piece in body if isinstance(piece, Slot))
    }
    return tuple(piece if isinstance(piece, bytes) else encoded[piece] for piece in body)


def joined(pieces: Iterable[bytes | Slot]) -> Body:
    """``pieces`` with neighbouring bytes made one."""
    out: list[bytes | Slot] = []
    for piece in pieces:
        if out and isinstance(piece, bytes) and isinstance(out[-1], bytes):
            out[-1] += piece
        else:
            out.append(piece)
    return tuple(out)


def _file(content: bytes, media_type: str, **how: Any) -> Body:
    kind, _, parameter = media_type.partition(";")
    maintype, _, subtype = kind.strip().partition("/")
    name, _, value = parameter.strip().partition("=")
    part = MIMEPart(policy=SMTP)
    part.set_content(content, maintype=maintype, subtype=subtype, params={name: value} if value else {}, **how)
    return (part.as_bytes(),)
