"""The seams to the outside: Protocols of one to four methods. Implementations are chosen in ``wiring``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from briefing.editions import EditionKey, Mail, Message, Receipt
from briefing.model import Article, Ask, Brief, Document, Draft, Failure, Feedback, Pair, Story

T = TypeVar("T")
U = TypeVar("U")
R = TypeVar("R")


class Source(Protocol):
    """Where articles come from. An input that cannot be read becomes a ``Failure``; it never raises."""

    def collect(self, since: datetime | None, until: datetime | None) -> Iterable[Article | Failure]: ...


class Engine(Protocol):
    """Writes one story; with ``feedback`` it writes again what did not pass. Raises ``EngineError``."""

    async def write(self, story: Story, ask: Ask, feedback: Feedback | None = None) -> Draft: ...


class Judge(Protocol):
    """Says of each pair how probable it is, from 0 to 1, that the evidence entails the claim.

    Raises ``EngineError``.
    """

    async def judge(self, pairs: Sequence[Pair]) -> tuple[float, ...]: ...


class Cache(Protocol):
    """Keeps paid answers by the hash of what was asked. Safe for several processes at once."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, value: str) -> None: ...


class Renderer(Protocol):
    """Turns a brief into a document. Raises ``RenderError``."""

    def render(self, brief: Brief, theme: str) -> Document: ...


class Channel(Protocol):
    """Hands one message over to where its recipient gets it.

    ``send`` calls ``commit`` right before the moment after which the message may have arrived, and never after an
    error before it. What the other side says is a ``Receipt``; only errors of ours are raised. ``close`` ends
    connections, and a later ``send`` opens them again.
    """

    def send(self, message: Message, commit: Callable[[], None]) -> Receipt: ...

    def close(self) -> None: ...


class Outbox(Protocol):
    """Messages that wait to be sent, each held by one worker at a time.

    ``claim`` takes up to ``limit`` that are due; ``message`` has one's bytes; ``commit`` is written before a message is
    handed over and raises ``LostClaim`` where another worker has it by now; ``settle`` ends the attempt, with the time
    of the next one where there is to be one; a deferred receipt with ``pause`` gives a claim back untried, which does
    not count as an attempt. Each has been written to disk when it returns, ``settle`` at the latest with the next
    ``commit``.
    """

    def claim(self, worker: str, now: datetime, limit: int, edition: EditionKey | None = None) -> list[Mail]: ...

    def message(self, id: int) -> Message: ...

    def commit(self, id: int, worker: str, now: datetime) -> None: ...

    def settle(self, id: int, worker: str, receipt: Receipt, now: datetime, again: datetime | None = None) -> None: ...


class Run(Protocol):
    """How the pipeline runs its stages: plainly, with progress, or durably.

    ``step`` runs a function once, ``each`` for every item in order. ``flow`` sends every item through two stages;
    items do not wait for each other. Results keep the order of the items. ``total`` is the number of items where it
    is known beforehand.
    """

    def step(self, stage: str, fn: Callable[..., R], *args: object) -> R: ...

    def each(self, stage: str, fn: Callable[[T], R], items: Iterable[T], total: int | None = None) -> list[R]: ...

    async def flow(
        self,
        first: tuple[str, Callable[[T], Awaitable[U]]],
        then: tuple[str, Callable[[U], Awaitable[R]]],
        items: Sequence[T],
    ) -> list[R]: ...
