"""Feeds, well-formed and broken: every one is parsed or refused by name; none hangs, none crashes."""

from __future__ import annotations

import signal
import tarfile
import tempfile
import time
from pathlib import Path
from types import FrameType

from briefing.model import Article, Failure
from briefing.sources.failures import TOO_SLOW
from briefing.sources.files import Files

_HANG = 30.0


class _Hung(Exception):
    """A file took longer than 30 seconds."""


def measure(path: Path) -> dict[str, float]:
    """Counts of files, of those with an article or with named failures only, of those that hung or crashed; seconds."""
    counts = dict.fromkeys(("files", "parsed", "refused", "hung", "crashed"), 0)
    seconds = 0.0
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
        for file in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
            start = time.perf_counter()
            counts["files"] += 1
            counts[_outcome(file)] += 1
            seconds += time.perf_counter() - start
    return {**counts, "seconds": round(seconds, 3)}


def _outcome(file: Path) -> str:
    previous = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, _HANG)
    try:
        found = list(Files([file], seconds=_HANG).collect())
    except _Hung:
        return "hung"
    except Exception:
        return "crashed"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    if any(isinstance(item, Failure) and item.reason == TOO_SLOW for item in found):
        return "hung"
    if any(isinstance(item, Article) for item in found):
        return "parsed"
    return "refused" if found else "crashed"


def _ring(number: int, frame: FrameType | None) -> None:
    raise _Hung
