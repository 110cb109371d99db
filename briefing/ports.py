"""The seams to the outside: Protocols of one to four methods. Implementations are chosen in ``wiring``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from briefing.model import Article, Ask, Brief, Document, Draft, Failure, Finding, Story

T = TypeVar("T")
R = TypeVar("R")


class Source(Protocol):
    """Where articles come from. An input that cannot be read becomes a ``Failure``; it never raises."""

    def collect(self, since: datetime | None, until: datetime | None) -> Iterable[Article | Failure]: ...


class Engine(Protocol):
    """Writes one story. ``feedback`` carries the findings of a draft that did not pass."""

    async def write(self, story: Story, ask: Ask, feedback: Sequence[Finding] | None = None) -> Draft: ...


class Renderer(Protocol):
    """Turns a brief into a document. Raises ``RenderError``."""

    def render(self, brief: Brief, theme: str) -> Document: ...


class Run(Protocol):
    """How the pipeline runs its stages: plainly, with progress, or durably.

    ``step`` runs a function once, ``each`` for every item in order, ``gather`` awaits one for every item;
    results keep the order of the items. ``total`` is the number of items where it is known beforehand.
    """

    def step(self, stage: str, fn: Callable[..., R], *args: object) -> R: ...

    def each(self, stage: str, fn: Callable[[T], R], items: Iterable[T], total: int | None = None) -> list[R]: ...

    async def gather(self, stage: str, fn: Callable[[T], Awaitable[R]], items: Sequence[T]) -> list[R]: ...
