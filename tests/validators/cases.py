"""The briefs that every validator sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from briefing.model import Brief
from tests.briefs import empty_brief, foreign_brief, hostile_brief, rich_brief


def arabic_brief() -> Brief:
    """A brief in Arabic, with an English name in its text."""
    brief = foreign_brief()
    return replace(brief, title="موجز الصباح", language="ar", articles=brief.articles[:1], stories=brief.stories[:1])


def japanese_brief() -> Brief:
    """A brief in Japanese that quotes German and English."""
    brief = foreign_brief()
    return replace(brief, title="朝のまとめ", language="ja", articles=brief.articles[1:], stories=brief.stories[1:])


CASES: dict[str, Callable[[], Brief]] = {
    "rich": rich_brief,
    "empty": empty_brief,
    "foreign": foreign_brief,
    "arabic": arabic_brief,
    "japanese": japanese_brief,
    "hostile": hostile_brief,
}
