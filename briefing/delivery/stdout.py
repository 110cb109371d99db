"""Messages on standard output, one after another, for a look or a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import BinaryIO

from briefing.editions import Message, Outcome, Receipt


class Stdout:
    """Writes each message as it is; ``out`` is by default the standard output."""

    def __init__(self, out: BinaryIO | None = None) -> None:
        self._out = out

    def send(self, message: Message, commit: Callable[[], None]) -> Receipt:
        out = self._out or sys.stdout.buffer
        commit()
        try:
            out.write(message.content)
            out.flush()
        except (OSError, ValueError) as error:
            # Whoever reads may have got a part.
            return Receipt(Outcome.UNKNOWN, f"standard output: {error}", pause=True)
        return Receipt(Outcome.SENT, "standard output")

    def close(self) -> None:
        """Standard output stays open for others."""
