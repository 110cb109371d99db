"""The seams to the outside: Protocols of one to four methods. Implementations are chosen in ``wiring``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

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
