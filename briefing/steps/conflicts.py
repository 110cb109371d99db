"""Where two independent sources give different numbers for the same thing."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import regex

from briefing.model import Article, Checked, Citation, Claim, Conflict, Finding, Part, Span, Status, Verdict
from briefing.text.facts.counts import Counted, counts, doubtful, put_right
from briefing.text.facts.dates import Day, dates
from briefing.text.facts.names import names
from briefing.text.facts.numbers import compatible, numbers
from briefing.text.facts.tokens import keys

# Share of the rarer words of the shorter sentence that the other has too. A toll is told by its own words, which two
# reports of one event rarely put alike; of any other number the sentences must say much the same, or less of it where
# the numbers are close and no name tells the two apart; less still where many words around the number are the same.
_SHARED_TOLL, _SHARED, _SHARED_CLOSE, _SHARED_CLOSEST = 0.25, 0.7, 0.5, 0.4
_CLOSE_RATIO = 1.5
_MANY_AROUND = 3
# Share of the words right around the number, of the one that has fewer, that stand around the other too.
_SHARED_AROUND = 0.5
# Two counts of one thing seldom differ by more; a larger gap is a part, another place or another unit.
_LARGEST_RATIO = 5.0
_CORRECTED = 2.0  # in place of a likeness, which is 1 at most
_POINTING = frozenset(
    "it its they them their he him his she her we us our this that these those which within just".split()
)
_MOST_PER_STORY, _MOST_SIDES = 3, 4


class Statement(NamedTuple):
    """A count, the sentence of an article that gives it, and where to look for the names that the sentence leaves out.

    That is from the sentence before to the one after, and the opening of the article.
    """

    article: Article
    span: Span
    counted: Counted
    near: Span
    lead: Span

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]

    @property
    def language(self) -> str:
        return self.article.language or "en"


class _Pair(NamedTuple):
    likeness: float
    first: Statement
    second: Statement


def find_conflicts(stories: Sequence[Checked]) -> tuple[Conflict, ...]:
    """Conflicts of number between independent sources of one story; ``story`` is the place in ``stories``.

    All sentences of a story's passages are read, not only those that are printed. Two numbers conflict when they count
    the same thing in sentences that share their context, cannot both be true ("at least 12" and 15 can), and
    neither source gives a number that agrees with the other. Two numbers of one publisher are an update and no
    conflict, unless a correction says which of them was wrong. Precision before recall: what is reported is to be
    believed at a glance; much is missed.
    """
    return tuple(conflict for number, checked in enumerate(stories) for conflict in _conflicts(number, checked))


def _conflicts(number: int, checked: Checked) -> Iterator[Conflict]:
    if len(checked.story.originals) < 2:
        return
    groups: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in _statements(checked):
        groups[statement.counted.thing][statement.article.id].append(statement)
    shared = [list(by_article.values()) for by_article in groups.values() if len(by_article) > 1]
    context = _Context([s for statements in shared for each in statements for s in each])
    pairs = [p for by_article in shared for a, b in combinations(by_article, 2) if (p := _disagree(a, b, context))]
    things: dict[str, list[_Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda p: -p.likeness):
        things[pair.first.counted.thing].append(pair)
    yield from (_conflict(number, found) for found in list(things.values())[:_MOST_PER_STORY])


def _statements(checked: Checked) -> Iterator[Statement]:
    spans: dict[str, set[Span]] = defaultdict(set)
    articles = {s.passage.article.id: s.passage.article for s in checked.story.passages}
    for scored in checked.story.passages:
        spans[scored.passage.article.id].update(scored.passage.sentences)
    for key, article in articles.items():
        yield from _of_article(article, sorted(spans[key]))


def _of_article(article: Article, spans: Sequence[Span]) -> Iterator[Statement]:
    language = article.language or "en"
    lead = Span(spans[0].start, spans[:2][-1].end) if spans else Span(0, 0)
    taken_back: Counted | None = None
    for place, span in enumerate(spans):
        near = Span(spans[max(0, place - 1)].start, spans[: place + 2][-1].end)
        sentence = article.text[span.start : span.end]
        if taken_back and (right := put_right(sentence, taken_back, language)):
            # Neither sentence can be understood without the other.
            yield Statement(article, Span(spans[place - 1].start, span.end), right, near, lead)
        found = counts(sentence, language)
        yield from (Statement(article, span, counted, near, lead) for counted in found)
        taken_back = found[-1] if found and found[-1].withdrawn else None


class _Context:
    """The words and dates of the sentences that may disagree, each sentence read once, with the words' rarity."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._stems = {(s.article.id, s.span): frozenset(_words(s.text, s.language)) for s in statements}
        found = Counter(k for stems in self._stems.values() for k in stems)
        self._weight = {k: math.log(1 + len(self._stems) / n) for k, n in found.items()}

    def likeness(self, a: Statement, b: Statement) -> float:
        """Weight of the shared words over that of the sentence that has less of it."""
        here, there = (self._stems[s.article.id, s.span] for s in (a, b))
        least = min(self._sum(here), self._sum(there))
        return self._sum(here & there) / least if least else 0.0

    def _sum(self, stems: frozenset[str]) -> float:
        return sum(self._weight[k] for k in stems)


