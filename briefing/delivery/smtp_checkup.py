"""A mail server step by step, without a message: where it is, its certificate, what it offers, who may send."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from briefing.delivery.smtp import FOREIGN, Smtp
from briefing.delivery.smtp_session import Session
from briefing.delivery.smtp_settings import IMPLICIT, NONE, PASSWORD, STARTTLS, USER, Login, SmtpSettings
from briefing.errors import ConfigError, DeliveryError

# Whoever sits before the screen does not wait for minutes, as a message may.
_PATIENCE = {"connect_timeout": 10.0, "command_timeout": 30.0}
_SOON = timedelta(days=14)


class Finding(NamedTuple):
    """One step: what was found there, and the line to type where it is not ``well``.

    Mail goes out without what is not ``needed``.
    """

    name: str
    well: bool
    detail: str
    mend: str = ""
    needed: bool = True


def examine(settings: SmtpSettings, login: Login | None, sender: str, now: datetime) -> Iterator[Finding]:
    """Takes the steps in their order, until one fails without which there is no next."""
    settings = replace(settings, **{name: min(getattr(settings, name), most) for name, most in _PATIENCE.items()})
    host, port = settings.address
    try:
        found = sorted({str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    except (OSError, UnicodeError) as error:
        yield Finding("Mail server", False, f"{host} has no address: {error}", f"getent hosts {host}")
        return
    yield Finding("Mail server", True, f"{host} is {', '.join(found)}")
    met = [*_connection(settings, now)]
    yield from met
    if all(finding.well or not finding.needed for finding in met):
        yield from _sending(settings, login, sender)


def _connection(settings: SmtpSettings, now: datetime) -> Iterator[Finding]:
    host, port = settings.address
    try:
        context = None
        if settings.security != NONE:
            context = ssl.create_default_context(cafile=settings.ca_file or None)
        session = Session(settings, context, settings.name)
    except (*FOREIGN, ConfigError) as error:
        yield Finding("Connection", False, _words(error), "name certificates in PEM: ca_file in [smtp]")
        return
    try:
        try:
            code, text = session.connect(host, port)
        except ssl.SSLError as error:
            yield _untrusted(settings, error)
            return
        except FOREIGN as error:
            yield Finding("Connection", False, f"{host}:{port}: {_words(error)}", f"nc -vz {host} {port}")
            return
        if code != 220:
            yield Finding("Connection", False, f"{host}:{port} greets with {code} {_said(text)}")
            return
        yield Finding("Connection", True, f"{host}:{port}, {_said(text)[:80]}")
        yield from _dialogue(session, settings, context, now)
    except FOREIGN as error:
        yield Finding("Connection", False, f"{host}:{port}: {_words(error)}")
    finally:
        session.close()


def _dialogue(
    session: Session, settings: SmtpSettings, context: ssl.SSLContext | None, now: datetime
) -> Iterator[Finding]:
    session.ehlo()
    if settings.security == STARTTLS and context:
        if not session.has_extn("starttls"):
            mend = 'tls = "implicit" in [smtp], with port = 465'
            yield Finding("Encryption", False, "the server offers no STARTTLS", mend)
            return
        try:
            session.starttls(context=context)
        except ssl.SSLError as error:
            yield _untrusted(settings, error)
            return
        session.ehlo()
    yield _encryption(session, settings, now)
    features = session.esmtp_features
    size = features.get("size", "")
    offered = [
        f"up to {int(size):,} bytes" if size.isdecimal() and int(size) else "no limit of size is told",
        f"logins by {' '.join(features['auth'].split())}" if features.get("auth", "").strip() else "no login",
        *(["8-bit text"] if "8bitmime" in features else []),
    ]
    yield Finding("Offers", True, ", ".join(offered))
    session.docmd("QUIT")


def _encryption(session: Session, settings: SmtpSettings, now: datetime) -> Finding:
    if not isinstance(session.sock, ssl.SSLSocket):
        detail = "none; whoever is between reads every mail"
        return Finding("Encryption", settings.local, detail, 'tls = "starttls" in [smtp]', needed=False)
    certificate = session.sock.getpeercert() or {}
    names = [str(entry[1]) for entry in certificate.get("subjectAltName", ())]
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
    how = "from the beginning" if settings.security == IMPLICIT else "by STARTTLS"
    detail = f"{session.sock.version()} {how}, a certificate for {', '.join(names[:3])} until {until:%Y-%m-%d}"
    return Finding("Encryption", until - now > _SOON, detail, "have the server's certificate renewed", needed=False)


def _sending(settings: SmtpSettings, login: Login | None, sender: str) -> Iterator[Finding]:
    # As for a message, by what sends them.
    try:
        Smtp(settings, login).check()
    except (DeliveryError, ConfigError) as error:
        yield Finding("Login", False, str(error), f"export {USER}=... {PASSWORD}=...")
        return
    yield Finding("Login", True, f"as {login.user}" if login else "none is set, and none is needed to connect")
    try:
        Smtp(settings, login).check(sender)
    except (DeliveryError, ConfigError) as error:
        yield Finding("Sender", False, f"{sender}: {error}", 'from = "..." in [smtp], an address of this login')
        return
    yield Finding("Sender", True, f"mail from {sender} is taken")
    try:
        Smtp(settings, login).check(sender, sender)
    except (DeliveryError, ConfigError) as error:
        detail = f"mail to {sender} is not taken: {error}"
        yield Finding("Recipient", False, detail, "answers to the brief would come back; make that mailbox", False)
        return
    yield Finding("Recipient", True, f"mail to {sender} is taken; nothing was sent")


def _untrusted(settings: SmtpSettings, error: ssl.SSLError) -> Finding:
    if isinstance(error, ssl.SSLCertVerificationError):
        detail = f"the certificate of {settings.host} cannot be trusted: {error.verify_message}"
        return Finding("Encryption", False, detail, 'ca_file = "your-ca.pem" in [smtp], or the name that it is for')
    other = STARTTLS if settings.security == IMPLICIT else IMPLICIT
    return Finding("Encryption", False, _words(error), f'tls = "{other}" in [smtp], with its port')


def _words(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _said(text: bytes | str) -> str:
    return " ".join((text if isinstance(text, str) else text.decode("utf-8", "replace")).split())
