"""A model that has to be done by a time."""

from __future__ import annotations

import asyncio

from briefing.engines.exchange import Answer, Chat, Prompt
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError


class TimedChat:
    """A chat that is asked until the event loop's clock says ``until``, in seconds. Implements ``exchange.Chat``.

    Later it answers only what costs no time, such as kept answers; an answer that is under way is not waited for.
    """

    def __init__(self, chat: Chat, until: float) -> None:
        self._chat = chat
        self._until = until

    @property
    def model(self) -> str:
        return self._chat.model

    @property
    def context(self) -> int:
        return self._chat.context

    def count(self, text: str) -> int:
        return self._chat.count(text)

    async def ask(self, prompt: Prompt) -> Answer:
        try:
            async with asyncio.timeout_at(self._until):
                return await self._chat.ask(prompt)
        except TimeoutError as error:
            detail = "the time that the edition gives its model is over; write a longer within = in its settings"
            raise EngineError(Outcome.TIMEOUT, detail, lasting=True) from error
