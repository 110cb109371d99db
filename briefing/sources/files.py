"""Articles from files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from briefing.errors import SourceError
from briefing.model import Article, Failure
from briefing.sources import failures
from briefing.sources.articles import article_of
from briefing.sources.bounded import Bounded
from briefing.sources.folders import files_in, shown
from briefing.sources.formats import ENDINGS, believed, format_of, read_bytes, sniff


class Files:
    """A ``Source`` that reads ``paths``: files, folders (with all below them, in sorted order) and ``-``.

    ``max_bytes`` is the size above which a file is refused; ``zone`` is where times without one were written;
    ``seconds`` is how long one file may take. ``stdin`` stands in for standard input.
    """

    def __init__(
        self,
        paths: Sequence[str | Path],
        *,
        max_bytes: int = 20_000_000,
        stdin: BinaryIO | None = None,
        zone: tzinfo = UTC,
        seconds: float = 25.0,
    ) -> None:
        self.paths = tuple(paths)
        self.max_bytes = max_bytes
        self.stdin = stdin
        self.zone = zone
        self.seconds = seconds

    def collect(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[Article | Failure]:
        """Every article and every failure, in order; does not raise for what an input holds.

        The period is not applied here: an article outside it is dropped later with that reason, so that the
        ledger shows it.
        """
        seen: set[tuple[int, int]] = set()
        with Bounded(self.seconds) as bounded:
            for path in self.paths:
                if str(path) == "-":
                    yield from self._stdin(bounded)
                else:
                    yield from self._path(Path(path), bounded, seen)

    def _path(self, path: Path, bounded: Bounded, seen: set[tuple[int, int]]) -> Iterator[Article | Failure]:
        read = False
        for found in files_in(path):
            read = True
            if isinstance(found, Failure):
                yield found
                continue
            kind = format_of(found.name)
            if not kind:
                endings = " ".join(sorted(ENDINGS))
                yield Failure(
                    shown(found), failures.UNSUPPORTED, f"files of this kind are not read; these are: {endings}"
                )
                continue
            try:
                status = os.stat(found)
                if (status.st_dev, status.st_ino) in seen:
                    continue
                seen.add((status.st_dev, status.st_ino))
                if status.st_size > self.max_bytes:
                    yield Failure(shown(found), failures.TOO_LARGE, self._too_large(status.st_size))
                    continue
                with open(found, "rb") as file:
                    data = file.read(self.max_bytes + 1)
            except OSError as error:
                yield Failure(shown(found), failures.UNREADABLE, f"{error.strerror or error}; check its permissions")
                continue
            yield from self._read(data, believed(data, kind), shown(found), bounded)
        if not read:
            endings = " ".join(sorted(ENDINGS))
            yield Failure(shown(path), failures.EMPTY, f"a folder without a file that is read; these are: {endings}")

    def _stdin(self, bounded: Bounded) -> Iterator[Article | Failure]:
        try:
            data = (self.stdin or sys.stdin.buffer).read(self.max_bytes + 1)
        except (OSError, ValueError) as error:
            yield Failure("-", failures.UNREADABLE, f"standard input: {error}")
            return
        yield from self._read(data, sniff(data), "-", bounded)

    def _read(self, data: bytes, kind: str, where: str, bounded: Bounded) -> Iterator[Article | Failure]:
        if len(data) > self.max_bytes:
            yield Failure(where, failures.TOO_LARGE, self._too_large(len(data)))
            return
        if not data.strip():
            yield Failure(where, failures.EMPTY, "holds nothing; save it again, or leave it out")
            return
        try:
            found = list(read_bytes(data, kind, bounded))
            if not found:
                raise SourceError(failures.EMPTY, "holds no article; save it again, or leave it out")
            for raw in found:
                yield article_of(raw, where=where, kind=kind, zone=self.zone)
        except SourceError as error:
            yield Failure(where, error.reason, error.detail)

    def _too_large(self, size: int) -> str:
        return f"{size / 1e6:.1f} MB, over the limit of {self.max_bytes / 1e6:g} MB; split it, or raise the limit"
