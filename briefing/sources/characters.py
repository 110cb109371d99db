"""From bytes to text, and from text to text that shows all it holds."""

from __future__ import annotations

import codecs
import re

import regex

from briefing.errors import SourceError
from briefing.sources import failures
from briefing.text.language import detect

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    b"%PDF-",
    b"\x89PNG",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x7fELF",
    b"GIF8",
    b"\xff\xd8\xff",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
)
# How much charset-normalizer reads to decide.
_SAMPLE = 200_000

# Windows code pages of languages in Latin script; the others write windows-1252.
_CODE_PAGES = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq", "bs"), "windows-1250"),
    **dict.fromkeys(("tr", "az"), "windows-1254"),
    **dict.fromkeys(("et", "lt", "lv"), "windows-1257"),
    "vi": "windows-1258",
}

_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Characters that a reader does not see: a citation must not rest on them, and they can carry orders to machines.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f"  # soft hyphen, fillers, marks
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"  # directions, joiners, specials
    "\U000e0000-\U000e0fff\ud800-\udfff]"  # tags, variation selectors, lone surrogates
)
# One variation selector chooses the look of a sign, many are a hidden message.
_SELECTORS = re.compile("[\ufe00-\ufe0f]{2,}")
# Joiners shape Arabic, Indic and emoji; elsewhere they are invisible.
_SHAPED = (
    r"\p{Arabic}\p{Syriac}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\p{So}\p{Sk}\uFE0F"
)
_JOINER = regex.compile(rf"(?<![{_SHAPED}])[\u200c\u200d]+|(?<=[\u200c\u200d])[\u200c\u200d]+")
_JOINERS = re.compile("[\u200c\u200d]")
# The look-behind tries each run of spaces once: without it, a megabyte of spaces takes minutes.
_TRAILING = re.compile(r"(?<![ \t])[ \t]+(?=\n)")
_GAP = re.compile(r"\n{3,}")
_ODD = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")


def visible(text: str) -> str:
    """``text`` without characters that are not seen, with ``\\n`` as its only line break, ends trimmed.

    Removes controls, zero-width characters, soft hyphens, marks of direction, tags and lone surrogates. Joiners
    stay where a script needs them (Arabic, Indic, emoji).
    """
    # Most texts need none of this, and a search is far quicker than a substitution that finds nothing.
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not (text.isascii() and text.replace("\n", "").isprintable()):
        text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
        if not text.isascii():
            text = _SELECTORS.sub("", text)
            if _JOINERS.search(text):
                text = _JOINER.sub("", text)
    if " \n" in text or "\t\n" in text:
        text = _TRAILING.sub("", text)
    if "\n\n\n" in text:
        text = _GAP.sub("\n\n", text)
    return text.strip()


def visible_line(text: str) -> str:
    """``visible`` on one line, single spaces: titles, names."""
    return " ".join(visible(text).split())


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """The text of ``data`` and a note on its encoding ("" for UTF-8).

    In order: a byte order mark; the ``declared`` encoding; UTF-8; UTF-16 without a mark; UTF-8 with a few broken
    bytes, which become U+FFFD; what charset-normalizer finds. Raises ``SourceError`` (damaged) for bytes that are
    not text.
    """
    if data.startswith(_BINARY):
        raise SourceError(failures.DAMAGED, "is not text but binary data; check its ending")
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, errors="replace")
            return _checked(text), "" if name == "utf-8" else f"encoding {name}"
    for name in (declared, "utf-8"):
        text_or_none = _strict(data, name)
        if text_or_none is not None:
            same = name.lower().replace("_", "-") in ("utf-8", "utf8", "us-ascii", "ascii")
            return _checked(text_or_none), "" if same else f"encoding {name.lower()}"
    wide = _wide(data)
    if wide:
        return _checked(data.decode(wide, errors="replace")), f"encoding {wide}"
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if broken * 10 <= sum(c > "\x7f" for c in text) - broken or (broken == 1 and text.endswith("\ufffd")):
        return _checked(text), f"UTF-8 with {broken} broken characters"
    name = _guess(data)
    if not name:
        raise SourceError(failures.DAMAGED, "no encoding fits its bytes; save it as UTF-8")
    return _checked(data.decode(name, errors="replace")), f"encoding {name} (found, not declared)"


def _strict(data: bytes, name: str) -> str | None:
    if not name or (name.lower().startswith(("utf-16", "utf16", "utf-32", "utf32", "ucs")) and b"\x00" not in data):
        return None
    # What pages declare as Latin-1 or ASCII is read as windows-1252 by every browser (WHATWG Encoding Standard).
    if name.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        utf8 = _strict(data, "utf-8")
        if utf8 is not None:
            return utf8
        name = "windows-1252"
    try:
        codec = codecs.lookup(name)
        if not getattr(codec, "_is_text_encoding", True):
            return None
        return data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _wide(data: bytes) -> str:
    """UTF-16 shows as NULs on one side of most pairs of bytes, in texts of European scripts."""
    sample = data[:4000]
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _guess(data: bytes) -> str:
    """What charset-normalizer finds; for Latin script, whose code pages look alike to it, the language's code page."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if b"\x00" in sample:
        return ""
    best = from_bytes(sample).best()
    ascii_letters = sum(65 <= byte & 0xDF <= 90 for byte in sample if byte < 128)
    if ascii_letters > 2 * sum(byte >= 128 for byte in sample):
        page = _CODE_PAGES.get(detect(sample.decode("cp1252", "ignore")), "windows-1252")
        if _strict(data, page) is not None:
            return page
    return best.encoding if best else ""


def _checked(text: str) -> str:
    sample = text[:_SAMPLE]
    odd = len(_ODD.findall(sample))
    if odd > 0.05 * len(sample) + 1:
        raise SourceError(failures.DAMAGED, "is not text but binary data; check its ending")
    return text
