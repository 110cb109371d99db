"""When a message that was put off is tried again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Policy:
    """How long a message is tried (RFC 5321, 4.5.4.1): first after ``first``, each time after twice as long as before
    up to ``longest``, and no more when it has waited for ``give_up`` altogether.

    ``batch`` is how many messages a worker holds at once; ``pause`` is how long those are left that were not tried
    because the other side refused everything.
    """

    first: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=4)
    give_up: timedelta = timedelta(days=4)
    batch: int = 10
    pause: timedelta = timedelta(minutes=5)

    def __post_init__(self) -> None:
        if not timedelta(0) < self.first <= self.longest <= self.give_up:
            raise ConfigError("retries: first, longest and give_up are times, each at least as long as the one before")
        if self.batch < 1 or self.pause <= timedelta(0):
            raise ConfigError("retries: batch is 1 or more, and pause a time above 0")


def again(attempts: int, now: datetime, policy: Policy) -> datetime | None:
    """When to try next after ``attempts`` tries, the one that just ended among them; None when it is given up."""
    waits = [policy.first]
    while len(waits) < attempts and sum(waits, timedelta()) <= policy.give_up:
        waits.append(min(waits[-1] * 2, policy.longest))
    return now + waits[-1] if sum(waits, timedelta()) <= policy.give_up else None
