"""A language model behind an API like OpenAI's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.engines.capabilities import MOST_ROOM, Capabilities, capabilities, learned
from briefing.engines.chat_client import Client
from briefing.engines.chat_count import Counter
from briefing.engines.chat_faults import Faults, named_context
from briefing.engines.chat_reply import answer
from briefing.engines.chat_request import asked_text, fits, request_body
from briefing.engines.chat_server import Key, key_for, server
from briefing.engines.chat_till import Till
from briefing.engines.exchange import Answer, Prompt
from briefing.engines.limits import Limits
from briefing.engines.meter import Budget, Meter, purpose
from briefing.engines.options import ModelOptions
from briefing.engines.outcomes import Outcome
from briefing.engines.prices import Prices, need_prices
from briefing.engines.retry import Circuit, Fault, Patience, World, persist
from briefing.model import Cost

if TYPE_CHECKING:
    import httpx2

# More than a server can teach: each lesson takes something away that does not come back.
_LESSONS = 12


class OpenAIChat:
    """A model that is asked through Chat Completions. Implements ``exchange.Chat``.

    A call waits for its turn (``limits``), reserves the most that it may cost (``budget``), is sent, is sent again
    where that is worth it (``patience``), and leaves what it used in ``meter``. What a server refuses to take is left
    out of every later call. For one event loop; ``aclose`` ends its connections.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        context: int | None = None,
        timeout: float = 300.0,
        options: ModelOptions | None = None,
        limits: Limits | None = None,
        budget: Budget | None = None,
        meter: Meter | None = None,
        patience: Patience = Patience(),  # noqa: B008
        world: World = World(),  # noqa: B008
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        """``options`` stands before ``base_url``, ``context`` and ``timeout``. Raises ``ConfigError``."""
        options = options or ModelOptions(model, base_url or "", context=context, timeout=timeout)
        self.model = model
        self.server = server(options.base_url)
        self.meter = meter or Meter()
        prices = Prices(model, self.server, options.price_in, options.price_out)
        budget = budget or Budget(options.budget)
        need_prices(budget, prices)
        key = (
            Key(api_key, "api_key")
            if api_key
            else key_for(self.server, options.key_variable, over_http=options.key_over_http)
        )
        self._faults = Faults(model, self.server, key)
        self._client = Client(self._faults, timeout=options.timeout, world=world, transport=transport)
        self._known = capabilities(options, local=self.server.local)
        self._counter = Counter(self._known)
        self._till = Till(
            self._client,
            counter=self._counter,
            prices=prices,
            limits=limits or Limits(options.concurrency, options.requests_per_minute, options.tokens_per_minute, world),
            budget=budget,
            meter=self.meter,
            world=world,
            patience=patience,
        )
        self._effort = options.reasoning_effort
        self._patience = patience
        self._world = world
        self._circuit = Circuit()

    @property
    def asked_of(self) -> Mapping[str, str]:
        """What has a part in the answers besides the prompt: models of one name differ between servers.

        On this machine the port is left out: a model in this process has another one in each run.
        """
        return {"server": self.server.host if self.server.local else self.server.url, "effort": self._effort}

    @property
    def context(self) -> int:
        """Tokens that a question and its answer may have together; room for reasoning is already taken off."""
        return self._known.context - self._known.room

    def count(self, text: str) -> int:
        return self._counter.count(text)

    async def ask(self, prompt: Prompt) -> Answer:
        costs: list[Cost] = []
        try:
            found = await persist(lambda: self._attempt(prompt, costs), self._patience, self._world)
        except Fault as fault:
            fault.lasting = fault.lasting or (fault.wait or 0.0) > self._patience.waiting
            self._circuit.failed(fault)
            raise
        self._circuit.answered()
        return replace(found, cost=sum(costs, Cost()))

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _attempt(self, prompt: Prompt, costs: list[Cost]) -> Answer:
        """One answer, asked for anew as long as what comes back teaches how."""
        for _ in range(_LESSONS):
            known = self._known
            body = request_body(self.model, prompt, known)
            try:
                found = await self._sent(prompt, body, known, costs)
            except Fault as fault:
                self._note_context(fault)
                better = _lesson(known, body, fault)
                if better is None:
                    raise
            else:
                if (
                    prompt.schema is None
                    or found.finish != "stop"
                    or not known.enforced
                    or fits(found.text, prompt.schema)
                ):
                    return found
                better = replace(known, prompted=True)
            # Of calls that ran side by side the first one's lesson holds, and the others ask again with it.
            self._known = better if self._known is known else self._known
        raise Fault(Outcome.REQUEST, f"{self.model} at {self.server.url} refuses whatever is left out of the request")

    async def _sent(self, prompt: Prompt, body: dict[str, Any], known: Capabilities, costs: list[Cost]) -> Answer:
        question = self._counter.question(asked_text(body))
        if question + prompt.max_tokens > known.context:
            # Some servers would cut off the beginning of the question and say nothing.
            raise Fault(
                Outcome.TOO_LONG,
                f"the question has about {question} tokens, its answer up to {prompt.max_tokens}, and {self.model} "
                f"holds {known.context}; if the server was started with a larger context, set context to its size",
            )
        self._circuit.check()
        reply, cost = await self._till.send(body, purpose(prompt), self._circuit.check)
        costs.append(cost)
        return answer(reply, self._faults)

    def _note_context(self, fault: Fault) -> None:
        """Remembers how much the model holds, for the questions to come; this one stays too long."""
        context = named_context(fault.words) if fault.reason == Outcome.TOO_LONG else None
        if context is not None and context < self._known.context:
            self._known = replace(self._known, context=context, room=min(self._known.room, context // 4))


def _lesson(known: Capabilities, body: dict[str, Any], fault: Fault) -> Capabilities | None:
    """How to ask again after that fault; None when it teaches nothing."""
    if fault.reason in (Outcome.REQUEST, Outcome.SERVER) and fault.words:
        return learned(known, body, fault.words)
    if fault.reason == Outcome.CUT_OFF:
        # It reasons, and longer than was known.
        room = max(2_000, known.room * 2)
        return replace(known, room=room) if room <= min(MOST_ROOM, known.context // 2) else None
    return None
