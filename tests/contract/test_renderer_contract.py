"""What every renderer keeps to, whatever its format."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from briefing.errors import ConfigError
from briefing.model import Brief
from briefing.ports import Renderer
from briefing.render.formats import FORMATS, render, renderer
from tests.briefs import empty_brief, foreign_brief, hostile_brief, rich_brief

MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
    "eml": "message/rfc822",
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("make", [rich_brief, empty_brief, foreign_brief, hostile_brief])
def test_every_brief_becomes_a_named_document(format: str, make: Callable[[], Brief]) -> None:
    chosen: Renderer = renderer(format)
    document = chosen.render(make(), "default")
    assert document.name == f"brief.{format}"
    assert document.media_type == MEDIA[format]
    assert document.content


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_brief_gives_the_same_bytes(format: str) -> None:
    assert render(rich_brief(), format).content == render(rich_brief(), format).content


@pytest.mark.parametrize("format", [f for f in FORMATS if f != "json"])
def test_a_theme_that_does_not_exist_is_refused(format: str) -> None:
    with pytest.raises(ConfigError, match="unknown theme 'nowhere'"):
        render(rich_brief(), format, theme="nowhere")
