"""Markdown with GitHub's footnotes. What the articles say is escaped before a template sees it."""

from __future__ import annotations

from datetime import tzinfo

from briefing.model import Brief, Document
from briefing.render.context import context
from briefing.render.environment import Look, Theme
from briefing.render.strings import markdown, one_blank_line


class MarkdownRenderer:
    """``brief.md``."""

    def __init__(self, zone: tzinfo | None = None, look: Look | None = None) -> None:
        self.zone = zone
        self.look = look

    def render(self, brief: Brief, theme: str = "default") -> Document:
        page = Theme(theme, self.look).render("brief.md", markdown(context(brief, self.zone)))
        return Document(one_blank_line(page).encode(), "text/markdown; charset=utf-8", "brief.md")
