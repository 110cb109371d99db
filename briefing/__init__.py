"""Makes a short brief from many articles; every sentence points at the exact words that support it.

brief = briefing.make(["news/"], briefing.Interest(topics=("grid tariffs",)))
briefing.render(brief, "pdf").content
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from os import PathLike, fspath

from briefing.errors import BriefFormatError, BriefingError, ConfigError, RenderError
from briefing.model import Article, Brief, Citation, Claim, Document, Interest, Publisher

# The first import of a subpackage binds its name here. It happens before ``render`` is defined, so that the function
# stays what ``briefing.render`` means.
import_module("briefing.render")

__all__ = [
    "Article",
    "Brief",
    "BriefFormatError",
    "BriefingError",
    "Citation",
    "Claim",
    "ConfigError",
    "Document",
    "Interest",
    "Publisher",
    "RenderError",
    "make",
    "read",
    "render",
]


def make(
    paths: str | PathLike[str] | Sequence[str | PathLike[str]],
    interest: Interest | None = None,
    *,
    now: datetime | None = None,
    zone: str = "UTC",
    engine: str = "extractive",
    base_url: str = "",
    judge: str = "auto",
    budget: float | None = None,
    minutes: float = 5.0,
    title: str = "Daily brief",
) -> Brief:
    """The brief of the articles under ``paths``, one or many; without an ``interest``, of what they are most about.

    ``now`` is aware and defaults to this moment; ``zone`` is an IANA name; ``minutes`` is reading time.
    ``engine``, ``base_url``, ``judge`` and ``budget`` (US dollars) are those of the command line: ``llm:MODEL``,
    ``local:FILE``. What a model did not write is told in quotations, and the story's ``note`` says why. Inputs that
    cannot be read are in ``Brief.failures``. Reads files, writes none but kept answers. Raises ``ConfigError``.
    """
    from briefing import wiring
    from briefing.config import Settings

    # A text is a sequence too, of its letters.
    several = (paths,) if isinstance(paths, str | PathLike) else paths
    settings = Settings(
        paths=tuple(fspath(p) for p in several),
        zone=zone,
        engine=engine,
        base_url=base_url,
        judge=judge,
        budget=budget,
        minutes=minutes,
        title=title,
    )
    return wiring.make(settings, interest=interest, now=now)


def render(brief: Brief, format: str, *, theme: str = "default") -> Document:
    """The brief as ``html``, ``pdf``, ``md``, ``txt`` or ``json``. Raises ``RenderError`` or ``ConfigError``."""
    from briefing import wiring
    from briefing.config import Settings

    documents, problems = wiring.documents(brief, Settings(formats=(format,), theme=theme))
    if problems:
        raise problems[0]
    return documents[0]


def read(path: str | PathLike[str]) -> Brief:
    """The brief in a ``brief.json`` made earlier. Raises ``BriefFormatError``."""
    from pathlib import Path

    from briefing import wiring

    return wiring.read(Path(path))
