"""Encryption and logins over real SMTP on loopback."""

from __future__ import annotations

import base64
import traceback

import pytest

from briefing.delivery.smtp_settings import Login
from briefing.editions import Outcome
from briefing.errors import DeliveryError
from tests.faults.certificates import Authority
from tests.faults.mailing import LARGE, Mailing, message
from tests.faults.smtp_server import Fault, SmtpServer, Wire

SENT, DEFERRED, UNKNOWN = Outcome.SENT, Outcome.DEFERRED, Outcome.UNKNOWN


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_trusted_certificate(authority: Authority, implicit: bool, host: str) -> None:
    with SmtpServer(tls=authority.server("good"), implicit=implicit) as server:
        tls = "implicit" if implicit else "starttls"
        mailing = Mailing(server, host=host, tls=tls, ca_file=str(authority.file))
        assert {mailing.send().outcome for _ in range(3)} == {SENT}
        assert mailing.send(LARGE).outcome is SENT
        assert server.connections == 1
        assert server.commands.count("STARTTLS") == (not implicit)
        server.fail("kept", Wire.DROP, None)
        assert mailing.send().outcome is UNKNOWN
        assert mailing.channel.send(message(), server.drop_all).outcome is DEFERRED
        mailing.channel.close()


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "implicit"])
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("self-signed", "self-signed certificate"),
        ("unknown", "unable to get local issuer certificate"),
        ("expired", "certificate has expired"),
        ("other", "IP address mismatch"),
    ],
)
def test_a_certificate_that_nobody_may_trust(authority: Authority, kind: str, words: str, implicit: bool) -> None:
    context = {
        "self-signed": lambda: authority.server("own", signed=False),
        "unknown": lambda: authority.server("good"),
        "expired": lambda: authority.server("old", until=-1),
        "other": lambda: authority.server("other", host="mail.other.example"),
    }[kind]()
    ca_file = "" if kind == "unknown" else str(authority.file)
    tls = "implicit" if implicit else "starttls"
    with SmtpServer(tls=context, implicit=implicit, login=("desk", "secret word")) as server:
        mailing = Mailing(server, Login("desk", "secret word"), tls=tls, ca_file=ca_file)
        receipt = mailing.send()
        assert (receipt.outcome, receipt.pause, mailing.commits) == (DEFERRED, True, 0)
        assert words in receipt.reply
        assert "ca_file" in receipt.reply
        # Nothing was told to whoever that is, least of all the password.
        assert not any(c.startswith(("AUTH", "MAIL")) for c in server.commands)
        assert not server.got


def test_a_server_without_tls_where_it_is_wanted() -> None:
    with SmtpServer() as server:
        receipt = Mailing(server, tls="starttls").send()
        assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
        assert "offers no STARTTLS" in receipt.reply
        receipt = Mailing(server, tls="implicit").send()
        assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
        assert server.commands == ["EHLO brief.test"]


@pytest.mark.parametrize(
    "fault",
    ["454 4.7.0 Not now", "501 no", "554 5.7.3 no", Wire.DROP, Wire.STALL, b"220 go on\r\n250 injected"],
    ids=str,
)
def test_encryption_that_does_not_begin(authority: Authority, fault: Fault) -> None:
    with SmtpServer(tls=authority.server("good")) as server:
        server.fail("starttls", fault)
        ca = str(authority.file)
        mailing = Mailing(server, tls="starttls", ca_file=ca, command_timeout=0.3)
        receipt = mailing.send()
        assert (receipt.outcome, receipt.pause, mailing.commits, server.got) == (DEFERRED, True, 0, [])
        assert not any(c.startswith("MAIL") for c in server.commands)


@pytest.mark.parametrize("mechanisms", [("PLAIN", "LOGIN"), ("PLAIN",), ("LOGIN",)], ids="+".join)
def test_a_login(mechanisms: tuple[str, ...]) -> None:
    with SmtpServer(login=("desk@news.example", "secret word"), mechanisms=mechanisms) as server:
        mailing = Mailing(server, Login("desk@news.example", "secret word"))
        assert {mailing.send().outcome for _ in range(2)} == {SENT}
        assert len([c for c in server.commands if c.startswith("AUTH")]) == 1
        mailing.channel.close()


