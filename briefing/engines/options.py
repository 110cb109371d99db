"""What can be said of a language model: which one, where it is, and what it may take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from briefing.errors import ConfigError

Json = Literal["auto", "schema", "object", "prompt"]
JSON: tuple[Json, ...] = ("auto", "schema", "object", "prompt")
OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """A model and its server. Empty or None leaves a setting to what is known of the model. Raises ``ConfigError``.

    ``base_url`` is the server's address up to ``/v1``. ``key_variable`` names the environment variable with the key;
    ``key_over_http`` lets that key travel unencrypted to another machine. ``context`` is in tokens, question and answer
    together. ``timeout`` is the seconds that one request may take in all. ``price_in`` and ``price_out`` are US dollars
    for a million tokens, ``budget`` is US dollars for the run. ``json`` is how the form of an answer is asked for.
    ``reasoning_effort`` is passed on to models that reason.
    """

    model: str
    base_url: str = OPENAI
    key_variable: str = ""
    key_over_http: bool = False
    context: int | None = None
    timeout: float = 300.0
    concurrency: int = 8
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    price_in: float | None = None
    price_out: float | None = None
    budget: float | None = None
    json: Json = "auto"
    logprobs: bool | None = None
    reasoning_effort: str = ""

    def __post_init__(self) -> None:
        if not self.model.strip():
            raise ConfigError("model is empty; write a name such as 'gpt-5-mini', after 'llm:'")
        if self.json not in JSON:
            raise ConfigError(f"json is one of {', '.join(JSON)}, not {self.json!r}")
        for name in ("timeout", "concurrency", "context", "requests_per_minute", "tokens_per_minute"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value > 0):
                raise ConfigError(f"{name} is a number above 0, not {value!r}")
        for name in ("concurrency", "context"):
            value = getattr(self, name)
            if value is not None and value != int(value):
                raise ConfigError(f"{name} is a whole number, not {value!r}")
        for name in ("price_in", "price_out", "budget"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise ConfigError(f"{name} is a number of US dollars, 0 or more, not {value!r}")
        if (self.price_in is None) != (self.price_out is None):
            raise ConfigError("price_in and price_out go together; set both, in US dollars for a million tokens")
