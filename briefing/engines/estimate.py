"""What a run would cost, found out without asking a model anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from briefing.model import Ask, Cost, Draft, Feedback, Pair, Story
from briefing.ports import Engine


class _Writer(Protocol):
    def estimate(self, story: Story, ask: Ask) -> Cost: ...


class _Reader(Protocol):
    def estimate(self, pairs: Sequence[Pair]) -> Cost: ...


class Estimating:
    """Stands in for a model: counts what it would be asked, and lets ``instead`` write.

    ``cost`` is the sum so far. The judge's part is estimated on the sentences of ``instead``; repairs are not foreseen.
    """

    def __init__(self, writer: _Writer, judge: _Reader | None, instead: Engine) -> None:
        self._writer = writer
        self._judge = judge
        self._instead = instead
        self.cost = Cost()

    async def write(self, story: Story, ask: Ask, feedback: Feedback | None = None) -> Draft:
        draft = await self._instead.write(story, ask, feedback)
        self.cost += self._writer.estimate(story, ask)
        if self._judge is not None:
            quotes = (claim.citations[0].quote for claim in (draft.headline, *draft.claims) if claim.citations)
            self.cost += self._judge.estimate([Pair(quote, quote) for quote in quotes])
        return draft