def _words(sentence: str, language: str) -> list[str]:
    """The stems of what a sentence says, its numbers left out."""
    plain, at = "", 0
    for number in numbers(sentence, language):
        plain, at = plain + sentence[at : number.start] + " ", number.end
    return keys(plain + sentence[at:], language)


def _disagree(a: Sequence[Statement], b: Sequence[Statement], context: _Context) -> _Pair | None:
    """The likest pair of statements of two articles, when nothing that one gives agrees with the other."""
    corrected = _corrected(a, b) or _corrected(b, a)
    if corrected:
        return _Pair(_CORRECTED, *corrected)
    if a[0].article.source and a[0].article.source == b[0].article.source:
        return None
    plain_a = [s for s in a if not s.counted.withdrawn]
    plain_b = [s for s in b if not s.counted.withdrawn]
    if any(compatible(x.counted.number, y.counted.number) for x in plain_a for y in plain_b):
        return None
    found = [
        _Pair(likeness, x, y)
        for x in plain_a
        for y in plain_b
        if not (x.counted.part or y.counted.part) and (likeness := _likeness(x, y, context)) > 0
    ]
    return max(found, key=lambda p: p.likeness, default=None)


def _corrected(a: Sequence[Statement], b: Sequence[Statement]) -> tuple[Statement, Statement] | None:
    """The correction in ``a`` with the statement of ``b`` whose number it takes back."""
    taken_back = [s for s in a if s.counted.withdrawn]
    for old in taken_back:
        right = [s for s in a if s.span.start == old.span.start and not s.counted.withdrawn]
        wrong = [s for s in b if s.counted.number.value == old.counted.number.value and not s.counted.withdrawn]
        if right and wrong:
            return right[0], wrong[0]
    return None


def _likeness(a: Statement, b: Statement, context: _Context) -> float:
    """How much two sentences speak of the same thing, from 0 (not at all, or not comparable) to 1."""
    x, y = a.counted.number, b.counted.number
    if (
        x.unit != y.unit
        or not 1 / _LARGEST_RATIO <= x.value / (y.value or 1) <= _LARGEST_RATIO
        or x.value < 2 > y.value
    ):
        return 0.0
    toll = a.counted.thing.startswith("toll:")
    if not (toll or (_same_matter(a, b) and not _knows(a, b) and not _knows(b, a))) or not _same_time(a, b):
        return 0.0
    if any(doubtful(s.text, s.counted, s.language) for s in (a, b)):
        return 0.0
    if a.article.language != b.article.language:
        return 0.5 if toll else 0.0
    likeness = context.likeness(a, b)
    return likeness if likeness >= (_SHARED_TOLL if toll else _least(a, b)) else 0.0


def _knows(a: Statement, b: Statement) -> bool:
    """Whether the sentence of ``a`` gives the number of ``b`` too, as that of a part, another day or another source."""
    return any(n.value == b.counted.number.value for n in numbers(a.text, a.language))


