"""A real SMTP server on loopback that fails at each step when it is told to: aiosmtpd in a thread of this process."""

from __future__ import annotations

import asyncio
import ssl
import threading
import weakref
from collections import deque
from concurrent.futures import Future
from enum import Enum
from typing import Any, AnyStr, NamedTuple, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

# Where it can fail: before the greeting, to each command, while it reads the message, when it has read the final dot
# ("end"), and when it has kept the message and not yet answered ("kept").
STEPS = ("connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "body", "end", "kept")


class Wire(Enum):
    """What becomes of the connection in place of a reply."""

    DROP = "drop"
    STALL = "stall"


Fault = str | bytes | Wire | None


class Got(NamedTuple):
    """A message that the server kept."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class SmtpServer:
    """Takes mail while the ``with`` block runs.

        with SmtpServer() as server:
            server.fail("rcpt", "450 4.2.1 Try later", None)   # the first recipient; the next one is taken

    ``tls`` makes it offer STARTTLS, or, with ``implicit``, speak TLS from the beginning. With ``login`` a client must
    have logged in as that user with that password. ``size`` is the largest message. ``got`` is what was kept,
    ``commands`` what was said to it, ``connections`` how many there were.
    """

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        implicit: bool = False,
        login: tuple[str, str] | None = None,
        mechanisms: tuple[str, ...] = ("PLAIN", "LOGIN"),
        size: int = 1 << 25,
        extensions: bool = True,
        port: int = 0,
    ) -> None:
        self.tls, self.implicit, self.login, self.mechanisms = tls, implicit, login, mechanisms
        self.size, self.extensions = size, extensions
        self.got: list[Got] = []
        self.commands: list[str] = []
        self.connections = 0
        self.dialogues: weakref.WeakSet[_Dialogue] = weakref.WeakSet()
        self._faults: dict[str, deque[Fault]] = {}
        self._wanted = port
        self._port: Future[int] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="mail server", daemon=True)

    @property
    def port(self) -> int:
        return self._port.result(timeout=30)

    def fail(self, step: str, *faults: Fault) -> Self:
        """What happens at that step, one each time; the last one stays. None is no fault.

        In a reply to AUTH ``{said}`` is what the client said, ``{said:.30}`` a part of it, ``{said!u}`` its capitals.
        """
        assert step in STEPS, step
        self._faults[step] = deque(faults)
        return self

    def clear(self) -> None:
        """Forgets faults and messages."""
        self._faults.clear()
        self.got.clear()
        self.commands.clear()
        self.connections = 0

    def drop_all(self) -> None:
        """Drops every connection; returns when that is done."""
        assert self._loop
        asyncio.run_coroutine_threadsafe(self._abort(), self._loop).result(timeout=30)

    def fault(self, step: str) -> Fault:
        """The fault whose turn it is at that step."""
        waiting = self._faults.get(step)
        if not waiting:
            return None
        return waiting.popleft() if len(waiting) > 1 else waiting[0]

    def __enter__(self) -> Self:
        self._thread.start()
        self._port.result(timeout=30)
        return self

    def __exit__(self, *error: object) -> None:
        if self._loop and self._stop and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(timeout=30)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        # What clients leave in the middle is what the tests are about.
        self._loop.set_exception_handler(lambda loop, context: None)
        try:
            listener = await self._loop.create_server(
                lambda: _Dialogue(self), "127.0.0.1", self._wanted, ssl=self.tls if self.implicit else None
            )
        except OSError as error:
            self._port.set_exception(error)
            return
        self._port.set_result(listener.sockets[0].getsockname()[1])
        await self._stop.wait()
        listener.close()
        await self._abort()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _abort(self) -> None:
        for dialogue in self.dialogues:
            if isinstance(dialogue.transport, asyncio.WriteTransport):
                dialogue.transport.abort()
        # Transports end in the loop's next turns.
        await asyncio.sleep(0.02)


class _Kept:
    """What aiosmtpd asks when a message is whole."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    async def handle_DATA(self, dialogue: SMTP, session: Session, envelope: Envelope) -> str | bytes:
        assert isinstance(dialogue, _Dialogue)
        assert isinstance(envelope.content, bytes)
        fault = self._server.fault("end")
        if isinstance(fault, str | bytes):
            return fault
        await dialogue.suffer(fault)
        got = Got(envelope.mail_from or "", tuple(a or "" for a in envelope.rcpt_tos), envelope.content)
        self._server.got.append(got)
        fault = self._server.fault("kept")
        if isinstance(fault, str | bytes):
            return fault
        await dialogue.suffer(fault)
        return "250 2.0.0 Kept"


class _Dialogue(SMTP):
    """One connection."""

    def __init__(self, server: SmtpServer) -> None:
        super().__init__(
            _Kept(server),
            data_size_limit=server.size,
            hostname="mail.test",
            ident="ESMTP",
            tls_context=None if server.implicit else server.tls,
            auth_require_tls=False,
            auth_exclude_mechanism=[m for m in ("PLAIN", "LOGIN") if m not in server.mechanisms or not server.login],
            authenticator=self._allowed,
            loop=asyncio.get_running_loop(),
        )
        # As an argument it warns of the missing encryption, which on loopback nobody misses.
        self._auth_required = bool(server.login)
        self._server = server
        server.dialogues.add(self)
        self._greeted = False

    async def suffer(self, fault: Fault) -> None:
        """Drops the connection or lets it stall; returns at once where that is not what is to happen."""
        if isinstance(fault, Wire):
            if fault is Wire.DROP and self.transport:
                assert isinstance(self.transport, asyncio.WriteTransport)
                self.transport.abort()
            # Ends when the client is gone.
            await asyncio.sleep(3600)

    async def push(self, status: AnyStr) -> None:
        text = status if isinstance(status, str) else status.decode("latin-1")
        if not self._greeted:
            self._greeted = True
            self._server.connections += 1
            if await self._fails("connect"):
                return
        await super().push(status)
        if text.startswith("421") and self.transport:
            self.transport.close()
        if text.startswith("354") and (fault := self._server.fault("body")):
            await self._reader.readline()
            await self.suffer(fault)

    async def smtp_EHLO(self, hostname: str) -> None:
        self._server.commands.append(f"EHLO {hostname}")
        if await self._fails("ehlo"):
            return
        if self._server.extensions:
            await super().smtp_EHLO(hostname)
        else:
            assert self.session
            self.session.host_name, self.session.extended_smtp = hostname, True
            await self.push("250 mail.test")

    async def smtp_STARTTLS(self, arg: str) -> None:
        self._server.commands.append("STARTTLS")
        if not await self._fails("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        self._server.commands.append(f"AUTH {arg}")
        if not await self._fails("auth", arg):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        self._server.commands.append(f"MAIL {arg}")
        if not await self._fails("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        self._server.commands.append(f"RCPT {arg}")
        if not await self._fails("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        self._server.commands.append("DATA")
        if not await self._fails("data"):
            await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str) -> None:
        self._server.commands.append("RSET")
        await super().smtp_RSET(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        self._server.commands.append("QUIT")
        await super().smtp_QUIT(arg)

    async def _fails(self, step: str, said: str = "") -> bool:
        fault = self._server.fault(step)
        if isinstance(fault, str):
            for mark, words in (("{said}", said), ("{said:.30}", said[:30]), ("{said!u}", said.upper())):
                fault = fault.replace(mark, words)
            await super().push(fault)
            if fault.startswith("421") and self.transport:
                self.transport.close()
            return True
        if isinstance(fault, bytes):
            await super().push(fault)
            return True
        await self.suffer(fault)
        return False

    def _allowed(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        user, password = self._server.login or ("", "")
        return AuthResult(success=(data.login.decode(), data.password.decode()) == (user, password), handled=False)
