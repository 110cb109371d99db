"""The seams to the outside: Protocols of one to four methods. Implementations are chosen in ``wiring``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


class Judge(Protocol):
    """Probability that each evidence entails its claim, for pairs of (evidence, claim)."""

    async def judge(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]: ...


class Renderer(Protocol):
    """Turns a brief into a document. Raises ``RenderError``."""

    def render(self, brief: Brief, theme: str) -> Document: ...


class Run(Protocol):
    """How the pipeline runs its steps: plainly, with progress, or durably.

    ``step`` runs a step once. ``each`` runs it for every item, in order, and gives the results; ``total`` is
    the number of items where it is known beforehand.
    """

    def step(self, name: str, fn: Callable[..., R], *args: object) -> R: ...

    def each(self, name: str, fn: Callable[[T], R], items: Iterable[T], total: int | None = None) -> list[R]: ...