def _least(a: Statement, b: Statement) -> float:
    """The likeness from which on two sentences speak of one thing."""
    x, y = a.counted.number.value, b.counted.number.value
    here, there = (_named(s.text, s.language, surely=True) for s in (a, b))
    told = here & there or not (here and there)
    close = max(x, y) < _CLOSE_RATIO * min(x, y)
    if not (close and told):
        return _SHARED
    return _SHARED_CLOSEST if len(a.counted.around & b.counted.around) >= _MANY_AROUND else _SHARED_CLOSE


def _same_matter(a: Statement, b: Statement) -> bool:
    """Whether both sentences put the number among the same words and speak of the same name.

    A name that one of them leaves out may stand beside it or in the opening of its article.
    """
    here, there = a.counted.around, b.counted.around
    shared = len(here & there)
    if shared < 2 or shared < _SHARED_AROUND * min(len(here), len(there)):
        return False
    if _named(a.text, a.language) & _named(b.text, b.language):
        return True
    return not _setting(a).isdisjoint(_setting(b))


def _setting(statement: Statement) -> frozenset[str]:
    text, near, lead = statement.article.text, statement.near, statement.lead
    return _named(text[near.start : near.end], statement.language) | _named(
        text[lead.start : lead.end], statement.language
    )


@lru_cache(maxsize=4096)
def _named(text: str, language: str, surely: bool = False) -> frozenset[str]:
    """The words of the names in a text; ``surely`` leaves out a single word that has its capital from its place."""
    found = (name.parts for name in names(text, language) if not (surely and name.opens and len(name.parts) == 1))
    return frozenset(part for parts in found for part in parts)


def _same_time(a: Statement, b: Statement) -> bool:
    here, there = (_days(s) for s in (a, b))
    years = [{d.year for d in days if d.year} or _published(s) for s, days in ((a, here), (b, there))]
    if all(years) and not years[0] & years[1]:
        return False
    days = [{(d.month, d.day) for d in days if d.month and d.day} for days in (here, there)]
    return not (all(days) and not days[0] & days[1])


def _days(statement: Statement) -> tuple[Day, ...]:
    published = statement.article.published
    return dates(statement.text, statement.language, published.date() if published else None)


def _published(statement: Statement) -> set[int]:
    return {statement.article.published.year} if statement.article.published else set()


def _conflict(story: int, pairs: Sequence[_Pair]) -> Conflict:
    """One conflict of all that differ about a thing: a side for every number, that of the likest pair first."""
    sides: dict[float, Statement] = {}
    for pair in pairs:
        for side in (pair.first, pair.second):
            sides.setdefault(side.counted.number.value, side)
    shown = list(sides.values())[:_MOST_SIDES]
    about = next((s.counted.about for s in shown if names_a_thing(s.counted.about)), "numbers")
    if pairs[0].likeness == _CORRECTED:
        about = f"{about} (corrected: {_written(shown[0])}, not {_written(shown[1])})"
    elif all(s.article.published for s in shown):
        days = {s.article.published.date().isoformat() for s in shown if s.article.published}
        about = f"{about} ({', '.join(sorted(days))})" if len(days) > 1 else about
    return Conflict(about, tuple(map(_claim, shown)), story)


def names_a_thing(about: str) -> bool:
    """Whether the words that a number counts can stand as a heading: a pronoun among them points at nothing there."""
    return bool(about) and not set(about.casefold().split()) & _POINTING


def _written(statement: Statement) -> str:
    """The number as it stands; what is spelled out in figures."""
    number = statement.counted.number
    return number.text.strip() if regex.search(r"\d", number.text) else f"{number.value:,.15g}"


def _claim(statement: Statement) -> Claim:
    citation = Citation(statement.article.id, Part.TEXT, *statement.span, statement.text)
    finding = Finding(0, "verbatim", Status.SUPPORTED, "the claim is the source's own words")
    return Claim(statement.text, (citation,), statement.article.language, Verdict(Status.SUPPORTED, (finding,)))
