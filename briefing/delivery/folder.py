"""Messages as files, for a mail program, another sender or a look at them."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from briefing.editions import Message, Outcome, Receipt

_NAME = re.compile(r"<?([A-Za-z0-9_][A-Za-z0-9_.=+-]{0,90}@[A-Za-z0-9.-]{1,90})>?")


class Folder:
    """Writes each message into ``NAME.eml`` in a folder, NAME being its Message-ID; the same message is one file.

    A file is there whole or not at all. The folder is made where there is none.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, message: Message, commit: Callable[[], None]) -> Receipt:
        target = self.path / file_name(message.message_id)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            written = _written(self.path, message.content)
        except OSError as error:
            return Receipt(Outcome.DEFERRED, f"{self.path}: {error.strerror or error}", pause=True)
        try:
            commit()
            return self._named(written, target)
        finally:
            written.unlink(missing_ok=True)

    def close(self) -> None:
        """There is nothing to close."""

    def _named(self, written: Path, target: Path) -> Receipt:
        try:
            written.replace(target)
        except OSError as error:
            # The file has its name or it has not: there is no third.
            return Receipt(Outcome.DEFERRED, f"{target}: {error.strerror or error}", pause=True)
        with suppress(OSError):
            _settled(self.path)
        return Receipt(Outcome.SENT, str(target))


def file_name(message_id: str) -> str:
    """The name of the file of a message: its id where that can be one, else a hash of it."""
    match = _NAME.fullmatch(message_id)
    return f"{match[1] if match else hashlib.sha256(message_id.encode('utf-8', 'replace')).hexdigest()}.eml"


def _written(folder: Path, content: bytes) -> Path:
    """A new file in ``folder`` that holds ``content`` on the disk. Raises ``OSError`` and leaves nothing."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", suffix=".part", delete=False) as file:
        path = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return path


def _settled(folder: Path) -> None:
    """Has the folder's names written to the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
