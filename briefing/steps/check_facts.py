"""The words of a claim against the words it cites."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

import regex

from briefing.model import Article, Citation, Claim, Part, Status
from briefing.text.facts.alignment import align
from briefing.text.facts.alone import not_alone, out_of_quotation
from briefing.text.facts.compare import Difference, Evidence, differences
from briefing.text.facts.cut import lost_by_cutting
from briefing.text.facts.form import malformed
from briefing.text.facts.names import names, vocabulary
from briefing.text.facts.ordering import orders
from briefing.text.facts.support import DOUBTFUL, combine, features
from briefing.text.facts.unfounded import unfounded
from briefing.text.sentences import sentences

# "PARIS (Agency) - ", "LONDON, 3 March — ": where and by whom a text was filed is no part of what it says.
_DATELINE = regex.compile(r"\s*\p{Lu}[\p{L}\p{N} .,()/'’-]{2,60}?\s(?:—|–|--|-)\s+(?=\S)")
_NEIGHBOURS = 1
_PRONOUN = regex.compile(
    r"\b(?:he|she|his|her|they|their|it|its|er|sie|ihr|il|elle|ils|elles|él|ella|su)\b", regex.IGNORECASE
)


class Outcome(NamedTuple):
    check: str
    status: Status
    reason: str


def compare(
    claim: Claim,
    cited: Sequence[tuple[Citation, Article]],
    trusted: Container[str] = frozenset(),
    *,
    headline: bool = False,
) -> Iterator[Outcome]:
    """What the checks say of a claim whose citations resolve; at least one outcome.

    A claim in the source's own words holds, unless a part of its sentence was cut off that changes what it says. For
    any other claim every fact must stand in the cited words; the sentences around them, where a name is given in full,
    and the titles of the articles that are ``trusted`` (ids) only resolve names and dates. What is no sentence (for a
    ``headline``, no line of words) of a brief is refused whatever words it is made of.
    """
    if any(orders(c.quote, a.language or "en") for c, a in cited):
        yield Outcome("order", Status.UNSUPPORTED, "the cited words order what to write, and state nothing")
        return
    language = claim.language or next((a.language for _, a in cited if a.language), "en")
    if "".join(_plain(c.quote) for c, _ in cited) == _plain(claim.text):
        lost = [d for c, a in cited for d in _cut(claim, c, a)]
        alone = [] if headline else not_alone(claim.text, language)
        yield from _verbatim("the claim is the source's own words", [*lost, *alone])
        return
    for citation, article in cited:
        if _span(claim.text, citation.quote) is not None:
            alone = [] if headline else not_alone(claim.text, language, part=True)
            lost = [*_cut(claim, citation, article), *alone]
            yield from _verbatim("the claim is a part of the source's own words", lost)
            return
    yield from _reworded(claim, cited, trusted, headline, language)


def _verbatim(reason: str, lost: Sequence[Difference]) -> Iterator[Outcome]:
    yield Outcome("verbatim", Status.SUPPORTED, reason)
    yield from map(_outcome, lost)


def _reworded(
    claim: Claim,
    cited: Sequence[tuple[Citation, Article]],
    trusted: Container[str],
    headline: bool,
    language: str,
) -> Iterator[Outcome]:
    evidence = [_evidence(c.quote, a) for c, a in cited]
    around = [_evidence(text, a) for c, a in cited for text in (*_around(c, a), *_named(claim, c, a, trusted))]
    quotes = [citation.quote for citation, _ in cited]
    found = [Difference("form", reason) for reason in malformed(claim.text, quotes, language, headline=headline)]
    found += [] if headline else not_alone(claim.text, language)
    whole = _whole(cited, trusted)
    found += differences(claim.text, evidence, around, language, whole)
    comparable = [e.text for e in evidence if e.language == language]
    if comparable:
        near = [e.text for e in around if e.language == language]
        found += _words(claim.text, comparable, near, language, whole.text)
    yield from map(_outcome, found)
    if not comparable:
        reason = "a translation: only its numbers, dates, names and quotations could be compared"
        yield Outcome("translation", Status.PARTLY, reason)
    elif not found:
        yield Outcome("facts", Status.SUPPORTED, "every number, date, name and quotation stands in the cited words")


def _words(
    claim: str, evidence: Sequence[str], around: Sequence[str], language: str, article: str
) -> Iterator[Difference]:
    """What the cited words do not say at all: refused where little is left, doubted where a part is added."""
    if combine(features(claim, evidence, language)) < DOUBTFUL:
        aligned = align(claim, evidence, language)
        missing = ", ".join((*aligned.strange_names, *aligned.strange)[:6])
        yield Difference("words", f"the cited words do not say: {missing}" if missing else "the words differ")
    elif added := unfounded(claim, evidence, around, language, article):
        told = " and ".join(f"“{words}”" for words in added[:3])
        yield Difference("words", f"the cited words say nothing of {told}", severe=False)


def _outcome(difference: Difference) -> Outcome:
    return Outcome(difference.check, Status.UNSUPPORTED if difference.severe else Status.PARTLY, difference.reason)


def _evidence(text: str, article: Article) -> Evidence:
    # Lines broken by hand part a number from its unit.
    text = " ".join(text.split())
    return Evidence(text, article.language or "en", article.published.date() if article.published else None)


def _whole(cited: Sequence[tuple[Citation, Article]], trusted: Container[str]) -> Evidence:
    """All that the cited articles say, titles of other stories aside."""
    articles = {article.id: article for _, article in cited}.values()
    titles = [article.title for article in articles if article.id in trusted]
    language = next((article.language for article in articles if article.language), "en")
    return Evidence("\n".join((*titles, *(article.text for article in articles))), language)


def _cut(claim: Claim, citation: Citation, article: Article) -> list[Difference]:
    """What the sentence loses of which the claim is a part. Titles and whole sentences lose nothing."""
    if citation.part is Part.TITLE:
        return []
    span = _span(claim.text, citation.quote) or (0, len(citation.quote))
    start, end = citation.start + span[0], citation.start + span[1]
    low, high = _paragraph(article.text, start, end)
    lost: list[Difference] = []
    for a, b in sentences(article.text[low:high], article.language):
        first, last = max(low + a, start), min(low + b, end)
        if first < last:
            before, after = article.text[low + a : first], article.text[last : low + b]
            if _DATELINE.fullmatch(before):
                before = ""
            lost += lost_by_cutting(before, article.text[first:last], after, article.language or "en")
            lost += out_of_quotation(before, article.text[first:last], after)
    return lost


def _paragraph(text: str, start: int, end: int) -> tuple[int, int]:
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    return low, high if high >= 0 else len(text)


def _around(citation: Citation, article: Article) -> list[str]:
    """The sentences next to the cited ones, and those themselves whole."""
    if citation.part is Part.TITLE:
        return []
    low, high = _paragraph(article.text, citation.start, citation.end)
    low = article.text.rfind("\n", 0, max(0, low - 2)) + 1
    spans = [(low + a, low + b) for a, b in sentences(article.text[low:high], article.language)]
    touched = [i for i, (a, b) in enumerate(spans) if a < citation.end and citation.start < b]
    if not touched:
        return []
    return [article.text[a:b] for a, b in spans[max(0, touched[0] - _NEIGHBOURS) : touched[-1] + 1 + _NEIGHBOURS]]


def _named(claim: Claim, citation: Citation, article: Article, trusted: Container[str]) -> list[str]:
    """Who is meant: the publisher, the title where the cited words say "he", and names of the claim given in full
    elsewhere in the article of which the cited words hold a part."""
    found = [article.source, article.author]
    if article.id in trusted and _PRONOUN.search(citation.quote):
        found.append(article.title)
    held = vocabulary([citation.quote])
    for name in names(claim.text, claim.language or "en"):
        if 1 < len(name.parts) and held.intersection(name.parts) and name.text in article.text:
            found.append(name.text)
    return [text for text in found if text]


def _plain(text: str) -> str:
    dateline = _DATELINE.match(text)
    return regex.sub(r"\s+", "", text[dateline.end() :] if dateline else text)


def _span(words: str, quote: str) -> tuple[int, int] | None:
    """Where ``words`` stand in ``quote``, whatever the white space; a full stop at their end may be the claim's own."""
    parts = words.rstrip(" .").split()
    # Looked for first without white space, which takes no time: of a long word that says the same over and over, the
    # pattern would be tried at each of its letters.
    if "".join(parts) not in "".join(quote.split()):
        return None
    pattern = r"\s+".join(map(regex.escape, parts))
    match = regex.search(rf"(?<!\w){pattern}(?!\w)", quote) if pattern else None
    return match.span() if match else None
