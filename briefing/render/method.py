"""What a page says of itself: the period asked for, what was read, how it was written and checked."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from briefing.model import QUOTED, UNJUDGED, Brief, Claim
from briefing.render.labels import clock, count, short_date, short_day


def method(brief: Brief, zone: tzinfo) -> dict[str, Any]:
    """The figures of how a brief was made, and under ``summary`` the same in words."""
    return {
        "engine": brief.engine,
        "articles": brief.counts.articles,
        "originals": brief.counts.originals,
        "passages": brief.counts.passages,
        "taken": brief.counts.taken,
        "calls": brief.cost.calls,
        "price": f"{brief.cost.price:.2f}" if brief.cost.price else "",
        "undated": _undated(brief),
        "summary": " ".join(filter(None, (_read(brief), _written(brief), _asked(brief, zone)))),
    }


def period(brief: Brief, zone: tzinfo) -> str:
    """``from 20 Nov 2026, 06:00 UTC to 22 Nov 2026, 06:00 UTC``, or ``up to 06:00 UTC, 22 November 2026``.

    Clock times are always told, since an end at midnight would be read as that whole day.
    """
    until = brief.until or brief.made_at
    if brief.since is None:
        return f"up to {clock(until, zone)}, {short_date(until, zone).split(',')[0]}"
    return f"from {_moment(brief.since, zone)} to {_moment(until, zone)}"


def nothing(brief: Brief) -> str:
    """Why a brief has no story; nothing where it has one."""
    if brief.stories:
        return ""
    said = "about what this brief is for" if brief.topics else "of use"
    match brief.counts.articles:
        case 0:
            return "No article was read."
        case 1:
            return f"The one article read was not {said}. What was left out, and why, stands below."
        case number:
            return f"None of the {number:,} articles read was {said}. What was left out, and why, stands below."


def _moment(moment: datetime, zone: tzinfo) -> str:
    return f"{short_day(moment, zone)}, {clock(moment, zone)}"


def _read(brief: Brief) -> str:
    counts = brief.counts
    texts = count(counts.originals, "independent text")
    passages = count(counts.passages, "passage")
    return f"{count(counts.articles, 'article')} read, {texts} among them; {counts.taken:,} of {passages} taken."


def _written(brief: Brief) -> str:
    claims = _claims(brief)
    if not claims:
        return f"The engine was “{brief.engine}”."
    cost = brief.cost
    calls = f" in {count(cost.calls, 'call')} of a language model" if cost.calls else ""
    kept = f", from {count(cost.saved, 'answer')} kept from earlier runs" if cost.saved else ""
    price = f", for ${cost.price:.2f}" if calls and cost.price else ""
    unchecked = sum(claim.verdict is None for claim in claims)
    checked = (
        f"{unchecked:,} of its {count(len(claims), 'sentence')} {'was' if unchecked == 1 else 'were'} not checked"
        if unchecked
        else "every sentence was then checked against the words that it cites"
    )
    return f"Written by the engine “{brief.engine}”{calls}{kept}{price}; {checked}.{_instead(brief)}"


def _instead(brief: Brief) -> str:
    """How many stories went otherwise than asked for, and why."""
    said = ""
    for what in (QUOTED, UNJUDGED):
        noted = [story.note.removeprefix(f"{what}: ") for story in brief.stories if story.note.startswith(what)]
        if noted:
            of = f"{len(noted)} of {count(len(brief.stories), 'story', 'stories')}"
            reasons = "; ".join(dict.fromkeys(noted))
            said += f" {what}: {of} ({reasons})."
    return said


def _asked(brief: Brief, zone: tzinfo) -> str:
    if brief.since is None and brief.until is None:
        return ""
    undated = _undated(brief)
    dates = f"; {undated:,} of the texts cited {'carries' if undated == 1 else 'carry'} no date" if undated else ""
    return f"Asked for were texts published {period(brief, zone)}{dates}."


def _undated(brief: Brief) -> int:
    cited = {citation.article for citation in brief.references}
    return sum(a.id in cited and a.published is None for a in brief.articles)


def _claims(brief: Brief) -> list[Claim]:
    printed = [claim for story in brief.stories for claim in (story.headline, *story.claims)]
    return printed + [side for conflict in brief.conflicts for side in conflict.sides]
