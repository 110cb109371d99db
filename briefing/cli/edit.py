"""``briefing edit``."""

from briefing.cli.review import edit as command

__all__ = ["command"]
