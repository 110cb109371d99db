"""The language models of a run: opened when they are asked for, with one purse and one memory, and closed together."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from briefing.config import LOCAL, OFF, Settings
from briefing.engines.limits import Limits
from briefing.engines.meter import Budget, Meter
from briefing.engines.options import ModelOptions
from briefing.engines.timed import TimedChat
from briefing.errors import ConfigError
from briefing.model import Cost

if TYPE_CHECKING:
    from briefing.engines.exchange import Chat
    from briefing.store.answers import Answers

REMOTE = "llm:"
_NO_KEY = "none"


def is_model(spec: str) -> bool:
    """Whether ``spec`` names a language model: ``llm:MODEL`` or ``local:FILE``."""
    return spec.startswith((REMOTE, LOCAL))


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a run of what several have together, as those of one edition do.

    ``spent`` is what the others used of the budget, in US dollars; ``heard`` is told the cost of this run after each
    call that it pays for. By ``until``, on the clock of the event loop in seconds, its models must have answered.
    """

    spent: float = 0.0
    heard: Callable[[Cost], None] = lambda cost: None
    until: float | None = None


class Models:
    """An asynchronous context; leaving it closes connections, unloads models and shuts the store of answers.

    Those that are ``dry`` can only count: they need no key, load nothing and keep nothing. ``allowance`` is what other
    runs of the same edition leave of its budget and time.
    """

    def __init__(self, settings: Settings, *, dry: bool = False, allowance: Allowance | None = None) -> None:
        allowance = allowance or Allowance()
        self._settings = settings
        self._dry = dry
        self._stack = AsyncExitStack()
        self._meter = Meter(allowance.heard)
        self._budget = Budget(settings.budget, allowance.spent)
        self._until = allowance.until
        self._opened: dict[str, Chat] = {}
        self._of_server: dict[str, Limits] = {}
        self._answers: Answers | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    def cost(self) -> Cost:
        """What all calls so far have used."""
        return self._meter.total()

    def answers(self) -> Answers | None:
        """Where answers are kept, or None."""
        where = self._settings.cache
        if where == OFF or self._dry:
            return None
        if self._answers is None:
            from briefing.store.answers import Answers
            from briefing.store.place import answers_file

            self._answers = Answers(where if "://" in where else Path(where) if where else answers_file())
            self._stack.callback(self._answers.close)
        return self._answers

    def chat(self, spec: str) -> Chat:
        """The model that ``spec`` names; the same one when it is asked for again. Raises ``ConfigError``."""
        if spec not in self._opened:
            self._opened[spec] = self._local(spec) if spec.startswith(LOCAL) else self._remote(spec)
        return self._opened[spec]

    def price(self, spec: str, cost: Cost) -> float | None:
        """What ``cost``'s tokens would cost in US dollars at the model's prices; None where they are not known."""
        from briefing.engines.chat_server import server
        from briefing.engines.prices import Prices

        if spec.startswith(LOCAL):
            return 0.0
        options = self._options(spec)
        prices = Prices(options.model, server(options.base_url), options.price_in, options.price_out)
        return prices.of(cost.tokens_in, cost.tokens_out)

    def on_this_machine(self, spec: str) -> bool:
        """Whether the model is in this process or behind a loopback address."""
        from briefing.engines.chat_server import server

        return spec.startswith(LOCAL) or server(self._options(spec).base_url).local

    def _remote(self, spec: str) -> Chat:
        return self._chat(self._options(spec), _NO_KEY if self._dry else None)

    def _options(self, spec: str) -> ModelOptions:
        options = self._settings.options(spec.removeprefix(REMOTE))
        # As the vendor's own client has it.
        usual = os.environ.get("OPENAI_BASE_URL", "").strip()
        return options if self._settings.base_url or not usual else replace(options, base_url=usual)

    def _local(self, spec: str) -> Chat:
        from briefing.engines.local import serve

        options = self._settings.options("local")
        if self._dry:
            return self._chat(replace(options, base_url="http://127.0.0.1/v1"), _NO_KEY)
        server = self._stack.enter_context(serve(Path(spec.removeprefix(LOCAL)), context=options.context))
        own = replace(options, model=server.model, base_url=server.base_url, context=server.context, concurrency=1)
        return self._chat(own, server.key)

    def _chat(self, options: ModelOptions, key: str | None) -> Chat:
        from briefing.engines.chat_open import open_chat

        chat = open_chat(
            options,
            api_key=key,
            cache=self.answers(),
            meter=self._meter,
            budget=self._budget,
            limits=self._limits(options),
        )
        self._stack.push_async_callback(chat.aclose)
        return chat if self._until is None else TimedChat(chat, self._until)

    def _limits(self, options: ModelOptions) -> Limits:
        """One for a server, whatever models on it are asked."""
        if options.base_url not in self._of_server:
            self._of_server[options.base_url] = Limits(
                options.concurrency, options.requests_per_minute, options.tokens_per_minute
            )
        return self._of_server[options.base_url]


def check(spec: str) -> None:
    """Raises ``ConfigError`` for a model that cannot be, before anything is opened."""
    name = spec.partition(":")[2].strip()
    if spec.startswith(REMOTE) and not name:
        raise ConfigError("name a model after 'llm:', for example --engine llm:gpt-5-mini")
    if spec.startswith(LOCAL):
        if not name:
            raise ConfigError("name a file after 'local:', for example --engine local:model.gguf")
        from briefing.engines.local_file import check as check_file

        check_file(Path(name))
