"""One connection to a mail server: the standard library's client with a time limit for each part of the dialogue."""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from contextlib import suppress

from briefing.delivery.smtp_settings import IMPLICIT, SmtpSettings

# A timeout of sendall counts for all that it is given, so a large message goes in pieces.
_PIECE = 1 << 18
# More than any server has to say at once.
_LONGEST = 1 << 16


class Session(smtplib.SMTP):
    """Not connected yet; ``connect`` does so, and speaks TLS at once where it is implicit.

    ``name`` is what the server is told this machine is called; without one the library finds it out. Raises
    ``OSError``, of which smtplib's and ssl's errors are, and ``ValueError``.
    """

    def __init__(self, settings: SmtpSettings, context: ssl.SSLContext | None, name: str = "") -> None:
        super().__init__(local_hostname=name or None, timeout=settings.connect_timeout)
        self._settings, self._encrypted_by = settings, context
        self._seconds = settings.command_timeout
        # What a certificate is compared with; smtplib takes it only where it connects at once.
        self._host = settings.host

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        # smtplib's own SMTP_SSL overrides this method too.
        connection = socket.create_connection((host, port), timeout)
        # The dot goes by itself, after the commit: it must not wait for an acknowledgement of what went before.
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(self._seconds)
        if self._settings.security == IMPLICIT and self._encrypted_by:
            return self._encrypted_by.wrap_socket(connection, server_hostname=host)
        return connection

    def getreply(self) -> tuple[int, bytes]:
        """As in the library, but the time counts for the whole reply, however slowly it comes."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        if self.file is None:
            self.file = _Lines(self.sock)
        self.file.begin(self._seconds)
        code, text = super().getreply()
        if self.sock:
            self.sock.settimeout(self._seconds)
        return code, text

    def wait_at_most(self, seconds: float) -> None:
        """From now on, sending and each reply may take so long."""
        self._seconds = seconds
        if self.sock:
            self.sock.settimeout(seconds)

    def body(self, content: bytes) -> None:
        """Sends what stands between ``DATA`` and the final dot."""
        for start in range(0, len(content), _PIECE):
            self.send(content[start : start + _PIECE])

    def quiet(self) -> None:
        """Raises where the server has closed the connection, or said something that it was not asked for."""
        if self.file and self.file.has_more():
            raise smtplib.SMTPServerDisconnected("the server spoke out of turn")
        if self.sock:
            self.sock.settimeout(self._seconds)

    def dot(self) -> None:
        """Ends the message.

        Where this raises, not all three bytes were given to the system: the server cannot have seen the end.
        """
        self.quiet()
        self.send(b".\r\n")


class _Lines:
    """The lines of replies, in place of the file that smtplib makes of a socket."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = bytearray()
        self._end = 0.0
        self._left = 0

    def begin(self, seconds: float) -> None:
        """A reply begins, for which there are so many seconds."""
        self._end = time.monotonic() + seconds
        self._left = _LONGEST

    def readline(self, limit: int) -> bytes:
        """One line, or what came before the end. Raises ``OSError``."""
        while (end := self._buffer.find(b"\n") + 1) == 0 and len(self._buffer) < limit:
            seconds = self._end - time.monotonic()
            if seconds <= 0:
                raise TimeoutError("timed out")
            self._connection.settimeout(seconds)
            more = self._connection.recv(4096)
            if not more:
                end = len(self._buffer)
                break
            self._buffer += more
        line = bytes(self._buffer[: min(end or limit, limit)])
        del self._buffer[: len(line)]
        self._left -= len(line)
        if self._left < 0:
            raise OSError("the reply has no end")
        return line

    def has_more(self) -> bool:
        """Whether something came that nobody has asked for. Raises ``OSError`` where the connection has ended."""
        self._connection.settimeout(0)
        with suppress(BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            more = self._connection.recv(4096)
            if not more:
                raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")
            self._buffer += more
        return bool(self._buffer)

    def close(self) -> None:
        """The socket is closed by whoever opened it."""
