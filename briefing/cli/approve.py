"""``briefing approve``."""

from briefing.cli.review import approve as command

__all__ = ["command"]
