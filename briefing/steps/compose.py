"""The finished brief out of checked stories, with the ledger of everything that was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model import (
    Article,
    Brief,
    BriefStory,
    Checked,
    Claim,
    Cleaned,
    Counts,
    Dropped,
    Edition,
    Failure,
    Interest,
    Original,
    Part,
    Publisher,
    Reason,
    Section,
    Selection,
)
from briefing.steps.conflicts import find_conflicts
from briefing.steps.leaning import orphaned, orphans
from briefing.steps.plan import Planned


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the stages before the writing found and left out.

    ``barred`` are articles that were not admitted; ``passages`` is how many were made.
    """

    articles: tuple[Article, ...]
    barred: tuple[Dropped, ...]
    cleaned: tuple[Cleaned, ...]
    originals: tuple[Original, ...]
    passages: int
    selection: Selection
    no_room: tuple[Dropped, ...]
    failures: tuple[Failure, ...]


def compose(
    edition: Edition,
    interest: Interest,
    engine: str,
    planned: Sequence[Planned],
    checked: Sequence[Checked],
    ledger: Ledger,
) -> Brief:
    """A brief of the checked stories in the order planned; one without a claim left is dropped with its reasons.

    A lead of which one sentence is left stands in brief, after the other leads.
    No publisher's sentences exceed its ``max_share``: the surplus goes, from the last story upwards.
    """
    silent = [c for c in checked if not c.claims]
    pairs = [(p, c) for p, c in zip(planned, checked, strict=True) if c.claims]
    kept, over_share = _within_shares([c for _, c in pairs], interest.publishers)
    pairs = [(p, c) for (p, _), c in zip(pairs, kept, strict=True) if c.claims]
    placed = sorted(((_section(p, c), c) for p, c in pairs), key=lambda pair: pair[0] is Section.IN_BRIEF)
    printed = [c for _, c in placed]
    stories = tuple(
        BriefStory(
            headline=c.headline,
            claims=c.claims,
            independent_sources=c.story.independent_sources,
            sources=_sources(c.story.originals),
            outlets=_outlets(c.story.originals),
            section=section,
            why=c.story.why,
            note=c.note,
        )
        for section, c in placed
    )
    conflicts = find_conflicts(printed)
    sides = [side for conflict in conflicts for side in conflict.sides]
    cited = {
        citation.article
        for claim in (*(c for s in stories for c in (s.headline, *s.claims)), *sides)
        for citation in claim.citations
    }
    written = [d for c in checked for d in c.dropped]
    dropped = (
        *ledger.barred,
        *(d for c in ledger.cleaned for d in c.dropped),
        *_copies(ledger.originals),
        *ledger.selection.dropped,
        *ledger.no_room,
        *written,
        *over_share,
        *_silent(silent, written),
        *_unused(printed, cited, written),
    )
    return Brief(
        title=edition.title,
        made_at=edition.made_at,
        language=interest.language,
        engine=engine,
        articles=_mentioned(ledger.articles, cited | {d.article for d in dropped}),
        stories=stories,
        conflicts=conflicts,
        dropped=dropped,
        failures=ledger.failures,
        topics=interest.topics,
        since=interest.since,
        until=interest.until,
        zone=edition.zone,
        counts=Counts(
            articles=len(ledger.articles),
            originals=len(ledger.originals),
            passages=ledger.passages,
            taken=len(ledger.selection.taken),
        ),
    )


def _section(planned: Planned, checked: Checked) -> Section:
    return planned.section if len(checked.claims) > 1 else Section.IN_BRIEF


def _silent(checked: Iterable[Checked], written: Iterable[Dropped]) -> Iterator[Dropped]:
    """The articles of stories of which nothing is printed, as far as no sentence of theirs is in the ledger."""
    known = {d.article for d in written}
    for one in checked:
        for original in one.story.originals:
            article = original.article
            if article.id not in known:
                text = article.label
                detail = "whole article: no sentence of the story can be read alone"
                yield Dropped(Reason.NOT_READABLE_ALONE, article.id, text, detail)


def _mentioned(articles: Iterable[Article], ids: set[str]) -> tuple[Article, ...]:
    return tuple(article for article in articles if article.id in ids)


def _sources(originals: Iterable[Original]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(o.article.source for o in originals if o.article.source))


def _outlets(originals: Sequence[Original]) -> tuple[str, ...]:
    own = set(_sources(originals))
    return tuple(dict.fromkeys(name for o in originals for name in o.outlets if name not in own))


def _copies(originals: Iterable[Original]) -> Iterator[Dropped]:
    for original in originals:
        lead = original.article
        for copy in original.copies:
            of = f"same text as {lead.title!r}" + (f" in {lead.source}" if lead.source else "")
            yield Dropped(Reason.DUPLICATE, copy.id, copy.label, of)


def _unused(printed: Iterable[Checked], cited: set[str], written: Iterable[Dropped]) -> Iterator[Dropped]:
    """Passages that were taken but gave no sentence: one entry an article that is not cited, else one each."""
    known = {(d.article, d.start) for d in written}
    for checked in printed:
        claims = (checked.headline, *checked.claims)
        spans = [(c.article, c.start, c.end) for claim in claims for c in claim.citations if c.part is Part.TEXT]
        for original in checked.story.originals:
            article = original.article
            passages = [s.passage for s in checked.story.passages if s.passage.article.id == article.id]
            if article.id not in cited:
                text = article.label
                detail = f"whole article, {len(passages)} passages: no sentence of it was chosen"
                yield Dropped(Reason.OVER_BUDGET, article.id, text, detail)
                continue
            for passage in passages:
                used = any(a == article.id and s < passage.end and passage.start < e for a, s, e in spans)
                if not used and not any((article.id, start) in known for start, _ in passage.sentences):
                    detail = "no sentence of this passage was chosen"
                    span = (passage.start, passage.end)
                    yield Dropped(Reason.OVER_BUDGET, article.id, passage.text, detail, Part.TEXT, *span)


def _within_shares(
    checked: Sequence[Checked], publishers: Mapping[str, Publisher]
) -> tuple[list[Checked], list[Dropped]]:
    limits = {name.casefold(): p.max_share for name, p in publishers.items() if p.max_share < 1}
    kept = list(checked)
    dropped: list[Dropped] = []
    for name, limit in limits.items():
        while True:
            count = Counter(name in _publishers(claim, c) for c in kept for claim in c.claims)
            # A lone publisher cannot be brought under its share by leaving out; then the brief would be empty.
            if not count[False] or count[True] <= limit * count.total():
                break
            index = max(i for i, c in enumerate(kept) if any(name in _publishers(claim, c) for claim in c.claims))
            story = kept[index]
            at = max(i for i, claim in enumerate(story.claims) if name in _publishers(claim, story))
            dropped.append(_over_share(story.claims[at], limit))
            left_alone = orphans(story.claims, {at})
            dropped.extend(orphaned(story.claims[i]) for i in left_alone)
            claims = tuple(claim for i, claim in enumerate(story.claims) if i != at and i not in left_alone)
            kept[index] = replace(story, claims=claims)
    return kept, dropped


def _publishers(claim: Claim, checked: Checked) -> set[str]:
    sources = {o.article.id: o.article.source.casefold() for o in checked.story.originals}
    return {sources.get(c.article, "") for c in claim.citations}


def _over_share(claim: Claim, limit: float) -> Dropped:
    first = claim.citations[0]
    detail = f"at most {limit:.0%} of the brief's sentences may be this publisher's"
    return Dropped(Reason.PUBLISHER_SHARE, first.article, claim.text, detail, first.part, first.start, first.end)
