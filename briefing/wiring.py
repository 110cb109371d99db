"""The only place that builds a pipeline out of parts."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, cast
from zoneinfo import ZoneInfo

from briefing import registry
from briefing.config import Settings
from briefing.errors import BriefFormatError, RenderError
from briefing.model import Brief, Document, Interest
from briefing.pipeline import Pipeline
from briefing.ports import Run
from briefing.render.environment import find
from briefing.render.formats import render
from briefing.render.json import loads
from briefing.run import PlainRun
from briefing.sources.files import Files
from briefing.verification import Desk


def make(
    settings: Settings,
    *,
    interest: Interest | None = None,
    now: datetime | None = None,
    run: Run | None = None,
    stdin: BinaryIO | None = None,
) -> Brief:
    """The brief that the settings ask for; ``interest`` and ``now`` stand before theirs. Raises ``ConfigError``."""
    now = settings.now_at(now)
    extractive = registry.engine("extractive")
    engine = extractive if settings.engine == "extractive" else registry.engine(settings.engine)
    pipeline = Pipeline(
        sources=(Files(settings.paths, max_bytes=round(settings.max_mb * 1_000_000), stdin=stdin, zone=settings.tz),),
        desk=Desk(engine, fallback=extractive),
        engine_name=settings.engine,
        run=run or PlainRun(),
    )
    made: list[Brief] = []

    async def run_pipeline() -> None:
        made.append(await pipeline.make(interest or settings.interest(now), settings.edition(now)))

    # Python 3.11 writes out, on leaving, the repr of what the main task returns: here every text of the brief.
    asyncio.run(run_pipeline())
    return made[0]


def check(settings: Settings) -> None:
    """Raises ``ConfigError`` for a theme or an engine that is not there, before any long work."""
    find(settings.theme)
    registry.engine(settings.engine)


def documents(brief: Brief, settings: Settings, *, run: Run | None = None) -> tuple[list[Document], list[RenderError]]:
    """The brief in each of the formats, and the errors of those that could not be made."""
    texts = cast(Literal["all", "cited"], settings.texts)

    def one(format: str) -> Document | RenderError:
        try:
            return render(brief, format, theme=settings.theme, texts=texts, zone=ZoneInfo(brief.zone))
        except RenderError as e:
            return e

    results = (run or PlainRun()).each("render", one, settings.formats, len(settings.formats))
    return [r for r in results if isinstance(r, Document)], [r for r in results if isinstance(r, RenderError)]


def read(path: Path) -> Brief:
    """The brief in a ``brief.json``. Raises ``BriefFormatError``."""
    try:
        return loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as e:
        raise BriefFormatError(f"{path}: there is no such file; make a brief first: briefing make PATH...") from e
    except OSError as e:
        raise BriefFormatError(f"{path}: cannot be read: {e.strerror}") from e
    except UnicodeDecodeError as e:
        raise BriefFormatError(f"{path}: is not a brief.json: its bytes are not UTF-8") from e
    except BriefFormatError as e:
        raise BriefFormatError(f"{path}: {e}") from e
