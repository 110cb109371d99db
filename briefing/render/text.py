"""Plain text in 78 columns, for a terminal or the text part of a mail."""

from __future__ import annotations

from datetime import tzinfo

from briefing.model import Brief, Document
from briefing.render.context import context
from briefing.render.environment import Look, Theme
from briefing.render.strings import one_blank_line


class TextRenderer:
    """``brief.txt``."""

    def __init__(self, zone: tzinfo | None = None, look: Look | None = None) -> None:
        self.zone = zone
        self.look = look

    def render(self, brief: Brief, theme: str = "default") -> Document:
        page = Theme(theme, self.look).render("brief.txt", context(brief, self.zone))
        return Document(one_blank_line(page).encode(), "text/plain; charset=utf-8", "brief.txt")
