"""What the checks catch of corrupted sentences, and what they keep of true ones.

    python -m benchmarks.verify --data DIR [--set a] [--patterns] [--examples KIND] [--kept]
    python -m benchmarks.verify --data DIR --judge MODEL --base-url URL [--each 3]

Every sentence is checked and settled by the product's own stages as shipped (policy strict). A corruption cites the
sentences that it was made from; what people wrote cites what ``cite`` finds for it, as a draft without citations
does. "Caught" and "kept" are shares of n. ``--examples`` prints what is missed of a kind (set a unless ``--set``
says otherwise, so that set b stays unseen), ``--kept`` the true sentences that are refused, with the reasons.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.corruptions import a_clauses, a_facts, a_sources, b_clauses, b_facts, b_reports, b_sources
from benchmarks.corruptions.scenes import KINDS, Place, Scene, Text, cases, paraphrase_scenes, read_texts, scenes
from benchmarks.corruptions.true import Paraphrase, read_claims, read_references, reworded
from briefing.engines.calibrate import UNCALIBRATED
from briefing.engines.chat import OpenAIChat
from briefing.engines.judge import ModelJudge
from briefing.model import (
    Article,
    Citation,
    Claim,
    Cleaned,
    Draft,
    Finding,
    Original,
    Part,
    Scored,
    Span,
    Status,
    Story,
)
from briefing.ports import Judge
from briefing.steps.check import check
from briefing.steps.chunk import chunk
from briefing.steps.cite import cite
from briefing.steps.judging import judgeable, judged
from briefing.steps.settle import settle

PATTERNS = (*a_facts.A, *a_clauses.A, *a_sources.A, *b_facts.B, *b_clauses.B, *b_reports.B, *b_sources.B)
# Corruptions of what people wrote, by pattern: additional and harder, for the words were not the source's before.
_HARD_EACH = 15
_VERBATIM = 200


class Trial(NamedTuple):
    """A sentence in its draft. ``of`` is "a", "b", "hard a", "hard b" or "true"; ``was`` is what it was made from."""

    of: str
    kind: str
    name: str
    draft: Draft
    was: str

    @property
    def text(self) -> str:
        return self.draft.claims[0].text


class Outcome(NamedTuple):
    trial: Trial
    kept: bool
    against: tuple[Finding, ...]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verify", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with summaries, clusters and claims")
    parser.add_argument("--set", choices=("a", "b"), help="corruptions of this set only")
    parser.add_argument("--examples", metavar="KIND", help=f"print what is missed of one of: {', '.join(KINDS)}")
    parser.add_argument("--kept", action="store_true", help="print the true sentences that are refused")
    parser.add_argument("--patterns", action="store_true", help="a row for every pattern instead of every kind")
    parser.add_argument("--judge", metavar="MODEL", help="ask this model about what the code lets pass")
    parser.add_argument("--base-url", metavar="URL", help="where the judge's model is served")
    parser.add_argument("--threshold", type=float, default=UNCALIBRATED, help="the score that the judge must give")
    parser.add_argument("--each", type=int, metavar="N", help="at most N of each pattern and N of each true kind")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        parser.error(f"{options.data} is not a folder; this project ships no evaluation data")
    if options.examples and options.examples not in KINDS:
        parser.error(f"unknown kind {options.examples!r}; there are: {', '.join(KINDS)}")
    start = time.perf_counter()
    shown = options.set or ("a" if options.examples else None)
    trials = [*false_ones(options.data, shown), *true_ones(options.data)]
    if options.each:
        trials = few(trials, options.each)
    outcomes = asyncio.run(_examined(trials, options.judge, options.base_url, options.threshold))
    if options.examples:
        _print_examples(o for o in outcomes if o.trial.kind == options.examples and o.kept)
    if options.kept:
        _print_examples(o for o in outcomes if o.trial.of == "true" and not o.kept)
    _print_caught(outcomes, by_pattern=options.patterns)
    _print_kept(outcomes)
    print(f"\n{len(outcomes)} sentences in {time.perf_counter() - start:.0f} s")
    return 0


def few(trials: Sequence[Trial], most: int) -> list[Trial]:
    """At most ``most`` of every pattern, spread over its trials; for judges that are slow."""
    groups: dict[tuple[str, str, str], list[Trial]] = {}
    for trial in trials:
        groups.setdefault((trial.of, trial.kind, trial.name), []).append(trial)
    return [trial for group in groups.values() for trial in group[:: -(-len(group) // most)]]


async def _examined(
    trials: Sequence[Trial], model: str | None, base_url: str | None, threshold: float
) -> list[Outcome]:
    if not model:
        return await examine(trials)
    chat = OpenAIChat(model, base_url=base_url)
    try:
        return await examine(trials, ModelJudge(chat), threshold)
    finally:
        await chat.aclose()


async def examine(trials: Sequence[Trial], judge: Judge | None = None, threshold: float = 0.5) -> list[Outcome]:
    """Each trial checked, judged where there is a judge, and settled."""
    found = [check(trial.draft) for trial in trials]
    if judge:
        # The headline (claim 0) is there for form only.
        asked = {n: pair for n, t in enumerate(trials) if (pair := judgeable(t.draft, found[n]).get(1))}
        scores = await judge.judge(tuple(asked.values()))
        for (n, pair), score in zip(asked.items(), scores, strict=True):
            found[n] = (*found[n], *judged({1: pair}, (score,), threshold))
    return [_outcome(trial, findings) for trial, findings in zip(trials, found, strict=True)]


def _outcome(trial: Trial, findings: Sequence[Finding]) -> Outcome:
    against = tuple(f for f in findings if f.claim == 1 and f.status is not Status.SUPPORTED)
    # A main fact that fails is replaced by a quotation, which is not the sentence that was tried.
    kept = any(claim.text == trial.text for claim in settle(trial.draft, findings).claims)
    return Outcome(trial, kept, against)


# Trials


def false_ones(data: Path, only: str | None = None) -> Iterator[Trial]:
    """Corruptions of source sentences, then of what people wrote."""
    texts = read_texts(data)
    patterns = [p for p in PATTERNS if only in (None, p.set)]
    for case in cases(scenes(texts), patterns):
        assert case.scene.place is not None
        places = (case.scene.place, *case.besides)
        yield Trial(
            case.pattern.set, case.pattern.kind, case.pattern.name, _quoting(case.text, places), case.scene.sentence
        )
    people = [(p.claim, p.texts[0]) for p in read_claims(data)]
    for case in cases(paraphrase_scenes(people, texts), patterns, _HARD_EACH):
        draft = _found(case.text, case.scene.sentence, (case.scene.article,))
        yield Trial(f"hard {case.pattern.set}", case.pattern.kind, case.pattern.name, draft, case.scene.sentence)


def true_ones(data: Path) -> Iterator[Trial]:
    """Source sentences word by word and reworded, and what people wrote."""
    everything = scenes(read_texts(data))
    for scene in everything[:: max(1, len(everything) // _VERBATIM)]:
        yield _true("verbatim", "verbatim", scene.sentence, scene)
    for name, text, scene in reworded(everything):
        yield _true("reworded", name, text, scene)
    for told in (*read_claims(data), *read_references(data)):
        yield _told(told)
        if told.evidence:
            yield _shown(told)


def _true(kind: str, name: str, text: str, scene: Scene) -> Trial:
    assert scene.place is not None
    return Trial("true", kind, name, _quoting(text, (scene.place,)), scene.sentence)


def _told(told: Paraphrase) -> Trial:
    return Trial("true", told.origin, told.origin, _found(told.claim, told.claim, told.texts), told.claim)


def _shown(told: Paraphrase) -> Trial:
    """The claim with the evidence that people gave, so that finding it and checking it can be told apart."""
    text = told.texts[0]
    citations = tuple(_citation(_article(text), Span(*span)) for span in told.evidence)
    kind = f"{told.origin}, people's evidence"
    return Trial("true", kind, kind, _draft(_story((text,)), told.claim, citations), told.claim)


def _quoting(text: str, places: Sequence[Place]) -> Draft:
    """A draft of one sentence that cites the sentences at ``places``."""
    story = _story(tuple(dict.fromkeys(place.text for place in places)))
    citations = tuple(_citation(_article(p.text), Span(*p.text.sentences[p.at])) for p in places)
    return _draft(story, text, citations)


def _found(text: str, like: str, texts: tuple[Text, ...]) -> Draft:
    """A draft of one sentence that cites what is found for the sentence ``like``."""
    story = _story(texts)
    return _draft(story, text, cite(like, story, "en"))


def _draft(story: Story, text: str, citations: tuple[Citation, ...]) -> Draft:
    first = story.passages[0].passage
    words = _citation(first.article, first.sentences[0])
    return Draft(story, Claim(words.quote, (words,), "en"), (Claim(text, citations, "en"),))


def _citation(article: Article, span: Span) -> Citation:
    return Citation(article.id, Part.TEXT, span.start, span.end, article.text[span.start : span.end])


@cache
def _article(text: Text) -> Article:
    published = datetime.fromisoformat(text.date) if text.date else None
    if published and published.tzinfo is None:
        published = published.replace(tzinfo=UTC)
    return Article.of(text=text.text, published=published, language="en", source=text.id)


@cache
def _story(texts: tuple[Text, ...]) -> Story:
    """All passages of the texts. Nothing is cleaned away, so that every sentence may be cited."""
    originals = [Original(Cleaned(a, (Span(0, len(a.text)),))) for a in map(_article, texts)]
    return Story("trial", tuple(Scored(passage, 1.0) for original in originals for passage in chunk(original)))


# Tables


def _print_caught(outcomes: Sequence[Outcome], *, by_pattern: bool) -> None:
    def row(trial: Trial) -> str:
        return f"{trial.kind}: {trial.name}" if by_pattern else trial.kind

    false = [o for o in outcomes if o.trial.of != "true"]
    sets = [s for s in ("a", "b", "hard a", "hard b") if any(o.trial.of == s for o in false)]
    rows = sorted({row(o.trial) for o in false}, key=lambda r: (KINDS.index(r.split(":")[0]), r))
    print("\n" + f"{'caught':60}"[: 60 if by_pattern else 20] + "".join(f"{s:>8} {'n':>4}" for s in sets))
    for name in [*rows, "all"]:
        cells = ""
        for one in sets:
            mine = [o for o in false if o.trial.of == one and name in (row(o.trial), "all")]
            cells += _share(mine, lambda o: not o.kept)
        print(f"{name:{60 if by_pattern else 20}}{cells}")


def _print_kept(outcomes: Sequence[Outcome]) -> None:
    true = [o for o in outcomes if o.trial.of == "true"]
    print("\nkept                         share    n  refused by")
    for kind in dict.fromkeys(o.trial.kind for o in true):
        mine = [o for o in true if o.trial.kind == kind]
        blame = Counter(check for o in mine if not o.kept for check in dict.fromkeys(f.check for f in o.against))
        print(f"{kind:26}{_share(mine, lambda o: o.kept)}  {', '.join(f'{c} {n}' for c, n in blame.most_common())}")


def _share(outcomes: Sequence[Outcome], good: Callable[[Outcome], bool]) -> str:
    return f"{sum(map(good, outcomes)) / len(outcomes):8.3f} {len(outcomes):4}" if outcomes else f"{'-':>8} {0:4}"


def _print_examples(outcomes: Iterator[Outcome]) -> None:
    for outcome in outcomes:
        trial = outcome.trial
        print(f"\n[{trial.of}] {trial.kind}: {trial.name}\n  claim    {trial.text}")
        if trial.was != trial.text:
            print(f"  from     {trial.was}")
        for citation in trial.draft.claims[0].citations:
            print(f"  cites    {citation.quote}")
        for finding in outcome.against:
            print(f"  {finding.check:8} {finding.reason}")


if __name__ == "__main__":
    sys.exit(main())
