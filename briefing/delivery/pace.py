"""A limit on how often something is done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Pace:
    """Lets at most ``per_minute`` through, evenly spaced; 0 is no limit. Safe for several threads that share it."""

    def __init__(
        self,
        per_minute: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._gap = 60 / per_minute if per_minute else 0.0
        self._clock, self._sleep = clock, sleep
        self._next = clock()
        self._lock = threading.Lock()

    def wait(self) -> None:
        """Returns when it is this one's turn."""
        if not self._gap:
            return
        with self._lock:
            turn = max(self._next, self._clock())
            self._next = turn + self._gap
        if (seconds := turn - self._clock()) > 0:
            self._sleep(seconds)
