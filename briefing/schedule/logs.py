"""Logs for machines: one JSON object a line, never a secret, and no person's address in the clear."""

from __future__ import annotations

import hashlib

from pythonjsonlogger.json import JsonFormatter


class JsonLines(JsonFormatter):
    """``time``, ``level``, ``name``, ``message``, and what was said beside it, such as ``edition``."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level"},
            json_ensure_ascii=False,
        )


def person(address: str) -> str:
    """What stands for an address in logs: the same for the same address, and no way back to read it."""
    return hashlib.sha256(address.casefold().encode()).hexdigest()[:12]
