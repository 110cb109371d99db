"""Two schedulers and three workers on one PostgreSQL: each edition once, and nobody starves."""

from __future__ import annotations

from pathlib import Path

from tests.faults.many import AT_ONCE, COMMANDS, many

BIG, SMALL = 31, 9


def test_a_big_tenant_does_not_starve_the_others(tmp_path: Path, postgres_url: str) -> None:
    report = many(tmp_path, postgres_url, big=BIG, small=SMALL)

    assert report.wrong == ()
    assert report.done == report.editions == BIG + SMALL
    assert (report.lost, report.uncertain) == (0, 0)
    assert set(report.got.values()) == {1}
    assert len(report.got) == BIG + SMALL
    # Before it at most one edition of each other tenant, and what is under way when it comes.
    assert report.last_small <= SMALL + 1 + len(COMMANDS) * AT_ONCE, str(report)
