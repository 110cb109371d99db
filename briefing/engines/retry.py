"""Asking again: what is worth it, how long to wait, and when to stop for the rest of the run."""

from __future__ import annotations

import asyncio
import logging
import random
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState

from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError

T = TypeVar("T")
log = logging.getLogger(__name__)


class Fault(EngineError):
    """One request that brought no usable answer.

    ``tries`` is how often in all such a request is worth sending; ``wait`` the seconds that the server asked for.
    ``paid`` is True where the server may charge for it although no answer came. ``words`` is what the server said.
    """

    def __init__(
        self,
        reason: Outcome,
        detail: str,
        *,
        lasting: bool = False,
        tries: int = 1,
        wait: float | None = None,
        paid: bool = False,
        words: str = "",
    ) -> None:
        super().__init__(reason, detail, lasting=lasting)
        self.tries = tries
        self.wait = wait
        self.paid = paid
        self.words = words


@dataclass(frozen=True, slots=True)
class World:
    """The clock (seconds, never backwards), the date, how to sleep, and chance from 0 to 1."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Patience:
    """At most ``tries`` requests for one answer and ``waiting`` seconds between them in all.

    Where the server names no wait, the waits double from ``first`` up to ``longest`` seconds.
    """

    tries: int = 6
    waiting: float = 120.0
    first: float = 1.0
    longest: float = 30.0


async def persist(ask: Callable[[], Awaitable[T]], patience: Patience, world: World) -> T:
    """The answer of ``ask``, asked again after each ``Fault`` that is worth it; else the last ``Fault``.

    A server that asks for a longer wait than there is patience is not waited for at all.
    """

    def worth(state: RetryCallState) -> bool:
        fault = state.outcome and state.outcome.exception()
        return isinstance(fault, Fault) and state.attempt_number < min(fault.tries, patience.tries)

    def wait(state: RetryCallState) -> float:
        fault = state.outcome and state.outcome.exception()
        if isinstance(fault, Fault) and fault.wait is not None:
            # Callers that wait for the same moment come back one after another.
            return fault.wait + world.chance() * min(1.0, patience.first)
        longest = min(patience.first * 2.0 ** (state.attempt_number - 1), patience.longest)
        return longest * (0.5 + world.chance() / 2)

    def enough(state: RetryCallState) -> bool:
        return state.idle_for + state.upcoming_sleep > patience.waiting

    async def once() -> T:
        return await ask()

    def note(state: RetryCallState) -> None:
        log.info("asking again in %.1f s: %s", state.upcoming_sleep, state.outcome and state.outcome.exception())

    # One for each call: tenacity keeps the state of the loop in the object, and calls run side by side.
    again = AsyncRetrying(retry=worth, wait=wait, stop=enough, sleep=world.sleep, before_sleep=note, reraise=True)
    return await again(once)


class Circuit:
    """Ends the calls of a run that would all fail alike, without a request.

    It opens at a lasting fault, and when ``most`` calls in a row found the server in trouble, each after its retries.
    """

    def __init__(self, most: int = 3) -> None:
        self._most = most
        self._row = 0
        self._open: EngineError | None = None

    def check(self) -> None:
        """Raises the ``EngineError`` that opened it."""
        if self._open is not None:
            raise EngineError(self._open.reason, self._open.detail, lasting=True)

    def answered(self) -> None:
        self._row = 0

    def failed(self, fault: EngineError) -> None:
        """Notes a call's last fault. What is about one text (a refusal, too long) says nothing of the next."""
        if fault.lasting:
            self._open = self._open or fault
        elif fault.reason in _OF_THE_SERVER:
            self._row += 1
            if self._row >= self._most and self._open is None:
                detail = f"{fault.detail} ({self._row} calls in a row)"
                self._open = EngineError(fault.reason, detail, lasting=True)


_OF_THE_SERVER = {Outcome.TIMEOUT, Outcome.SERVER, Outcome.RATE, Outcome.NO_CONNECTION, Outcome.REQUEST}


def asked_wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that a server asks to wait; None where it does not say. Names of headers in lower case.

    ``retry-after-ms``, then ``Retry-After`` as seconds or as an HTTP date (RFC 9110, 10.2.3), then
    ``x-ratelimit-reset`` of whatever limit has nothing remaining: a duration ("1m30s"), seconds, or a moment in
    seconds or milliseconds.
    """
    if (ms := _number(headers.get("retry-after-ms"))) is not None:
        return ms / 1000
    if (after := headers.get("retry-after")) is not None:
        if (seconds := _number(after)) is not None:
            return seconds
        try:
            moment = parsedate_to_datetime(after)
        except ValueError:
            return None
        # A date without a zone is in UTC: the RFC knows no other.
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    waits = []
    for kind in ("", "-requests", "-tokens"):
        reset = _duration(headers.get(f"x-ratelimit-reset{kind}"), now)
        if reset is not None and _number(headers.get(f"x-ratelimit-remaining{kind}")) in (None, 0.0):
            waits.append(reset)
    return max(waits, default=None)


def _number(text: str | None) -> float | None:
    """A number of 0 or more."""
    return float(text) if text is not None and re.fullmatch(r"\s*\d+(\.\d+)?\s*", text, re.ASCII) else None


_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def _duration(text: str | None, now: datetime) -> float | None:
    if text is None:
        return None
    if (number := _number(text)) is not None:
        # A number this large is a moment: in milliseconds (OpenRouter) or in seconds since 1970.
        moment = number / 1000 if number > 1e11 else number
        return max(0.0, moment - now.timestamp()) if moment > 1e9 else number
    if not re.fullmatch(r"(\d+(\.\d+)?(ms|s|m|h|d))+", text.strip()):
        return None
    return sum(float(n) * _UNITS[unit] for n, unit in re.findall(r"([\d.]+)(ms|s|m|h|d)", text))
