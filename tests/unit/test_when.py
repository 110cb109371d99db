"""Points in time as people type them."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.when import parse_when

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 5, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", NOW),
        ("today", datetime(2026, 3, 5, tzinfo=BERLIN)),
        ("Yesterday", datetime(2026, 3, 4, tzinfo=BERLIN)),
        ("24h", datetime(2026, 3, 4, 17, 30, tzinfo=UTC)),
        ("3 days ago", datetime(2026, 3, 2, 17, 30, tzinfo=UTC)),
        ("90min", datetime(2026, 3, 5, 16, 0, tzinfo=UTC)),
        ("1w", datetime(2026, 2, 26, 17, 30, tzinfo=UTC)),
        ("2026-03-05", datetime(2026, 3, 5, tzinfo=BERLIN)),
        ("2026-03-05T07:00", datetime(2026, 3, 5, 7, tzinfo=BERLIN)),
        ("2026-03-05T07:00Z", datetime(2026, 3, 5, 7, tzinfo=UTC)),
    ],
)
def test_times(text: str, expected: datetime) -> None:
    assert parse_when(text, now=NOW, zone=BERLIN) == expected


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "31.12.2025", "99999999999d", "5 parsecs"])
def test_nonsense_is_named_with_words_for_a_person(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no time; write 2026|too long ago"):
        parse_when(text, now=NOW, zone=BERLIN)


@given(st.text())
def test_any_text_is_a_time_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert parse_when(text, now=NOW, zone=UTC).tzinfo is not None
