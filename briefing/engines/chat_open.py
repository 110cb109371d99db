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
    cache: Cache | None = None,
    meter: Meter | None = None,
    budget: Budget | None = None,
    limits: Limits | None = None,
    served: str | None = None,
) -> OpenAIChat | KeptChat:
    """A model as ``options`` have it; ``await aclose()`` when all is asked. It sends nothing before the first question.

    Models of one run share ``meter`` and ``budget``, those of one server also ``limits``. With ``cache`` the answers
    are kept by what was asked; ``served`` then stands for the server's address where that changes from run to run (a
    model in this process, on a port of its own). For one event loop. Raises ``ConfigError``: an address or a key that
    cannot be meant, a budget without prices.
    """
    meter = meter or Meter()
    chat = OpenAIChat(options.model, options=options, meter=meter, budget=budget, limits=limits)
    if cache is None:
        return chat
    asked_of = {"server": served or chat.server.url, "reasoning_effort": options.reasoning_effort}
    return KeptChat(chat, cache, asked_of, meter)
