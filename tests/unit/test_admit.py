"""Which articles a brief may use."""

from __future__ import annotations

from datetime import timedelta

from briefing.model import Interest, Publisher, Reason
from briefing.steps.admit import admit
from tests.made import NOW, article


def test_the_period_is_half_open_and_undated_articles_stay() -> None:
    early, first, last, late = (article(f"Text {i}.", published=NOW + timedelta(hours=i)) for i in (-1, 0, 23, 24))
    undated = article("Text without a date.", published=None)
    interest = Interest(since=NOW, until=NOW + timedelta(hours=24))
    admitted, dropped = admit([early, first, last, late, undated], interest, now=NOW + timedelta(days=2))
    assert admitted == (first, last, undated)
    assert [(d.reason, d.article) for d in dropped] == [
        (Reason.OUTSIDE_PERIOD, early.id),
        (Reason.OUTSIDE_PERIOD, late.id),
    ]
    assert "2026-03-05 17:00" in dropped[0].detail


def test_blocked_and_silenced_publishers_are_named_without_regard_to_case() -> None:
    a, b, c = (article("Text.", source=name) for name in ("The Post", "Herald", "Courier"))
    interest = Interest(publishers={"the post": Publisher(blocked=True), "HERALD": Publisher(weight=0)})
    admitted, dropped = admit([a, b, c], interest, now=NOW)
    assert admitted == (c,)
    assert [(d.reason, d.detail) for d in dropped] == [(Reason.BLOCKED, "The Post"), (Reason.BLOCKED, "Herald")]


def test_news_from_after_the_time_of_the_brief_is_left_out() -> None:
    now, later = article("Text.", published=NOW), article("Text of tomorrow.", published=NOW + timedelta(minutes=1))
    admitted, dropped = admit([now, later], Interest(), now=NOW)
    assert admitted == (now,)
    assert [(d.reason, d.article) for d in dropped] == [(Reason.OUTSIDE_PERIOD, later.id)]
    assert "after the time of the brief" in dropped[0].detail


def test_what_an_earlier_edition_was_made_of_is_not_told_again() -> None:
    told, new = article("Told."), article("New.")
    admitted, dropped = admit([told, new], Interest(seen=frozenset({told.id})), now=NOW)
    assert admitted == (new,)
    assert [(d.reason, d.article) for d in dropped] == [(Reason.EARLIER, told.id)]