def test_a_password_that_is_not_ascii() -> None:
    with SmtpServer(login=("desk", "Schlüssel")) as server:
        mailing = Mailing(server, Login("desk", "Schlüssel"))
        assert mailing.send().outcome is SENT
        mailing.channel.close()
    with SmtpServer(login=("desk", "Schlüssel"), mechanisms=("LOGIN",)) as server:
        receipt = Mailing(server, Login("desk", "Schlüssel")).send()
        assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
        assert "ASCII" in receipt.reply


@pytest.mark.parametrize("mechanisms", [("PLAIN",), ("LOGIN",)], ids="+".join)
def test_a_wrong_password_burns_nobody(mechanisms: tuple[str, ...]) -> None:
    with SmtpServer(login=("desk", "secret word"), mechanisms=mechanisms) as server:
        mailing = Mailing(server, Login("desk", "another word"))
        receipt = mailing.send()
        assert (receipt.outcome, receipt.suppress, receipt.pause) == (DEFERRED, False, True)
        assert receipt.reply.startswith("535 5.7.8")
        assert "BRIEFING_SMTP_PASSWORD" in receipt.reply
        # Once and no more: servers lock accounts.
        assert len([c for c in server.commands if c.startswith("AUTH")]) == 1


def test_a_missing_login_burns_nobody() -> None:
    with SmtpServer(login=("desk", "secret word")) as server:
        mailing = Mailing(server)
        receipt = mailing.send()
        assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
        assert "BRIEFING_SMTP_USER" in receipt.reply
        mailing.channel.close()
    with SmtpServer() as server:
        receipt = Mailing(server, Login("desk", "secret word")).send()
        assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
        assert "offers no login" in receipt.reply


@pytest.mark.parametrize(
    "fault",
    ["535 5.7.8 I do not know {said}", "454 4.7.0 {said:.30}?", "500 {said!u}", "334 go on", Wire.DROP, Wire.STALL],
    ids=["echo", "part", "capitals", "challenge", "drop", "stall"],
)
@pytest.mark.parametrize("mechanisms", [("PLAIN",), ("LOGIN",)], ids="+".join)
def test_the_password_stays_out_of_all_words(fault: Fault, mechanisms: tuple[str, ...]) -> None:
    with SmtpServer(login=("desk", "secret word"), mechanisms=mechanisms) as server:
        server.fail("auth", fault)
        login = Login("desk", "secret word")
        mailing = Mailing(server, login, command_timeout=0.3)
        receipt = mailing.send()
        assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
        encoded = base64.b64encode(b"\0desk\0secret word").decode()
        for words in (receipt.reply, repr(login), repr(mailing.channel), repr(mailing.channel.settings)):
            for secret in ("secret word", encoded, encoded[:20], base64.b64encode(b"secret word").decode()):
                assert secret.lower() not in words.lower()


def test_a_server_can_be_checked_without_a_message(authority: Authority) -> None:
    login = Login("desk", "secret word")
    with SmtpServer(tls=authority.server("good"), login=("desk", "secret word"), size=10_000) as server:
        mailing = Mailing(server, login, tls="starttls", ca_file=str(authority.file))
        words = mailing.channel.check("desk@news.example")
        assert words == f"127.0.0.1:{server.port}, TLSv1.3, logged in as desk, takes up to 10,000 bytes"
        assert server.commands[-3:] == ["MAIL FROM:<desk@news.example>", "RSET", "QUIT"]
        server.fail("mail", "553 5.7.1 <desk@news.example>: Sender address rejected: not owned by user desk")
        with pytest.raises(DeliveryError, match="not owned by user desk"):
            mailing.channel.check("desk@news.example")
        server.fail("auth", "535 5.7.8 {said}")
        with pytest.raises(DeliveryError, match="BRIEFING_SMTP_PASSWORD") as caught:
            mailing.channel.check()
        shown = "".join(traceback.format_exception(caught.value))
        assert base64.b64encode(b"\0desk\0secret word").decode() not in shown
        server.fail("connect", Wire.DROP)
        with pytest.raises(DeliveryError, match="unexpectedly closed"):
            mailing.channel.check()
        with pytest.raises(DeliveryError, match="is not a mail address"):
            mailing.channel.check("desk")
        assert server.got == []
