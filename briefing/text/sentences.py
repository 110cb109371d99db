"""Sentences of a text, as spans.

The splitter is sentencex; around it stand the rules of layout (lists, bullets) and those marks of the press that it
reads wrongly. See ``docs/decisions/0001-sentence-splitter.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from sentencex import segment

# A sentence that quotes several is kept whole, with the words that say who speaks, up to about fifty words.
_LONG = 350
# sentencex needs quadratic time where sentences follow each other without spaces, so it gets such text in portions.
_PORTION = 2000

_BULLET = "•⁃▪‣●◦"
_OPENERS = "\"“„«‘'(\\[「『（【¿¡"
_CLOSERS = "\"”’')\\]»」』）】"
_BREAK = re.compile(rf"\n(?:(?:[^\S\n]*\n)+|(?=[^\S\n]*(?:[{_BULLET}]|[-*–—]\s)))")
_MARKER = re.compile(rf"(?:^|(?<=\s))(?:[{_BULLET}]\s*)?(?P<mark>\d{{1,2}}|[a-z])[.)]+\s+(?=\S)")
_LEADING = re.compile(rf"\s*(?:[{_BULLET}]\s*|[-*–—]\s+)?(?:\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{2,4}})[.)]+\s+)?(?=\S)")
_WORD = re.compile(r"[^\W_]")
_QUOTES = re.compile("""["“”„«»()\\[\\]「」『』（）'‘’`]""")
# The '90s, rock 'n' roll: nothing is quoted.
_APOSTROPHE = re.compile(r"(?<=\s)'(?=\d\d|(?:n|em|til|cause)\b)")
_OPENING = re.compile(rf"(?<=\s)[{_OPENERS}]+$")
_CLOSING = re.compile(rf"[{_CLOSERS}]{{1,3}}(?=\s|$|(?<=[」』）】”]))")
_SEAM = re.compile("[。！？｡][」』”’）]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Rows of marks that stand for a rule between paragraphs quote nothing; sentencex needs quadratic time for them.
_ROW = re.compile(r"([\"'“”‘’«»])\1{9,}")

_LOWER = re.compile(rf"[{_OPENERS}]*([^\W\d_]++)(?![\w.-]*@|://|\.\w)")
_ABBREVIATION = re.compile(r"(?:^|[^\w.])((?:[^\W\d_]+\.)*[^\W\d_]+)\.$")
_CLOCK = re.compile(r"(?:\d|\b)[ap]\.m\.$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[ECMPB]S?T\b|[EC]EST\b|GMT|UTC"
    r"|Eastern|Central|Mountain|Pacific|Local)"
)
_GLUED_LEFT = re.compile(rf"(?:[^\W_]{{2}}|[%)\]])[{_CLOSERS}]*[.!?…]+[{_CLOSERS}]*$")
_GLUED_RIGHT = re.compile(rf"[{_OPENERS}]*(?!(?:Com|Org|Net|Gov|Co|Js)\b)(?:[^\W\d_][^\W\d_]|[AI]\s)")
# Words and bare capitals that sentencex always takes for abbreviations: "no" of No., "me" and "LA" of states.
_WHOLE_WORD = re.compile(r"(?<![\w.])(?:art|con|id|ill|may|me|miss|no|[A-Z]{2,})[.]\s+(?=[\"“‘(]?[^\W\d_a-z])")
# A full stop and an omission: ". . . ." belongs to both sentences (Chicago Manual of Style).
_OMISSION = re.compile(r"(?<=\w\.)\s(?=\. \. \. \w)")
_WIDE_STOP = re.compile(rf"[。！？｡．؟۔।॥…][{_CLOSERS}]*$")
_SAYING = re.compile(r"(?:と|って|[^，。！？\s]{0,8}[说說道问問称稱])")
_SAID = re.compile("[。！？…][」』”’]+$")

# Before a name or a number these do not end a sentence; before a number the second group does not.
_TITLES = {
    language: frozenset(titles.split())
    for language, titles in {
        "en": "Mr Mrs Ms Mx Dr Prof Sen Sens Rep Reps Gov Govs Gen Lt Col Capt Sgt Maj Cmdr Cpl Pvt Adm Rev Hon Fr "
        "Sr Msgr Supt Det Insp Pres Atty St Mt Ft vs e.g i.e cf",
        "de": "Hr Hrn Fr Dr Prof Dipl Ing St bzw ca d.h z.B u.a vgl ggf evtl sog Mio Mrd o.ä i.d.R",
        "es": "Sr Sra Sres Srta Dr Dra D Dña Ud Uds Lic Ing Gral Cnel Tte Mons Sto Sta p.ej EE",
        "fr": "M MM Mme Mmes Mlle Dr Pr Me Mgr St Ste av p.ex cf",
        "it": "Sig Sigg Dott Prof Avv On Ing Gen Mons Sen ecc",
        "nl": "dhr mevr dr prof mr ir ing St bijv o.a m.b.t",
        "pt": "Sr Sra Dr Dra Prof Exmo Gen Eng p.ex",
    }.items()
}
_BEFORE_NUMBER = frozenset(
    """no nos nr núm n num pp p pg vol fig figs sec sect art ch para rept tel ca pág págs abs ziff str
    jan feb mar apr jun jul aug sep sept oct nov dec okt dez ene abr ago dic janv févr avr juil déc""".split()
)


def sentences(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of ``text`` in order, white space around them left out.

    Every other character lies in exactly one span. ``language`` is an ISO 639-1 code (a region is ignored); one
    that is unknown or empty is split by English rules. A quotation of several sentences is one with the sentence
    that holds it, unless that grows long. A piece without a letter or digit goes with its neighbour.
    """
    language = language.replace("_", "-").partition("-")[0].lower() or "en"
    cased = text != text.lower()
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        block = text[start:end]
        masked = _masked(block)
        for a, b in _split(block, masked, language, cased):
            if b - a > _LONG and (inner := _QUOTES.sub(" ", masked[a:b])) != masked[a:b]:
                spans.extend((start + a + c, start + a + d) for c, d in _split(block[a:b], inner, language, cased))
            else:
                spans.append((start + a, start + b))
    return tuple(_tidy(text, spans))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Parts that no sentence crosses: divided by blank lines, bullets and the marks of a list."""
    cuts = {m.end() for m in _BREAK.finditer(text)} | set(_items(text))
    if (first := text.lstrip()[:1]) and first in _BULLET:
        cuts.update(m.start() for m in re.finditer(rf"(?<=\s){first}(?=\s)", text))
    start = 0
    for cut in sorted(cuts - {0}):
        yield start, cut
        start = cut
    yield start, len(text)


def _items(text: str) -> list[int]:
    """Where the items of a list begin that is set in one line: ``1. Tea 2. Milk``."""
    first = len(text) - len(text.lstrip())
    if not _MARKER.match(text, first):
        return []
    found: list[int] = []
    awaited = ""
    for match in _MARKER.finditer(text, first):
        mark = match["mark"]
        if not found or mark == awaited:
            found.append(match.start())
            awaited = str(int(mark) + 1) if mark.isdecimal() else chr(ord(mark) + 1)
    return found if len(found) > 1 else []


def _masked(block: str) -> str:
    """``block`` in a form that sentencex takes, of the same length, its leading bullet or number blanked."""
    leading = _LEADING.match(block)
    masked = " " * leading.end() + block[leading.end() :] if leading else block
    masked = _ROW.sub(lambda row: " " * len(row[0]), _APOSTROPHE.sub(" ", masked))
    return masked if masked.isascii() else _SURROGATE.sub("\ufffd", masked)


def _split(text: str, masked: str, language: str, cased: bool) -> Iterator[tuple[int, int]]:
    start = done = 0
    worded = False
    missed = {m.end() for m in chain(_WHOLE_WORD.finditer(masked), _OMISSION.finditer(masked))}
    for cut in sorted(missed.union(_cuts(masked, language))):
        plain = _plain(text, cut)
        cut = cut if plain else _between_quotes(text, cut)
        if not done < cut < len(text) or (cut in missed and not _balanced(masked[start:cut])):
            continue
        worded = worded or _WORD.search(text, done, cut) is not None
        done = cut
        if worded and (plain or not _wrong(text, start, cut, language, cased)):
            yield start, cut
            start, worded = cut, False
    yield start, len(text)


def _plain(text: str, cut: int) -> bool:
    """Whether a long word, a stop, a space and a capital meet at ``cut``, as nearly everywhere: no rule applies."""
    word = text[max(0, cut - 7) : cut - 2]
    return (
        text[cut - 1] == " "
        and text[cut - 2] in ".!?"
        and len(word) == 5
        and word.isalpha()
        and word.islower()
        and text[cut : cut + 1].isupper()
    )


def _balanced(text: str) -> bool:
    pairs = (text.count(one) == text.count(other) for one, other in ("“”", "()", "«»"))
    return text.count('"') % 2 == 0 and all(pairs)


def _cuts(masked: str, language: str) -> Iterator[int]:
    at = 0
    for portion in _portions(masked):
        for piece in segment(language, portion):
            at += len(piece)
            yield at


def _portions(text: str) -> Iterator[str]:
    start = 0
    while len(text) - start > _PORTION and (stop := _SEAM.search(text, start + _PORTION)):
        yield text[start : stop.end()]
        start = stop.end()
    yield text[start:]


def _between_quotes(text: str, cut: int) -> int:
    """``cut``, moved so that opening marks go with what follows and closing marks with what they close."""
    before = _OPENING.search(text[max(0, cut - 4) : cut])
    if before and cut < len(text) and not text[cut].isspace():
        return cut - len(before.group())
    after = _CLOSING.match(text[cut : cut + 4])
    if after and cut and not text[cut - 1].isspace():
        return cut + after.end()
    return cut


def _wrong(text: str, start: int, cut: int, language: str, cased: bool) -> bool:
    """Whether the sentence from ``start`` goes on after ``cut``."""
    left = text[max(start, cut - 40) : cut].rstrip()
    right = text[cut : cut + 40].lstrip()
    word = _LOWER.match(right)
    if cased and word and word[1].islower() and word[1].upper() != word[1]:
        return True
    if not (text[cut - 1].isspace() or text[cut].isspace()):
        if _SAID.search(left) and _SAYING.match(right):
            return True
        glued = _GLUED_LEFT.search(left) and _GLUED_RIGHT.match(right) and right.lstrip(_OPENERS)[:1].isupper()
        if not glued and not _WIDE_STOP.search(left):
            return True
    if _CLOCK.search(left) and _AFTER_CLOCK.match(right):
        return True
    short = _ABBREVIATION.search(left)
    if not short:
        return False
    if right[:1].isdigit():
        return short[1].lower() in _BEFORE_NUMBER
    return short[1] in _TITLES.get(language, _TITLES["en"])


def _tidy(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """``spans`` without the white space around them; one that holds no word joins the one before, else the next."""
    held: tuple[int, int] | None = None
    held_word = False
    for start, end in spans:
        piece = text[start:end]
        start, end = end - len(piece.lstrip()), start + len(piece.rstrip())
        if start >= end:
            continue
        word = _WORD.search(piece) is not None
        if held is None:
            held, held_word = (start, end), word
        elif not word or not held_word:
            held, held_word = (held[0], end), word or held_word
        else:
            yield held
            held = start, end
    if held:
        yield held
