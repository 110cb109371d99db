"""What is set of a mail server, and the login to it."""

from __future__ import annotations

import ipaddress
import os
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefing.errors import ConfigError
from briefing.text.suggest import did_you_mean

USER = "BRIEFING_SMTP_USER"
PASSWORD = "BRIEFING_SMTP_PASSWORD"
SERVICE = "briefing"
STARTTLS, IMPLICIT, NONE = "starttls", "implicit", "none"
_PORTS = {STARTTLS: 587, IMPLICIT: 465, NONE: 25}
_HOST = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9])?\.?|[0-9A-Fa-f:.]+")


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail server. Raises ``ConfigError`` for what cannot be meant.

    ``tls`` is ``starttls``, ``implicit`` or ``none``; empty for ``implicit`` on port 465, ``none`` on this machine,
    else ``starttls``. ``port`` 0 is the usual one: 587, 465 or 25. ``ca_file`` holds the certificates (PEM) that are
    trusted in place of the system's. ``name`` is what the server is told this machine is called.

    ``per_minute`` limits the messages of each process (0: no limit), ``per_connection`` those over one connection.
    Times are in seconds: after ``idle`` an unused connection is opened anew, and a refused sender asked for again;
    ``connect_timeout`` is for each address of the host, ``command_timeout`` for greeting and commands,
    ``reply_timeout`` for the reply to a whole message (RFC 5321, 4.5.3.2).
    """

    host: str
    port: int = 0
    tls: str = ""
    user: str = ""
    ca_file: str = ""
    name: str = ""
    per_minute: float = 0.0
    per_connection: int = 100
    idle: float = 60.0
    connect_timeout: float = 30.0
    command_timeout: float = 300.0
    reply_timeout: float = 600.0

    def __post_init__(self) -> None:
        if not _HOST.fullmatch(self.host):
            raise ConfigError(f"[smtp]: host is a name such as smtp.example.org, not {self.host!r}")
        if self.name and not _HOST.fullmatch(self.name):
            raise ConfigError(f"[smtp]: name is a host's name such as brief.example.org, not {self.name!r}")
        if self.tls and self.tls not in _PORTS:
            hint = did_you_mean(self.tls, _PORTS)
            raise ConfigError(f"[smtp]: tls is 'starttls', 'implicit' or 'none', not {self.tls!r}{hint}")
        if not 0 <= self.port <= 65535:
            raise ConfigError(f"[smtp]: port is from 1 to 65535, not {self.port}")
        if self.ca_file and not Path(self.ca_file).is_file():
            raise ConfigError(f"[smtp]: ca_file {self.ca_file!r} is not a file")
        if not 0 <= self.per_minute < 1_000_000:
            raise ConfigError(f"[smtp]: per_minute is 0 (no limit) or more, not {self.per_minute:g}")
        if self.per_connection < 1:
            raise ConfigError(f"[smtp]: per_connection is 1 or more, not {self.per_connection}")
        for key in ("idle", "connect_timeout", "command_timeout", "reply_timeout"):
            if not 0 < getattr(self, key) <= 86_400:
                raise ConfigError(f"[smtp]: {key} is in seconds, above 0 and at most a day, not {getattr(self, key):g}")

    @property
    def security(self) -> str:
        """``tls`` as it is meant."""
        if self.tls:
            return self.tls
        if self.port == _PORTS[IMPLICIT]:
            return IMPLICIT
        return NONE if self.local else STARTTLS

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return self.host, self.port or _PORTS[self.security]

    @property
    def local(self) -> bool:
        """Whether the server is on this machine."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Login:
    """A user and a password, which stays out of ``repr``. Raises ``ConfigError`` for what no server can be told."""

    user: str
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        if not (self.user + self.password).isprintable():
            raise ConfigError("the mail server's user or password holds a line break or another control character")

    @property
    def plain(self) -> str:
        """Both as the mechanism PLAIN sends them (RFC 4616)."""
        return _base64(f"\0{self.user}\0{self.password}")

    def hidden(self, text: str) -> str:
        """``text`` of a server, unless it repeats the login or eight characters of it, whatever their case."""
        folded = text.casefold()
        for form in (self.password, _base64(self.password), self.plain):
            parts = (form[i : i + 8].casefold() for i in range(max(1, len(form) - 7)))
            if form and any(part in folded for part in parts):
                return "[it repeats the login]"
        return text


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def login_for(
    settings: SmtpSettings,
    environ: Mapping[str, str] | None = None,
    keyring: Callable[[str, str], str | None] | None = None,
) -> Login | None:
    """The login to that server, or None where none is set.

    The user is ``BRIEFING_SMTP_USER`` or the setting, the password ``BRIEFING_SMTP_PASSWORD`` or the system's keyring
    (service ``briefing``, user the host). Raises ``ConfigError`` where one is without the other, and where the password
    would go over the network unencrypted.
    """
    environ = os.environ if environ is None else environ
    user = environ.get(USER, "").strip() or settings.user
    password = environ.get(PASSWORD, "")
    if not user and not password:
        return None
    if not user:
        raise ConfigError(f"{PASSWORD} is set, but no user; type: export {USER}=...")
    password = password or (keyring or _from_keyring)(SERVICE, settings.host) or ""
    if not password:
        raise ConfigError(
            f"{settings.host} has the user {user!r}, but no password; type: export {PASSWORD}=... "
            f"or: keyring set {SERVICE} {settings.host}"
        )
    if settings.security == NONE and not settings.local:
        raise ConfigError(
            f'[smtp]: tls = "none" would send the password to {settings.host} unencrypted; write tls = "starttls"'
        )
    return Login(user, password)


def _from_keyring(service: str, user: str) -> str | None:
    # An optional library; where there is none, or no keyring behind it, the environment is all there is.
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(service, user)
    except KeyringError:
        return None
