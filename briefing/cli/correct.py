"""``briefing correct``."""

from briefing.cli.review import correct as command

__all__ = ["command"]
