"""PDF through WeasyPrint: the HTML page's own markup under the theme's ``print.css``."""

from __future__ import annotations

import logging
import re
import warnings
from datetime import tzinfo
from functools import lru_cache
from typing import Any

from briefing.errors import MissingLibrary, RenderError
from briefing.model import Brief, Document
from briefing.render import worker
from briefing.render.context import Context, context
from briefing.render.environment import Look, Theme
from briefing.render.formats import ARCHIVE, PdfVariant
from briefing.render.pdf_archive import attachment, for_archive, sources_json, without_emoji

APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# What style sheets are written for.
A4 = "A4"


class PdfRenderer:
    """``brief.pdf``: tagged (PDF/UA-1), the same bytes for the same brief, theme and fonts.

    With ``variant`` "pdf/a-3a" it is a PDF/A-3a as well, for archives: the cited passages are attached as
    ``sources.json`` and emoji are told in words. Raises ``MissingLibrary`` where Pango is not installed.
    """

    def __init__(self, zone: tzinfo | None = None, variant: PdfVariant = "pdf/ua-1", look: Look | None = None) -> None:
        self.zone = zone
        self.look = look
        self.variant = variant

    def render(self, brief: Brief, theme: str = "default") -> Document:
        # Layout may take without end, and what articles hold is by strangers, whoever made the theme.
        return Document(worker.pdf(self.given(brief, theme)), "application/pdf", "brief.pdf")

    def given(self, brief: Brief, theme: str = "default") -> dict[str, str]:
        """What ``write`` makes the PDF of: the page, the style sheets, and for the archive the sources."""
        chosen = Theme(theme, self.look)
        filled = context(brief, self.zone) | {"medium": "print", "css": ""}
        page = chosen.render("brief.html", filled)
        given = {"page": page, "css": chosen.text("print.css"), "more": _more(chosen, filled), "theme": theme}
        if self.variant == ARCHIVE:
            given |= {"sources": sources_json(brief), "made_at": brief.made_at.isoformat()}
        return given


def _more(theme: Theme, filled: Context) -> str:
    """What pages carry of the brief, its date and the words of the page number, and the paper that was chosen."""
    paper = theme.values.get("page", A4)
    chosen = f"@page {{ size: {paper} }}\n" if paper != A4 else ""
    date, page_of = _string(filled["masthead"]["date"]), _page_of(filled["labels"]["page_of"])
    return f"{chosen}:root {{ --date: {date}; --page-of: {page_of} }}"


def _page_of(label: str) -> str:
    """“Page {page} of {pages}” as a ``content`` of CSS."""
    parts = re.split(r"\{(pages?)\}", label)
    return " ".join(f"counter({part})" if n % 2 else _string(part) for n, part in enumerate(parts))


def _string(text: str) -> str:
    """``text``, of one line, as a string of CSS."""
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'


def write(page: str, css: str, more: str, theme: str, sources: str = "", made_at: str = "") -> bytes:
    """A page of HTML as PDF, under a theme's style sheet ``css``, which is read once in a batch, and ``more`` of it.

    With ``sources``, the content of ``sources.json``, it is one for the archive; ``made_at``, of ISO 8601, is the time
    of the attachment. Raises ``RenderError`` that names the theme, and ``MemoryError``.
    """
    weasyprint, fetcher = load()
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    if sources:
        page, css, more = without_emoji(page), without_emoji(css), without_emoji(more)
        options = {"pdf_variant": ARCHIVE, "finisher": for_archive}

    def attempt(*css: str) -> bytes:
        if sources:
            options["attachments"] = [attachment(weasyprint, sources, made_at)]
        html = weasyprint.HTML(string=page, url_fetcher=fetcher)
        with warnings.catch_warnings():
            # WeasyPrint 70 leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            content: bytes = html.write_pdf(stylesheets=[_parsed(text) for text in css], **options)
        return content

    # WeasyPrint raises whatever its parsers raise; none of it may leave this room, but that the memory is full.
    try:
        try:
            return attempt(css, more)
        except AssertionError:
            # A paragraph with more notes than a page holds. The Sources list has them all.
            return attempt(css, more, ".note { display: none }")
    except MemoryError:
        raise
    except Exception as error:
        raise RenderError(f"theme {theme!r}: no PDF: {type(error).__name__}: {error}") from error


@lru_cache(maxsize=8)
def _parsed(css: str) -> Any:
    """A style sheet that WeasyPrint has read: in a batch, each is read once."""
    weasyprint, fetcher = load()
    return weasyprint.CSS(string=css, url_fetcher=fetcher)


def load() -> tuple[Any, Any]:
    """WeasyPrint, quiet, and a fetcher that reads neither the disk nor the network."""
    # Both report each unknown property and each dropped font table; a theme's errors are found by its checks.
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import weasyprint
            from weasyprint.urls import URLFetcher
    except OSError as error:
        raise MissingLibrary(f"a PDF needs Pango, which is not installed: {APT}") from error
    return weasyprint, URLFetcher(allowed_protocols=["data"], allow_redirects=False)
