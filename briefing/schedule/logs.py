"""Logs for machines: one JSON object a line, never a secret, and no person's address in the clear."""

from __future__ import annotations

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
