"""The health file of a running service, and whether what it says is well.

The service writes it once a minute, whole or not at all; whoever looks at it needs neither the database nor the
process. It is for one process: ``briefing worker`` writes ``health.worker.json`` where ``health`` is ``health.json``.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.editions import EditionKey
from briefing.errors import BriefingError, ConfigError
from briefing.schedule.plan import Plan

if TYPE_CHECKING:
    from briefing.store.store import Store

log = logging.getLogger(__name__)

# A round is begun every minute; the service is dead, or hangs, where none has ended for so long.
STALE = timedelta(minutes=3)
MINUTE = "minute"


class Health:
    """Writes the health file of one process: ``heard`` is told of each round that ended, with what went wrong in it."""

    def __init__(self, file: Path, plan: Plan, store: Store, worker: str, clock: Callable[[], datetime]) -> None:
        self._file = file
        self._plan = plan
        self._store = store
        self._worker = worker
        self._clock = clock
        # By round: a round of mails that succeeds does not heal the other.
        self._failures: dict[str, str] = {}
        self._last: dict[str, str] | None = None
        self._lock = threading.Lock()

    def heard(self, round: str, failure: str = "") -> None:
        """Writes the file: after each round of ``MINUTE``, and where another one begins or ceases to fail.

        One that cannot be written is told in the log, and found stale.
        """
        with self._lock:
            now, before = self._clock(), self._failures.pop(round, "")
            if failure:
                self._failures[round] = failure
                self._last = {"time": now.isoformat(), "reason": failure}
            if round != MINUTE and failure == before:
                return
            try:
                _write(self._file, self._state(now))
            except Exception as error:  # whatever it is, the rounds go on
                reason = f"{type(error).__name__}: {error}"
                log.error("the health file cannot be written", extra={"file": str(self._file), "reason": reason})

    def _state(self, now: datetime) -> dict[str, Any]:
        state: dict[str, Any] = {
            "time": now.isoformat(),
            "version": version("briefing"),
            "worker": self._worker,
            "pid": os.getpid(),
            "failing": "; ".join(dict.fromkeys(self._failures.values())),
            "last_error": self._last,
        }
        with suppress(BriefingError):
            # Without the database the file still says that there is none.
            state |= self._counted(now)
        return state

    def _counted(self, now: datetime) -> dict[str, Any]:
        # Whoever only looks at the file, every few seconds, need not load a database.
        from briefing.store.figures import figures

        found = figures(self._store.database, now)
        today: dict[str, list[str]] = {}
        for edition in self._plan.editions.values():
            key = EditionKey(edition.name, now.astimezone(edition.settings.tz).date())
            if record := self._store.editions.get(key):
                today.setdefault(record.state.value, []).append(edition.name)
        upcoming = {s.name: s.next_at for s in self._store.schedules.all() if s.name in self._plan.editions}
        return {
            "next": {name: at.isoformat() for name, at in upcoming.items() if at},
            "today": today,
            "mails_due": found.due,
            "oldest_due_seconds": (now - found.oldest).total_seconds() if found.oldest else 0.0,
        }


def reporter(
    plan: Plan, store: Store, worker: str, clock: Callable[[], datetime], *, schedules: bool
) -> Callable[[str, str], None]:
    """Whom a service tells of its rounds: nobody, where no file is set."""
    file = file_of(plan, schedules=schedules)
    return Health(file, plan, store, worker, clock).heard if file else lambda round, failure: None


def file_of(plan: Plan, *, schedules: bool) -> Path | None:
    """Where the service, or a worker, writes; None where no file is set."""
    if not plan.service.health:
        return None
    file = Path(plan.service.health)
    return file if schedules else file.with_name(f"{file.stem}.worker{file.suffix}")


def trouble(file: Path | None, now: datetime) -> str:
    """Why the process that writes ``file`` is not healthy; empty where it is. Raises ``ConfigError`` without a file."""
    if file is None:
        raise ConfigError('no health file is set; write in [service]: health = "health.json"')
    try:
        state = json.loads(file.read_text(encoding="utf-8"))
        written = datetime.fromisoformat(state["time"])
        failing = str(state["failing"])
    except FileNotFoundError:
        return f"{file} is not there: nothing runs, or it has just begun"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{file} cannot be read: {error}"
    if now - written > STALE:
        return f"the last sign of life is of {written:%Y-%m-%d %H:%M:%S} UTC, in {file}"
    return failing


def _write(file: Path, state: dict[str, Any]) -> None:
    """Writes it beside and renames, so that nobody reads half of it. Raises ``OSError``."""
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with open(handle, "w", encoding="utf-8") as stream:
            json.dump(state, stream, ensure_ascii=False, indent=1)
        # What watches may be another user; there is no secret and no address in it.
        os.chmod(beside, 0o644)
        os.replace(beside, file)
    except BaseException:
        os.unlink(beside)
        raise
