"""The reasons why an input could not be read; each is a ``Failure.reason`` and a ``SourceError.reason``."""

from __future__ import annotations

NOT_FOUND = "not found"
"""Nothing is at that path."""
UNREADABLE = "unreadable"
"""The operating system refuses to hand it out."""
EMPTY = "empty"
"""It holds no text: an empty file, a page without an article, a scanned PDF."""
ENCRYPTED = "encrypted"
"""It opens only with a password."""
TOO_LARGE = "too large"
"""It is over the limit of bytes, pages or nesting."""
DAMAGED = "damaged"
"""It is not what its ending says, or is broken beyond reading."""
UNSUPPORTED = "unsupported"
"""It is of a kind that is not read."""
TOO_SLOW = "too slow"
"""Reading it took longer than the limit of seconds."""

REASONS = (NOT_FOUND, UNREADABLE, EMPTY, ENCRYPTED, TOO_LARGE, DAMAGED, UNSUPPORTED, TOO_SLOW)
