"""Doubles of the ports: an engine, a judge, a chat and a cache that do what they are told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from briefing.engines.exchange import Answer, Prompt
from briefing.errors import BriefingError
from briefing.model import Ask, Draft, Feedback, Pair, Story
from briefing.text.tokens import count

T = TypeVar("T")


class ScriptedEngine:
    """Writes the given drafts, one a call in their order, or raises those that are errors.

    A draft is handed out as one of the story that was asked for. When the script is at its end, ``AssertionError``.
    ``asked`` holds what the engine was asked.
    """

    def __init__(self, script: Iterable[Draft | BriefingError]) -> None:
        self._script: deque[Draft | BriefingError] = deque(script)
        self.asked: list[tuple[Story, Ask, Feedback | None]] = []

    async def write(self, story: Story, ask: Ask, feedback: Feedback | None = None) -> Draft:
        self.asked.append((story, ask, feedback))
        return replace(_next(self._script, "drafts"), story=story)


class ScriptedJudge:
    """Scores each pair by a function, or with the given scores in their order; those that are errors are raised.

    ``asked`` holds the batches.
    """

    def __init__(self, scores: Callable[[Pair], float] | Iterable[float | BriefingError]) -> None:
        self._score = scores if callable(scores) else None
        self._script: deque[float | BriefingError] = deque() if callable(scores) else deque(scores)
        self.asked: list[tuple[Pair, ...]] = []

    async def judge(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
        self.asked.append(tuple(pairs))
        return tuple(self._score(pair) if self._score else _next(self._script, "scores") for pair in pairs)


class ScriptedChat:
    """Implements ``engines.exchange.Chat``: the given answers in their order (a text is one), or a function of the
    prompt. Errors are raised. ``asked`` holds the prompts.
    """

    def __init__(
        self,
        script: Callable[[Prompt], Answer | str] | Iterable[Answer | str | BriefingError],
        *,
        model: str = "scripted",
        context: int = 128_000,
    ) -> None:
        self._answer = script if callable(script) else None
        self._script: deque[Answer | BriefingError] = deque()
        if not callable(script):
            self._script.extend(Answer(item) if isinstance(item, str) else item for item in script)
        self._model, self._context = model, context
        self.asked: list[Prompt] = []

    @property
    def model(self) -> str:
        return self._model

    @property
    def context(self) -> int:
        return self._context

    async def ask(self, prompt: Prompt) -> Answer:
        self.asked.append(prompt)
        if self._answer is None:
            return _next(self._script, "answers")
        answer = self._answer(prompt)
        return Answer(answer) if isinstance(answer, str) else answer

    def count(self, text: str) -> int:
        return count(text)


class MemoryCache:
    """Implements ``ports.Cache`` for one process; ``kept`` is what it holds."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        return self.kept.get(key)

    def put(self, key: str, value: str) -> None:
        self.kept[key] = value


def _next(script: deque[T | BriefingError], what: str) -> T:
    if not script:
        raise AssertionError(f"asked for more {what} than the script has")
    item = script.popleft()
    if isinstance(item, BriefingError):
        raise item
    return item
