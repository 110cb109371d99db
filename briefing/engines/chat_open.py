"""A chat put together: kept answers before the budget, the limits, the retries and the client."""

from __future__ import annotations

from briefing.engines.chat import OpenAIChat
from briefing.engines.kept import KeptChat
from briefing.engines.limits import Limits
from briefing.engines.meter import Budget, Meter
from briefing.engines.options import ModelOptions
from briefing.ports import Cache


def open_chat(
    options: ModelOptions,
    *,
    api_key: str | None = None,
    cache: Cache | None = None,
    meter: Meter | None = None,
    budget: Budget | None = None,
    limits: Limits | None = None,
) -> OpenAIChat | KeptChat:
    """A model as ``options`` have it; ``await aclose()`` when all is asked. It sends nothing before the first question.

    Models of one run share ``meter`` and ``budget``, those of one server also ``limits``. For one event loop. Raises
    ``ConfigError``: an address or a key that cannot be meant, a budget without prices.
    """
    meter = meter or Meter()
    chat = OpenAIChat(options.model, api_key=api_key, options=options, meter=meter, budget=budget, limits=limits)
    return chat if cache is None else KeptChat(chat, cache, meter)
