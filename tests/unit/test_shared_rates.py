"""Rates of a vendor are shared by whoever writes at the same time."""

from __future__ import annotations

from briefing.schedule.writing import shared_rates


def test_each_edition_gets_its_share_and_nothing_else_changes() -> None:
    model = {"requests_per_minute": 60.0, "tokens_per_minute": 90_000.0, "concurrency": 8}

    assert shared_rates(model, 6) == {"requests_per_minute": 10.0, "tokens_per_minute": 15_000.0, "concurrency": 8}


def test_a_share_is_never_nothing() -> None:
    assert shared_rates({"requests_per_minute": 2.0}, 8) == {"requests_per_minute": 1.0}


def test_without_a_rate_there_is_nothing_to_share() -> None:
    assert shared_rates({}, 4) == {}
    assert shared_rates({"requests_per_minute": None}, 4) == {"requests_per_minute": None}
