"""Where two independent sources give different numbers for the same thing."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Checked, Conflict


def find_conflicts(stories: Sequence[Checked]) -> tuple[Conflict, ...]:
    """Conflicts of number between independent sources of one story; ``story`` is the place in ``stories``."""
    return ()
