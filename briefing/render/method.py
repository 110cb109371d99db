"""What a page says of itself: the period asked for, what was read, how it was written and checked."""

from __future__ import annotations

from typing import Any

from briefing.model import BY_HAND, QUOTED, UNJUDGED, Brief, Claim
from briefing.render.labels import Words

# How a story's note begins, and the label that says the same.
NOTES = {QUOTED: "told_in_quotations", UNJUDGED: "checked_by_code", BY_HAND: "changed_by_hand"}


def method(brief: Brief, words: Words) -> dict[str, Any]:
    """The figures of how a brief was made, and under ``summary`` the same in words."""
    sentences = [_read(brief, words), _written(brief, words), *_instead(brief, words), _asked(brief, words)]
    return {
        "engine": brief.engine,
        "articles": brief.counts.articles,
        "originals": brief.counts.originals,
        "passages": brief.counts.passages,
        "taken": brief.counts.taken,
        "calls": brief.cost.calls,
        "price": f"{brief.cost.price:.2f}" if brief.cost.price else "",
        "undated": _undated(brief),
        "summary": words.joined([sentence for sentence in sentences if sentence]),
    }


def period(brief: Brief, words: Words) -> str:
    """``from 20 Nov 2026, 06:00 UTC to 22 Nov 2026, 06:00 UTC``, or ``up to 06:00 UTC, 22 November 2026``."""
    until = brief.until or brief.made_at
    if brief.since is None:
        return words.say("period_until", until=words.deadline(until))
    return words.say("period_from", since=words.moment(brief.since), until=words.moment(until))


def nothing(brief: Brief, words: Words) -> str:
    """Why a brief has no story; nothing where it has one."""
    if brief.stories:
        return ""
    number = brief.counts.articles
    if not number:
        return words.say("nothing_read")
    said = words.say("nothing_on_topic" if brief.topics else "nothing_of_use", number=number)
    return words.joined([said, words.say("see_left_out")])


def _read(brief: Brief, words: Words) -> str:
    counts = brief.counts
    return words.say(
        "method_read",
        articles=words.say("articles_read", number=counts.articles),
        texts=words.say("texts_among_them", number=counts.originals),
        passages=words.say("passages_taken", number=counts.passages, taken=counts.taken),
    )


def _written(brief: Brief, words: Words) -> str:
    claims = _claims(brief)
    if not claims:
        return words.say("method_engine", engine=brief.engine)
    cost = brief.cost
    unchecked = sum(claim.verdict is None for claim in claims)
    sentences = words.say("of_sentences", number=len(claims))
    return words.say(
        "method_written",
        engine=brief.engine,
        calls=words.say("model_calls", number=cost.calls) if cost.calls else "",
        kept=words.say("answers_kept", number=cost.saved) if cost.saved else "",
        price=words.say("model_price", amount=words.amount(cost.price)) if cost.calls and cost.price else "",
        checked=(
            words.say("some_unchecked", number=unchecked, sentences=sentences)
            if unchecked
            else words.say("all_checked")
        ),
    )


def _instead(brief: Brief, words: Words) -> list[str]:
    """How many stories went otherwise than asked for, and why.

    The reasons are English, so a page in another language leaves them to the notes of the stories.
    """
    said = []
    for what, label in NOTES.items():
        noted = [story.note.removeprefix(f"{what}: ") for story in brief.stories if story.note.startswith(what)]
        if noted:
            reasons = f" ({'; '.join(dict.fromkeys(noted))})" if words.english else ""
            stories = words.say("of_stories", number=len(brief.stories))
            said.append(
                words.say("told_otherwise", what=words.say(label), number=len(noted), stories=stories, reasons=reasons)
            )
    return said


def _asked(brief: Brief, words: Words) -> str:
    if brief.since is None and brief.until is None:
        return ""
    number = _undated(brief)
    undated = words.say("undated_texts", number=number) if number else ""
    return words.say("method_asked", period=period(brief, words), undated=undated)


def _undated(brief: Brief) -> int:
    cited = {citation.article for citation in brief.references}
    return sum(a.id in cited and a.published is None for a in brief.articles)


def _claims(brief: Brief) -> list[Claim]:
    printed = [claim for story in brief.stories for claim in (story.headline, *story.claims)]
    return printed + [side for conflict in brief.conflicts for side in conflict.sides]
