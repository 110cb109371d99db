"""What a claim says otherwise than its evidence, in words for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from briefing.text.facts.clauses import governed_differences
from briefing.text.facts.dates import Day, dates, same_day
from briefing.text.facts.difference import Difference, Evidence
from briefing.text.facts.family import family_differences
from briefing.text.facts.figures import counted, number_differences, strange_numbers
from briefing.text.facts.moments import moment_differences
from briefing.text.facts.moved import moved_differences
from briefing.text.facts.naming import name_differences, strange_names
from briefing.text.facts.offices import office_differences
from briefing.text.facts.rates import rate_differences
from briefing.text.facts.speakers import quotation_differences
from briefing.text.facts.things import thing_differences

__all__ = ["Difference", "Evidence", "counted", "differences", "strange_dates", "strange_names", "strange_numbers"]


def differences(
    claim: str,
    evidence: Sequence[Evidence],
    context: Sequence[Evidence] = (),
    language: str = "en",
    article: Evidence | None = None,
) -> tuple[Difference, ...]:
    """Where ``claim`` departs from ``evidence``, fact by fact; empty when nothing was found.

    ``context`` (the sentences around) only resolves names and dates; ``article`` (all of what the evidence is from)
    tells whom "she" or "the minister" means. Numbers, dates, names and quotations are compared
    across languages too; denial, doubt, attribution, direction and cause where both are in one language.
    """
    return (
        *moved_differences(claim, evidence, language),
        *number_differences(claim, evidence, language),
        *rate_differences(claim, evidence, language),
        *thing_differences(claim, evidence, language),
        *_dates(claim, evidence, context, language),
        *moment_differences(claim, evidence),
        *family_differences(claim, evidence),
        *name_differences(claim, evidence, context, language, article),
        *office_differences(claim, evidence, context, language),
        *quotation_differences(claim, evidence, context, language),
        *(
            Difference(check, reason, severe)
            for check, reason, severe in governed_differences(
                claim, [e.text for e in evidence if e.language == language], language
            )
        ),
    )


def _contradicted(day: Day, given: Sequence[Day]) -> bool:
    """Whether other dates are written with the same parts (year, month, weekday), but none with the same values."""
    parts = [(_written(day), _written(other)) for other in given]
    shared = [
        [(a, b) for a, b in zip(ours, theirs, strict=True) if a is not None and b is not None] for ours, theirs in parts
    ]
    return any(shared) and not any(pairs and all(a == b for a, b in pairs) for pairs in shared)


def _written(day: Day) -> tuple[object, ...]:
    return (day.year, day.month, day.day, day.weekday if day.month is None else None, day.relative)


def strange_dates(
    claim: str, evidence: Sequence[Evidence], language: str = "en", published: date | None = None
) -> tuple[Day, ...]:
    """The dates of ``claim`` that no date of the evidence may stand for."""
    given = [(d, e.published) for e in evidence for d in dates(e.text, e.language, e.published)]
    # A weekday that the evidence leaves unresolved still has its name.
    weekdays = {d.weekday for e in evidence for d in dates(e.text, e.language) if d.month is None}
    years = {d.year for d, _ in given if d.year}
    strange = []
    for day, bare in zip(dates(claim, language, published), dates(claim, language), strict=True):
        if bare.month is None and bare.weekday is not None and bare.weekday in weekdays:
            continue
        if any(_tells(day, g, at, years) for g, at in given) or _goes_without_saying(day, years, published):
            continue
        strange.append(day)
    return tuple(strange)


def _tells(claimed: Day, given: Day, published: date | None, years: set[int]) -> bool:
    if same_day(claimed, given, published):
        return True
    # "June 2019" of "December 2018 ... in June" takes its year from beside.
    beside = given.year is None and given.month is not None and published is None
    return beside and any(same_day(claimed, given._replace(year=year)) for year in years)


def _goes_without_saying(day: Day, years: set[int], published: date | None) -> bool:
    """Whether the article's own time is meant, which its sentences seldom name: its year, "this week"."""
    if day.relative and day.relative[0] != "day" and day.relative[1] == 0:
        return True
    return not years and published is not None and day[3:7] == (published.year, None, None, None) and day.years == 1


def _dates(
    claim: str, evidence: Sequence[Evidence], context: Sequence[Evidence], language: str
) -> Iterator[Difference]:
    published = next((e.published for e in evidence if e.published), None)
    strange = strange_dates(claim, evidence, language, published)
    if not strange:
        return
    given = [d for e in evidence for d in dates(e.text, e.language)]
    told = list(dict.fromkeys(d.text for d in given))
    said = f"the cited words say {' and '.join(told)}" if told else "the cited words give no date"
    around = strange_dates(claim, (*evidence, *context), language, published)
    written = {d.start: d for d in dates(claim, language)}
    for day in strange:
        # A sentence beside may tell the year or the day that the evidence leaves open; it does not change one.
        if day not in around and not _contradicted(written[day.start], given):
            continue
        yield Difference("date", f"the claim says {day.text}, {said}")
