"""HTML: one file that holds all it needs and works offline, without JavaScript."""

from __future__ import annotations

import re
from datetime import tzinfo

from briefing.model import Brief, Document
from briefing.render.context import context
from briefing.render.environment import Look, Theme

_CLOSES = re.compile(r"</(?=style)", re.IGNORECASE)


class HtmlRenderer:
    """``brief.html``. Each sentence stands in ``.claim``, its calls beside it, the cited words under ``#ref-N``."""

    def __init__(self, zone: tzinfo | None = None, look: Look | None = None) -> None:
        self.zone = zone
        self.look = look

    def render(self, brief: Brief, theme: str = "default") -> Document:
        chosen = Theme(theme, self.look)
        # Escaped for CSS, not for HTML: a quoted value must stay quoted, and the element must not end early.
        css = _CLOSES.sub(r"<\\/", chosen.text("style.css"))
        page = chosen.render("brief.html", context(brief, self.zone) | {"medium": "screen", "css": css})
        return Document(page.encode(), "text/html; charset=utf-8", "brief.html")
