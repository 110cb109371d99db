"""What goes to a language model and what comes back: the nouns of the engine room, and its seam to the vendors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from briefing.model import Cost


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to a model. ``system`` is the static part and comes first, so that servers can keep its prefix.

    ``schema`` is a JSON schema of the answer, named ``name``; without one the answer is plain text. ``max_tokens``
    bounds the answer, reasoning not included. ``top_logprobs`` above 0 asks for as many alternatives of each token.
    ``version`` names the template and its version ("write/1"); it is a part of the key that the answer is kept by.
    """

    system: str
    user: str
    version: str
    schema: Mapping[str, Any] | None = None
    name: str = "answer"
    max_tokens: int = 2000
    temperature: float = 0.0
    top_logprobs: int = 0


class Chance(NamedTuple):
    """A token that the model might have written, and the natural logarithm of its probability."""

    token: str
    logprob: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model said. ``finish`` is the server's finish reason; ``logprobs`` has the alternatives of each token,
    the one that was written first, or is empty where the server gives none. ``kept`` is True for an answer that was
    kept from an earlier run and cost nothing; ``cost`` is of this answer alone, retries included.
    """

    text: str
    finish: str = "stop"
    logprobs: tuple[tuple[Chance, ...], ...] = ()
    cost: Cost = field(default_factory=Cost)
    kept: bool = False


class Chat(Protocol):
    """A model that answers. ``context`` is how many tokens it can hold, question and answer together."""

    @property
    def model(self) -> str: ...

    @property
    def context(self) -> int: ...

    async def ask(self, prompt: Prompt) -> Answer:
        """Raises ``EngineError``; a refusal or a filtered answer is one, an answer cut off (``length``) is not."""
        ...

    def count(self, text: str) -> int:
        """About how many tokens of the model the text has, on the safe side."""
        ...
