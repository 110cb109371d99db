"""PDF files with a text layer, by pypdf."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.sources.characters import visible, visible_line
from briefing.sources.plain import from_text, without_title
from briefing.sources.raw import Flaw, Raw

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGES = 500
# Running heads and feet stand in the outermost lines of a page.
_EDGE = 2
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|página|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von|de|sur)\s*\d{1,4})?\W*", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_BROKEN_WORD = re.compile(r"(\w+)[-\u2010\u00ad]$")
# Titles that a program gave, not a person.
_NO_TITLE = re.compile(
    r"(microsoft word|powerpoint)\b.*|untitled.*|.*\.(docx?|odt|indd|pdf|pptx?|qxd|tex|html?)",
    re.IGNORECASE,
)


def read(data: bytes) -> Iterator[Raw | Flaw]:
    """The one article of a PDF, running heads left out, lines joined to paragraphs.

    Raises ``SourceError``: encrypted, empty (pictures only), too large (over 500 pages), damaged.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError(failures.ENCRYPTED, "opens only with a password; save a copy without one")
        if len(reader.pages) > _PAGES:
            raise SourceError(failures.TOO_LARGE, f"{len(reader.pages)} pages, over the limit of {_PAGES}; split it")
        pages = [_lines(page.extract_text()) for page in reader.pages]
    except SourceError:
        raise
    except Exception as error:  # broken files raise whatever the object at hand lacks
        raise SourceError(failures.DAMAGED, f"is not a readable PDF: {type(error).__name__}") from error
    text = "\n\n".join(paragraphs_of(without_furniture(pages)))
    if not text:
        raise SourceError(failures.EMPTY, "holds pictures of text only; run it through OCR first")
    title, author, created = _about(reader)
    if not title:
        found = from_text(text)
        title, text = found.title, found.text
    source = _publisher(reader)
    yield Raw(text=without_title(text, title), title=title, source=source, author=author, published=created)


def _lines(text: str) -> list[str]:
    # A soft hyphen is drawn where a line ends, and only there.
    return visible(text.replace("\u00ad\n", "-\n")).split("\n")


def _about(reader: PdfReader) -> tuple[str, str, str]:
    """Title, author and date of creation from the document's properties, "" for what is missing or broken."""
    title, author = _property(reader, "title"), _property(reader, "author")
    return "" if _NO_TITLE.fullmatch(title) else title, author, _property(reader, "creation_date")


def _publisher(reader: PdfReader) -> str:
    """The publisher of the XMP metadata (Dublin Core), or of an entry of that name among the properties."""
    try:
        names = reader.xmp_metadata.dc_publisher if reader.xmp_metadata else None
        entries = {str(key).lower(): value for key, value in (reader.metadata or {}).items()}
        return visible_line(", ".join(names) if names else str(entries.get("/publisher") or ""))
    except Exception:  # as above; the lack of a property is no failure
        return ""


def _property(reader: PdfReader, name: str) -> str:
    try:
        value = getattr(reader.metadata, name, None)
    except Exception:  # as above; the lack of a property is no failure
        return ""
    return value.isoformat() if isinstance(value, datetime) else visible_line(str(value or ""))


def without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages (lists of lines) without page numbers and without the edge lines that return on most pages."""
    edges = Counter(key for lines in pages for key in {_key(lines[i]) for i in _edges(lines)})
    often = max(2, len(pages) / 2)
    kept = []
    for lines in pages:
        at_edge = _edges(lines)
        kept.append(
            [
                line
                for i, line in enumerate(lines)
                if not (i in at_edge and (edges[_key(line)] >= often or _PAGE_NUMBER.fullmatch(line)))
            ]
        )
    return kept


def _edges(lines: list[str]) -> set[int]:
    filled = [i for i, line in enumerate(lines) if line.strip()]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def paragraphs_of(pages: list[list[str]]) -> list[str]:
    """Lines joined to paragraphs.

    A paragraph ends with a line that is clearly shorter than the column and ends a sentence, or that is a heading
    (short, the next line begins anew); a blank line ends one too, but a page ends one only after a sentence.
    """
    lines = [line.strip() for page in pages for line in [*page, ""]]
    lengths = sorted(len(line) for line in lines if line)
    if not lengths:
        return []
    column = lengths[int(0.9 * (len(lengths) - 1))]
    whole = " ".join(lines).casefold()
    found: list[str] = []
    words = ""
    for at, line in enumerate(lines):
        if not line:
            if words and (_ENDS.search(words) or not _goes_on(_next(lines, at))):
                found.append(words)
                words = ""
            continue
        words = _joined(words, line, whole)
        following = lines[at + 1] if at + 1 < len(lines) else ""
        short = len(line) < 0.8 * column
        if short and following and (_ENDS.search(line) or (len(line) < 0.6 * column and not _goes_on(following))):
            found.append(words)
            words = ""
    return [*found, words] if words else found


def _next(lines: list[str], at: int) -> str:
    return next((line for line in lines[at : at + 4] if line), "")


def _goes_on(line: str) -> bool:
    return line[:1].islower()


def _joined(words: str, line: str, whole: str) -> str:
    """Two lines as one. A hyphen at the end goes, unless the text elsewhere writes the word with it."""
    broken = _BROKEN_WORD.search(words)
    if not broken or not line[:1].islower():
        return f"{words} {line}" if words else line
    second = re.match(r"\w+", line)
    hyphenated = f"{broken[1]}-{second[0] if second else ''}".casefold()
    if hyphenated in whole and hyphenated.replace("-", "") not in whole:
        return f"{words}{line}"
    return f"{words[:-1]}{line}"
