"""The order of the stages, nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from briefing.model import Article, Ask, Brief, Cost, Edition, Failure, Interest
from briefing.ports import Run, Source
from briefing.steps.admit import admit
from briefing.steps.chunk import chunk
from briefing.steps.clean import clean
from briefing.steps.cluster import cluster
from briefing.steps.compose import Ledger, compose
from briefing.steps.dedupe import dedupe
from briefing.steps.plan import Planned, plan
from briefing.steps.select import select
from briefing.verification import Desk, Written

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """collect | clean | dedupe | chunk | select | cluster | write | verify | compose | render | deliver"""

    sources: Sequence[Source]
    desk: Desk
    engine_name: str
    run: Run
    spent: Callable[[], Cost] = Cost

    async def make(self, interest: Interest, edition: Edition) -> Brief:
        """The brief of what the sources hold. An input that fails is in its ledger; nothing is rendered yet."""
        run = self.run
        found = run.each("collect", _same, self._collect(interest))
        articles = list({a.id: a for a in found if isinstance(a, Article)}.values())
        failures = tuple(f for f in found if isinstance(f, Failure))
        admitted, barred = admit(articles, interest, now=edition.made_at)
        cleaned = run.each("clean", clean, admitted, len(admitted))
        originals = run.step("dedupe", dedupe, cleaned)
        passages = [p for ps in run.each("chunk", chunk, originals, len(originals)) for p in ps]
        selection = run.step("select", select, passages, interest)
        stories = run.step("cluster", lambda: cluster(selection.taken, now=edition.made_at))
        planned, no_room = plan(stories, edition.minutes)
        checked = await run.flow(("write", self._writer(interest, edition)), ("verify", self.desk.verify), planned)
        ledger = Ledger(
            articles=tuple(articles),
            barred=barred,
            cleaned=tuple(cleaned),
            originals=originals,
            passages=len(passages),
            selection=selection,
            no_room=no_room,
            failures=failures,
        )
        brief = run.step("compose", compose, edition, interest, self.engine_name, planned, checked, ledger)
        return replace(brief, cost=self.spent())

    def _collect(self, interest: Interest) -> Iterable[Article | Failure]:
        for source in self.sources:
            yield from source.collect(interest.since, interest.until)

    def _writer(self, interest: Interest, edition: Edition) -> Callable[[Planned], Awaitable[Written]]:
        def write(planned: Planned) -> Awaitable[Written]:
            ask = Ask(interest.language, planned.words, edition.made_at, planned.sentences)
            return self.desk.write(planned.story, ask)

        return write


def _same(item: T) -> T:
    return item
