"""The formats that a brief is rendered in, by name."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, Literal

from briefing.errors import ConfigError
from briefing.model import Brief, Document
from briefing.text.suggest import did_you_mean

if TYPE_CHECKING:
    from briefing.ports import Renderer
    from briefing.render.environment import Look

FORMATS: tuple[str, ...] = ("html", "pdf", "md", "txt", "eml", "json")

Texts = Literal["all", "cited"]
PdfVariant = Literal["pdf/ua-1", "pdf/a-3a"]
PDF_VARIANTS: tuple[PdfVariant, ...] = ("pdf/ua-1", "pdf/a-3a")
ARCHIVE: PdfVariant = "pdf/a-3a"


def renderer(
    format: str,
    *,
    texts: Texts = "all",
    zone: tzinfo | None = None,
    variant: PdfVariant = "pdf/ua-1",
    look: Look | None = None,
) -> Renderer:
    """The renderer of a format. Times are told in ``zone``, or else in the brief's.

    ``texts`` concerns JSON only, since every other format carries no more than the cited passages. ``variant``
    concerns PDF only: "pdf/ua-1" is for everyone to read, "pdf/a-3a" that and for the archive. ``look`` sets options of
    the theme.

    Raises ``ConfigError`` for a format or a variant that does not exist.
    """
    if variant not in PDF_VARIANTS:
        hint = did_you_mean(variant, PDF_VARIANTS) or "."
        raise ConfigError(f"unknown PDF variant {variant!r}{hint} Variants: {', '.join(PDF_VARIANTS)}")
    # Imported here: help and settings must not wait for Jinja, and only a PDF for WeasyPrint.
    match format:
        case "json":
            from briefing.render.json import JsonRenderer

            return JsonRenderer(texts)
        case "html":
            from briefing.render.html import HtmlRenderer

            return HtmlRenderer(zone, look)
        case "pdf":
            from briefing.render.pdf import PdfRenderer

            return PdfRenderer(zone, variant, look)
        case "md":
            from briefing.render.markdown import MarkdownRenderer

            return MarkdownRenderer(zone, look)
        case "txt":
            from briefing.render.text import TextRenderer

            return TextRenderer(zone, look)
        case "eml":
            from briefing.render.email import EmlRenderer

            return EmlRenderer(zone, look)
        case _:
            hint = did_you_mean(format, FORMATS) or "."
            raise ConfigError(f"unknown format {format!r}{hint} Formats: {', '.join(FORMATS)}")


def render(
    brief: Brief,
    format: str,
    *,
    theme: str = "default",
    texts: Texts = "all",
    zone: tzinfo | None = None,
    variant: PdfVariant = "pdf/ua-1",
    look: Look | None = None,
) -> Document:
    """``brief`` as a document of ``format``, named ``brief.html`` and so on.

    Raises ``ConfigError`` for a format, theme or variant that does not exist, ``RenderError`` for a theme that fails,
    ``MissingLibrary`` where a PDF lacks a library of the system.
    """
    return renderer(format, texts=texts, zone=zone, variant=variant, look=look).render(brief, theme)
