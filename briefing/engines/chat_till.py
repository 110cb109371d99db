"""Requests in turn and within the budget, each with a record of what it used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from briefing.engines.chat_client import Client
from briefing.engines.chat_count import Counter
from briefing.engines.chat_reply import Usage, usage, written
from briefing.engines.chat_request import answer_tokens, asked_text
from briefing.engines.limits import Limits
from briefing.engines.meter import Budget, Meter
from briefing.engines.prices import Prices
from briefing.engines.retry import Fault, Patience, World
from briefing.model import Cost


class Receipt(NamedTuple):
    """What a server answered, as JSON, and what that cost."""

    reply: dict[str, Any]
    cost: Cost


class Till:
    """Sends requests to one model: waits for their turn, reserves the most that they may cost, and settles."""

    def __init__(
        self,
        client: Client,
        *,
        counter: Counter,
        prices: Prices,
        limits: Limits,
        budget: Budget,
        meter: Meter,
        world: World,
        patience: Patience,
    ) -> None:
        self._client = client
        self._counter = counter
        self._prices = prices
        self._limits = limits
        self._budget = budget
        self._meter = meter
        self._world = world
        self._patience = patience

    async def send(self, body: dict[str, Any], purpose: str, ready: Callable[[], None]) -> Receipt:
        """The reply to one request. ``ready`` may still raise when its turn has come. Raises ``EngineError``.

        A request without a reply counts as a call without tokens where the server may charge for it; the budget then
        takes the worst case as spent.
        """
        self._client.open()
        question = asked_text(body)
        worst = Usage(self._counter.question(question), answer_tokens(body), 0)
        async with self._limits.slot(worst.tokens_in + worst.tokens_out):
            ready()
            async with self._budget.reserve(self._prices.worst(worst.tokens_in, worst.tokens_out)) as reservation:
                began = self._world.clock()
                try:
                    reply = await self._client.send(body)
                except Fault as fault:
                    if fault.wait is not None and fault.wait <= self._patience.waiting:
                        self._limits.pause(fault.wait)
                    if fault.paid:
                        self._meter.add(purpose, Cost(calls=1, seconds=self._world.clock() - began))
                    else:
                        reservation.settle(0.0)
                        self._limits.give_back(worst.tokens_in + worst.tokens_out)
                    raise
                counted = usage(reply)
                used = counted or Usage(worst.tokens_in, self._counter.count(written(reply)), 0)
                price = self._prices.of(*used)
                if counted is not None:
                    self._counter.observe(question, counted.tokens_in)
                    reservation.settle(price or 0.0)
                self._limits.give_back(worst.tokens_in + worst.tokens_out - used.tokens_in - used.tokens_out)
                cost = Cost(1, *used, price=price, seconds=self._world.clock() - began)
                self._meter.add(purpose, cost)
                return Receipt(reply, cost)
