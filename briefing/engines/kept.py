"""Answers that were paid for are kept, so that the same question is not paid twice."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from briefing.engines.chat_request import fits
from briefing.engines.exchange import Answer, Chance, Chat, Prompt
from briefing.engines.meter import Meter, purpose
from briefing.errors import EngineError
from briefing.model import Cost
from briefing.ports import Cache


class KeptChat:
    """A chat that asks its model only what it has no answer to. Implements ``exchange.Chat``.

    Answers are kept by the question, the model, and by ``asked_of`` of the chat where it has one: what else has a part
    in its answers. Two equal questions at once make one call. ``meter`` notes each call that was saved.
    """

    def __init__(self, chat: Chat, cache: Cache, meter: Meter | None = None) -> None:
        self._chat = chat
        self._cache = cache
        self._meter = meter
        self._asked_of: Mapping[str, str] = getattr(chat, "asked_of", {})
        self._flights: dict[str, asyncio.Future[Answer]] = {}

    @property
    def model(self) -> str:
        return self._chat.model

    @property
    def context(self) -> int:
        return self._chat.context

    def count(self, text: str) -> int:
        return self._chat.count(text)

    async def ask(self, prompt: Prompt) -> Answer:
        key = self.key(prompt)
        while flight := self._flights.get(key):
            await asyncio.wait([flight])
            if not flight.cancelled():
                return self._free(prompt, _landed(flight))
            # Whoever asked first gave up; the question is still open.
        if found := _read(self._cache.get(key)):
            return self._free(prompt, found)
        flight = self._flights[key] = asyncio.get_running_loop().create_future()
        try:
            answer = await self._chat.ask(prompt)
            if _good(prompt, answer):
                self._cache.put(key, _written(answer))
            flight.set_result(answer)
            return answer
        except Exception as e:
            flight.set_exception(e)
            # Looked at: without this, a fault that nobody else waited for is reported as forgotten.
            flight.exception()
            raise
        finally:
            flight.cancel()
            del self._flights[key]

    def key(self, prompt: Prompt) -> str:
        """SHA-256 of the question as canonical JSON: sorted keys, no blanks. How the server takes a schema is no part
        of it: that is found out on the way, and the answer is to the same question.
        """
        question = {
            "model": self.model,
            "asked_of": dict(self._asked_of),
            "version": prompt.version,
            "messages": [prompt.system, prompt.user],
            "schema": prompt.schema,
            "name": prompt.name,
            "max_tokens": prompt.max_tokens,
            "temperature": prompt.temperature,
            "top_logprobs": prompt.top_logprobs,
        }
        # ASCII, so that a lone surrogate in a text has bytes, too.
        canonical = json.dumps(question, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    async def aclose(self) -> None:
        """Closes the chat behind it, where that can be closed."""
        if close := getattr(self._chat, "aclose", None):
            await close()

    def _free(self, prompt: Prompt, answer: Answer) -> Answer:
        saved = Cost(saved=1)
        if self._meter is not None:
            self._meter.add(purpose(prompt), saved)
        return replace(answer, cost=saved, kept=True)


def _landed(flight: asyncio.Future[Answer]) -> Answer:
    fault = flight.exception()
    if isinstance(fault, EngineError):
        # One of its own for everybody who waited: a raised error carries the traceback of who raised it.
        raise EngineError(fault.reason, fault.detail, lasting=fault.lasting) from None
    return flight.result()


def _good(prompt: Prompt, answer: Answer) -> bool:
    """Whether the answer is worth keeping: whole and in the outer form asked for, or cut off by our own limit.

    A cut one would be cut again. Nothing else would be better for being asked again, but what has not the form may.
    """
    if answer.finish == "length":
        return True
    return answer.finish == "stop" and (prompt.schema is None or fits(answer.text, prompt.schema))


def _written(answer: Answer) -> str:
    cost = answer.cost
    usage = {"calls": cost.calls, "in": cost.tokens_in, "out": cost.tokens_out, "price": cost.price}
    kept = {"text": answer.text, "finish": answer.finish, "logprobs": answer.logprobs, "usage": usage}
    return json.dumps(kept, separators=(",", ":"))


def _read(value: str | None) -> Answer | None:
    """The kept answer; None for one that an earlier version or another program wrote in a form we do not know."""
    try:
        kept = json.loads(value) if value is not None else None
        if kept is None:
            return None
        logprobs = tuple(tuple(Chance(str(t), float(p)) for t, p in place) for place in kept["logprobs"])
        return Answer(str(kept["text"]), str(kept["finish"]), logprobs)
    except (ValueError, KeyError, TypeError):
        return None
