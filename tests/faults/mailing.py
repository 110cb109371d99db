"""A channel to a server on loopback, for tests."""

from __future__ import annotations

from briefing.delivery.smtp import Smtp
from briefing.delivery.smtp_settings import Login, SmtpSettings
from briefing.editions import Message, Receipt
from tests.faults.smtp_server import SmtpServer

CONTENT = b"Subject: Morning\r\n\r\nThe Velm bridge was closed.\r\n.a dot\r\n..\r\n.\r\nThe end.\r\n"
LARGE = CONTENT + b"The Velm bridge was closed on Tuesday, the city of Ostrand said.\r\n" * 16_000
# More than the buffers of a connection hold, so that sending it is seen to fail.
HUGE = LARGE * 16


def message(content: bytes = CONTENT, recipient: str = "ana@news.example") -> Message:
    return Message("desk@news.example", recipient, "smtp", "<1@news.example>", (content[:20], content[20:]))


class Mailing:
    """A channel to a server, and how often it committed."""

    def __init__(
        self,
        server: SmtpServer,
        login: Login | None = None,
        *,
        host: str = "127.0.0.1",
        tls: str = "",
        ca_file: str = "",
        command_timeout: float = 20,
        reply_timeout: float = 20,
        per_connection: int = 100,
    ) -> None:
        settings = SmtpSettings(
            host,
            server.port,
            tls=tls,
            ca_file=ca_file,
            name="brief.test",
            command_timeout=command_timeout,
            reply_timeout=reply_timeout,
            per_connection=per_connection,
        )
        self.channel = Smtp(settings, login)
        self.commits = 0

    def send(self, content: bytes = CONTENT, recipient: str = "ana@news.example") -> Receipt:
        return self.channel.send(message(content, recipient), self.commit)

    def commit(self) -> None:
        self.commits += 1
