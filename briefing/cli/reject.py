"""``briefing reject``."""

from briefing.cli.review import reject as command

__all__ = ["command"]
