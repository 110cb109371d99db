"""What the models of a run have used, and the limit to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from briefing.engines.exchange import Prompt
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from briefing.model import Cost


class Meter:
    """Sums up the cost of every request that reached a model, also of those whose answers were of no use.

    ``heard`` is told the sum after each of them.
    """

    def __init__(self, heard: Callable[[Cost], None] = lambda cost: None) -> None:
        self._costs: dict[str, Cost] = {}
        self._heard = heard

    def add(self, purpose: str, cost: Cost) -> None:
        self._costs[purpose] = self._costs.get(purpose, Cost()) + cost
        if cost.calls:
            self._heard(self.total())

    def by_purpose(self) -> dict[str, Cost]:
        return dict(self._costs)

    def total(self) -> Cost:
        return sum(self._costs.values(), Cost())


def purpose(prompt: Prompt) -> str:
    """What a prompt is for: its version without the number ("write/1" is for "write")."""
    return prompt.version.partition("/")[0]


class Reservation:
    """The most that one request may cost. Settled to what it did cost; left open, it counts in full."""

    def __init__(self, worst: float) -> None:
        self.price = worst

    def settle(self, price: float) -> None:
        self.price = price


class Budget:
    """A limit in US dollars that all requests of a run keep together, those in flight included; None is no limit.

    Before a request its worst case is reserved, so that the sum of all cannot pass the limit. That holds as far as the
    server counts no more tokens than were reserved. One for a run, whatever models it uses. ``spent`` of it is gone.
    """

    def __init__(self, limit: float | None = None, spent: float = 0.0) -> None:
        self.limit = limit
        self.spent = spent
        self._reserved: list[Reservation] = []
        self._changed = asyncio.Condition()

    @asynccontextmanager
    async def reserve(self, worst: float | None) -> AsyncIterator[Reservation]:
        """Holds ``worst`` dollars while a request runs.

        When it could fit only once others have settled, it waits for them. Raises ``EngineError`` when it cannot fit,
        and where there is a limit and ``worst`` is None: not known.
        """
        reservation = Reservation(worst or 0.0)
        async with self._changed:
            await self._changed.wait_for(lambda: self._fits(worst))
            self._reserved.append(reservation)
        try:
            yield reservation
        finally:
            # Without waiting: a call that was cancelled must still leave its mark.
            self._reserved.remove(reservation)
            self.spent += reservation.price
            await self._tell()

    def _fits(self, worst: float | None) -> bool:
        if self.limit is None:
            return True
        if worst is None:
            raise EngineError(
                Outcome.BUDGET, "the model's prices are not known; set price_in and price_out", lasting=True
            )
        if self.spent + worst > self.limit:
            raise EngineError(
                Outcome.BUDGET,
                f"${self.spent:.4f} of ${self.limit:.4f} is spent and the next call may cost ${worst:.4f}; "
                "raise budget to let the model write all stories",
                lasting=True,
            )
        return self.spent + sum(r.price for r in self._reserved) + worst <= self.limit

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
