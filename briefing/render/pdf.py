"""PDF through WeasyPrint: the HTML page's own markup under the theme's ``print.css``."""

from __future__ import annotations

import logging
import warnings
from datetime import tzinfo
from typing import Any

from briefing.errors import MissingLibrary, RenderError
from briefing.model import Brief, Document
from briefing.render import worker
from briefing.render.context import context
from briefing.render.environment import Theme

APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfRenderer:
    """``brief.pdf``: tagged (PDF/UA-1), A4, the same bytes for the same brief, theme and fonts.

    Raises ``MissingLibrary`` where Pango is not installed.
    """

    def __init__(self, zone: tzinfo | None = None) -> None:
        self.zone = zone

    def render(self, brief: Brief, theme: str = "default") -> Document:
        chosen = Theme(theme)
        page = chosen.render("brief.html", context(brief, self.zone) | {"medium": "print", "css": ""})
        css = chosen.text("print.css")
        # The layout of a page by somebody else may take without end, as its templates may.
        content = write(page, css, theme) if chosen.trusted else worker.pdf(page, css, theme)
        return Document(content, "application/pdf", "brief.pdf")


def write(page: str, css: str, theme: str) -> bytes:
    """A page of HTML under a style sheet as PDF. Raises ``RenderError`` that names the theme."""
    weasyprint, fetcher = load()

    def attempt(*css: str) -> bytes:
        sheets = [weasyprint.CSS(string=text, url_fetcher=fetcher) for text in css]
        html = weasyprint.HTML(string=page, url_fetcher=fetcher)
        content: bytes = html.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
        return content

    # WeasyPrint raises whatever its parsers raise; none of it may leave this room.
    try:
        return attempt(css)
    except AssertionError:
        # A paragraph with more notes than a page holds. The Sources list has them all.
        try:
            return attempt(css, ".note { display: none }")
        except Exception as error:
            raise _failed(theme, error) from error
    except Exception as error:
        raise _failed(theme, error) from error


def _failed(theme: str, error: Exception) -> RenderError:
    return RenderError(f"theme {theme!r}: no PDF: {type(error).__name__}: {error}")


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
