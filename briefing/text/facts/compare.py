"""What a claim says otherwise than its evidence, in words for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import regex

from briefing.text.facts.clauses import governed_differences
from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.dates import Day, dates, same_day
from briefing.text.facts.names import acronyms, names, qualified, unknown, vocabulary
from briefing.text.facts.numbers import Number, agree, numbers
from briefing.text.facts.quotes import Quotation, outside, plain, quotations, stands_in
from briefing.text.facts.thesaurus import listed
from briefing.text.facts.tokens import key, keys

_AROUND = 3
# Fewer quoted words are a term or a title; as many are somebody's speech.
_SPOKEN = 5
_PARTS = regex.compile(r"[\p{L}\p{N}]+")
_LATIN = regex.compile(r"\p{Latin}")


class Evidence(NamedTuple):
    """A sentence (or less) that is to support a claim; ``published`` resolves its "Tuesday"."""

    text: str
    language: str = "en"
    published: date | None = None


class Difference(NamedTuple):
    """One thing that differs. ``severe`` is False where the claim is too strong rather than wrong."""

    check: str
    reason: str
    severe: bool = True


def differences(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence] = (), language: str = "en"
) -> tuple[Difference, ...]:
    """Where ``claim`` departs from ``evidence``, fact by fact; empty when nothing was found.

    ``context`` (the sentences around) only resolves names and dates. Numbers, dates, names and quotations are compared
    across languages too; denial, doubt, attribution, direction and cause where both are in one language.
    """
    published = next((e.published for e in evidence if e.published), None)
    return (
        *_numbers(claim, evidence, language),
        *_dates(claim, (*evidence, *context), language, published),
        *_names(claim, evidence, context, language),
        *_quotations(claim, evidence, context, language),
        *(
            Difference(check, reason, severe)
            for check, reason, severe in governed_differences(
                claim, [e.text for e in evidence if e.language == language], language
            )
        ),
    )


def counted(text: str, language: str = "en") -> tuple[Number, ...]:
    """The numbers of ``text`` that are not part of a date."""
    days = dates(text, language, date(2000, 1, 1))
    return tuple(n for n in numbers(text, language) if not any(d.start <= n.start < d.end for d in days))


def strange_numbers(claim: str, evidence: Sequence[Evidence], language: str = "en") -> tuple[Number, ...]:
    """The numbers of ``claim`` that no number of the evidence agrees with."""
    given = [n for e in evidence for n in numbers(e.text, e.language)]
    return tuple(n for n in counted(claim, language) if not any(agree(n, g) for g in given))


def strange_dates(
    claim: str, evidence: Sequence[Evidence], language: str = "en", published: date | None = None
) -> tuple[Day, ...]:
    """The dates of ``claim`` that no date of the evidence may stand for."""
    given = [d for e in evidence for d in dates(e.text, e.language, e.published)]
    # A weekday that the evidence leaves unresolved still has its name.
    given += [d for e in evidence if e.published for d in dates(e.text, e.language)]
    return tuple(d for d in dates(claim, language, published) if not any(same_day(d, g) for g in given))


def strange_names(claim: str, evidence: Sequence[Evidence], language: str = "en") -> tuple[tuple[str, float], ...]:
    """The names of ``claim`` that the evidence does not hold, with the share of their parts that is missing."""
    if not any(_LATIN.search(e.text) for e in evidence):
        # Names in another script are not the claim's letters.
        return ()
    words = vocabulary(e.text for e in evidence)
    initials = frozenset().union(*(acronyms(e.text) for e in evidence))
    found = []
    for name in names(claim, language):
        missing = unknown(name, words, initials)
        first = name.parts[: len(_PARTS.findall(name.text.split()[0]))]
        if missing and name.opens and language == "en" and set(missing) <= set(first) and listed(key(missing[0])):
            # A common word that opens a sentence has its capital from there.
            continue
        if missing:
            found.append((name.text, len(missing) / len(name.parts)))
    return tuple(found)


def _numbers(claim: str, evidence: Sequence[Evidence], language: str) -> Iterator[Difference]:
    given = [(n, e) for e in evidence for n in counted(e.text, e.language)]
    for number in counted(claim, language):
        near = set(_near(claim, number, language))
        matching = [(n, e) for n, e in given if agree(number, n)]
        rivals = [(n, e) for n, e in given if not agree(number, n) and _comparable(number, n)]
        if not matching:
            if number.unit == "ordinal" and not rivals:
                # "Ninth-grade" may be a freshman: an order is no count.
                continue
            told = [n for n, e in rivals if near & set(_near(e.text, n, e.language))] or [n for n, _ in rivals]
            said = f"the cited words say {_join(told)}" if told else "the cited words give no such number"
            yield Difference("number", f"the claim says {number.text.strip()}, {said}")
        elif len(given) > 1 and near and all(e.language == language for _, e in given):
            # Right number, wrong thing: "14 killed and 40 hurt" for "40 killed and 14 hurt".
            here = max(len(near & set(_near(e.text, n, e.language))) for n, e in matching)
            there = max(((len(near & set(_near(e.text, n, e.language))), n) for n, e in rivals), default=None)
            if here == 0 and there and there[0] > 0:
                yield Difference(
                    "number", f"the claim says {number.text.strip()} where the cited words say {there[1].text.strip()}"
                )


def _comparable(a: Number, b: Number) -> bool:
    return a.unit == b.unit or (not a.unit and b.unit not in ("ordinal", "%")) or (not b.unit and a.unit != "ordinal")


def _near(text: str, number: Number, language: str) -> list[str]:
    before = keys(text[max(0, number.start - 40) : number.start], language)[-1:]
    end = regex.search(r"[,;]|\s(?:and|but|und|et|y|aber|mais|pero)\s|$", text[number.end :])
    after = keys(text[number.end : number.end + (end.start() if end else 0)], language)[:_AROUND]
    return after or before


def _dates(claim: str, evidence: Sequence[Evidence], language: str, published: date | None) -> Iterator[Difference]:
    for day in strange_dates(claim, evidence, language, published):
        given = [d.text for e in evidence for d in dates(e.text, e.language, e.published)]
        said = f"the cited words say {' and '.join(given)}" if given else "the cited words give no date"
        yield Difference("date", f"the claim says {day.text}, {said}")


def _names(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str
) -> Iterator[Difference]:
    for text, _ in strange_names(claim, (*evidence, *context), language):
        yield Difference("name", f"the cited words do not name {text}")
    given = [pair for e in evidence for pair in qualified(e.text)]
    ours = qualified(claim)
    for word, rank in ours:
        if (word, rank) not in given and any(rank in vocabulary([e.text]) for e in evidence):
            yield Difference("name", f"the claim says {word} {rank}, the cited words do not")
    for word, rank in given:
        plainly = any(regex.search(rf"(?<!{word}[ -])\b{rank}\b", e.text, regex.I) for e in evidence)
        if not plainly and (word, rank) not in ours and regex.search(rf"\b{rank}\b", claim, regex.I):
            yield Difference("name", f"the cited words say {word} {rank}, the claim leaves out {word}")


def _quotations(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str
) -> Iterator[Difference]:
    for quotation in quotations(claim, language):
        if not any(stands_in(quotation.text, e.text) for e in evidence):
            yield Difference("quotation", f"the cited words do not hold “{quotation.text}”")
            continue
        speakers = [s for e in (*evidence, *context) if (s := _speaker_of(quotation, e))]
        if quotation.speaker and speakers and not any(_same_person(quotation.speaker, s) for s in speakers):
            yield Difference("quotation", f"the claim has {quotation.speaker} say what {speakers[0]} said")
        elif speakers and len(quotation.text.split()) >= _SPOKEN and not _attributed(claim, language):
            yield Difference("attribution", f"the claim leaves out that {speakers[0]} said it", severe=False)


def _attributed(claim: str, language: str) -> bool:
    return any(c.kind is Kind.SAID and outside(claim, c.start) for c in cues(claim, language))


def _speaker_of(quotation: Quotation, evidence: Evidence) -> str:
    words = plain(quotation.text)
    for other in quotations(evidence.text, evidence.language):
        if words.strip() in plain(other.text):
            return other.speaker
    return ""


def _same_person(a: str, b: str) -> bool:
    return bool(vocabulary([a]) & vocabulary([b]) - {"mr", "mrs", "ms", "dr", "the", "of"})


def _join(found: Sequence[Number]) -> str:
    return " and ".join(dict.fromkeys(n.text.strip() for n in found[:3]))
