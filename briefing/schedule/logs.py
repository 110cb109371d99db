"""Logs for machines: one JSON object a line, never a secret, and no person's address in the clear."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from pythonjsonlogger.json import JsonFormatter


class JsonLines(JsonFormatter):
    """``time`` (RFC 3339, in UTC), ``level``, ``name``, ``message``, and what was said beside, such as ``edition``."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level"},
            json_ensure_ascii=False,
        )

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
