"""What goes over the wire beside the message: the addresses of the envelope, and the body as ``DATA`` takes it."""

from __future__ import annotations

import re

# Dot-atoms on both sides (RFC 5321, 4.1.2), ASCII only: what is outside of it could end the command and begin another.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_ENDS = re.compile(rb"\r\n|\r|\n")


def is_address(text: str) -> bool:
    """Whether ``text`` is one plain mail address that can stand in ``MAIL FROM`` or ``RCPT TO``."""
    return bool(_ADDRESS.fullmatch(text))


def canonical(content: bytes) -> bytes:
    """``content`` with every line ended by CR LF, the last one too.

    A bare CR or LF is forbidden (RFC 5321, 2.3.8), and servers that take one for the end of a line can be made to see
    a second message in it.
    """
    ends = content.count(b"\r\n")
    if content.count(b"\r") != ends or content.count(b"\n") != ends:
        content = _ENDS.sub(b"\r\n", content)
    return content if content.endswith(b"\r\n") else content + b"\r\n"


def stuffed(content: bytes) -> bytes:
    """Canonical ``content`` with a dot before each line that begins with one (RFC 5321, 4.5.2)."""
    content = content.replace(b"\r\n.", b"\r\n..")
    return b"." + content if content.startswith(b".") else content
