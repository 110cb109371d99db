"""What is decided about mail servers without one: settings, logins, replies, envelopes, the pace."""

from __future__ import annotations

import inspect
import smtplib
import socket
import ssl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.delivery.envelope import canonical, is_address, stuffed
from briefing.delivery.pace import Pace
from briefing.delivery.smtp import FOREIGN
from briefing.delivery.smtp_replies import Step, judged
from briefing.delivery.smtp_settings import Login, SmtpSettings, login_for
from briefing.editions import Outcome
from briefing.errors import ConfigError

SENT, DEFERRED, REFUSED, UNKNOWN = Outcome.SENT, Outcome.DEFERRED, Outcome.REFUSED, Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("given", "security", "address"),
    [
        (SmtpSettings("smtp.example.org"), "starttls", ("smtp.example.org", 587)),
        (SmtpSettings("smtp.example.org", 25), "starttls", ("smtp.example.org", 25)),
        (SmtpSettings("smtp.example.org", 465), "implicit", ("smtp.example.org", 465)),
        (SmtpSettings("smtp.example.org", tls="implicit"), "implicit", ("smtp.example.org", 465)),
        (SmtpSettings("smtp.example.org", tls="none"), "none", ("smtp.example.org", 25)),
        (SmtpSettings("localhost", 1025), "none", ("localhost", 1025)),
        (SmtpSettings("127.0.0.1"), "none", ("127.0.0.1", 25)),
        (SmtpSettings("::1"), "none", ("::1", 25)),
        (SmtpSettings("localhost", tls="starttls"), "starttls", ("localhost", 587)),
        (SmtpSettings("localhost.example.org"), "starttls", ("localhost.example.org", 587)),
        (SmtpSettings("192.0.2.7"), "starttls", ("192.0.2.7", 587)),
    ],
)
def test_encryption_is_left_out_only_on_this_machine_or_when_asked(
    given: SmtpSettings, security: str, address: tuple[str, int]
) -> None:
    assert (given.security, given.address) == (security, address)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("host", "", "host is a name"),
        ("host", "smtp.example.org:587", "host is a name"),
        ("host", "smtp://smtp.example.org", "host is a name"),
        ("host", "smtp.example.org\r\nQUIT", "host is a name"),
        ("host", "-x", "host is a name"),
        ("name", "my host", "name is a host's name"),
        ("tls", "startls", "did you mean 'starttls'?"),
        ("tls", "off", "tls is 'starttls', 'implicit' or 'none'"),
        ("port", 70_000, "port is from 1 to 65535"),
        ("ca_file", "/no/such/file.pem", "is not a file"),
        ("per_minute", -1, "per_minute"),
        ("per_minute", float("nan"), "per_minute"),
        ("per_connection", 0, "per_connection"),
        ("idle", 0, "idle is in seconds"),
        ("reply_timeout", float("inf"), "reply_timeout is in seconds"),
    ],
)
def test_settings_that_cannot_be_meant(key: str, value: object, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        SmtpSettings(**{"host": "smtp.example.org", key: value})  # type: ignore[arg-type]


def test_timeouts_are_those_of_the_standard() -> None:
    settings = SmtpSettings("smtp.example.org")
    assert settings.command_timeout >= 300
    assert settings.reply_timeout >= 600


def test_a_login_from_the_environment_or_the_keyring() -> None:
    def keyring(service: str, user: str) -> str | None:
        return {("briefing", "smtp.example.org"): "of the keyring"}.get((service, user))

    settings = SmtpSettings("smtp.example.org", user="desk")
    both = {"BRIEFING_SMTP_USER": "press", "BRIEFING_SMTP_PASSWORD": "of the environment"}
    assert login_for(settings, both, keyring) == Login("press", "of the environment")
    assert login_for(settings, {}, keyring) == Login("desk", "of the keyring")
    assert login_for(SmtpSettings("smtp.example.org"), {}, keyring) is None


def test_a_login_that_is_not_whole() -> None:
    settings = SmtpSettings("smtp.example.org")
    with pytest.raises(ConfigError, match="no password; type: export BRIEFING_SMTP_PASSWORD"):
        login_for(settings, {"BRIEFING_SMTP_USER": "desk"}, lambda service, user: None)
    with pytest.raises(ConfigError, match="no user; type: export BRIEFING_SMTP_USER"):
        login_for(settings, {"BRIEFING_SMTP_PASSWORD": "secret word"})
    with pytest.raises(ConfigError, match="line break") as caught:
        login_for(settings, {"BRIEFING_SMTP_USER": "desk", "BRIEFING_SMTP_PASSWORD": "secret\r\nword"})
    assert "secret" not in str(caught.value)
    for wrong in ("\0", "\udcff", "\x7f"):
        with pytest.raises(ConfigError, match="control character"):
            Login("desk", wrong)


def test_a_password_does_not_travel_in_the_open() -> None:
    environ = {"BRIEFING_SMTP_USER": "desk", "BRIEFING_SMTP_PASSWORD": "secret word"}
    with pytest.raises(ConfigError, match="unencrypted") as caught:
        login_for(SmtpSettings("smtp.example.org", tls="none"), environ)
    assert "secret word" not in str(caught.value)
    assert login_for(SmtpSettings("localhost"), environ)
    assert "secret word" not in repr(Login("desk", "secret word"))


@pytest.mark.parametrize(
    ("step", "code", "text", "outcome", "suppress", "pause"),
    [
        # Nobody is there: nothing more is sent to them.
        (Step.RCPT, 550, "5.1.1 <ana@news.example>: Recipient address rejected: User unknown", REFUSED, True, False),
        (Step.RCPT, 550, "5.1.2 Bad destination system", REFUSED, True, False),
        (Step.RCPT, 553, "5.1.3 Bad address syntax", REFUSED, True, False),
        (Step.RCPT, 550, "5.1.6 Mailbox has moved", REFUSED, True, False),
        (Step.RCPT, 550, "5.1.10 Null MX", REFUSED, True, False),
        (Step.RCPT, 550, "5.2.1 Mailbox disabled", REFUSED, True, False),
        (Step.RCPT, 550, "No such user here", REFUSED, True, False),
        (Step.RCPT, 551, "User unknown; not local", REFUSED, True, False),
        (Step.END, 550, "5.1.1 User unknown", REFUSED, True, False),
        # Somebody is there who does not take this.
        (Step.RCPT, 552, "5.2.2 Mailbox full", REFUSED, False, False),
        (Step.RCPT, 550, "5.7.1 Blocked by policy", REFUSED, False, False),
        (Step.RCPT, 550, "Requested action not taken: mailbox unavailable", REFUSED, False, False),
        (Step.RCPT, 554, "Transaction failed", REFUSED, False, False),
        (Step.RCPT, 550, "4.2.2 which contradicts itself", REFUSED, False, False),
        (Step.END, 554, "5.6.0 Content not accepted", REFUSED, False, False),
        (Step.END, 552, "5.3.4 Message too big", REFUSED, False, False),
        (Step.END, 550, "No such content, invalid", REFUSED, False, False),
        (Step.MAIL, 552, "5.3.4 Message too big", REFUSED, False, False),
        (Step.DATA, 554, "5.5.1 No valid recipients", REFUSED, False, False),
        # It is us who are not liked: nobody pays for it.
        (Step.MAIL, 550, "5.7.1 Sender address rejected", DEFERRED, False, False),
        (Step.MAIL, 553, "5.1.8 Sender's domain not found", DEFERRED, False, False),
        (
            Step.RCPT,
            550,
            "5.1.8 <desk@news.example>: Sender address rejected: Domain not found",
            DEFERRED,
            False,
            False,
        ),
        (Step.RCPT, 550, "5.1.7 Bad sender", DEFERRED, False, False),
        (Step.RCPT, 530, "5.7.0 Authentication required", DEFERRED, False, True),
        (Step.MAIL, 535, "5.7.8 Bad credentials", DEFERRED, False, True),
        (Step.RCPT, 554, "5.7.1 <ana@news.example>: Relay access denied", DEFERRED, False, False),
        (Step.RCPT, 550, "relay not permitted", DEFERRED, False, False),
        (Step.RCPT, 554, "5.7.1 <unknown[192.0.2.7]>: Client host rejected: Access denied", DEFERRED, False, False),
        (Step.END, 550, "5.7.26 This mail is unauthenticated", DEFERRED, False, False),
        (Step.AUTH, 535, "5.7.8 Error: authentication failed", DEFERRED, False, True),
        (Step.CONNECT, 554, "No SMTP service here", DEFERRED, False, True),
        (Step.EHLO, 502, "Command not implemented", DEFERRED, False, True),
        (Step.STARTTLS, 454, "4.7.0 TLS not available", DEFERRED, False, True),
        # Later.
        (Step.RCPT, 450, "4.2.0 Greylisted", DEFERRED, False, False),
        (Step.RCPT, 452, "4.2.2 Over quota", DEFERRED, False, False),
        (Step.RCPT, 452, "4.3.1 Insufficient system storage", DEFERRED, False, True),
        (Step.END, 451, "4.3.0 Queue file write error", DEFERRED, False, False),
        (Step.END, 421, "4.3.2 Shutting down", DEFERRED, False, True),
        (Step.MAIL, 451, "4.3.0 Try again", DEFERRED, False, False),
        (Step.DATA, 250, "in place of 354", DEFERRED, False, False),
        # An answer that is none.
        (Step.END, 250, "2.0.0 Ok: queued as 4711", SENT, False, False),
        (Step.END, 299, "", SENT, False, False),
        (Step.END, 354, "go on", UNKNOWN, False, False),
        (Step.END, -1, "", UNKNOWN, False, False),
        (Step.END, 199, "", UNKNOWN, False, False),
        (Step.END, 600, "", UNKNOWN, False, False),
    ],
)
def test_what_a_reply_means(step: Step, code: int, text: str, outcome: Outcome, suppress: bool, pause: bool) -> None:
    receipt = judged(step, code, text)
    assert (receipt.outcome, receipt.suppress, receipt.pause) == (outcome, suppress, pause)


@given(step=st.sampled_from(Step), code=st.integers(-1, 999), text=st.text(max_size=2000))
def test_every_reply_has_a_receipt(step: Step, code: int, text: str) -> None:
    receipt = judged(step, code, text)
    assert receipt.reply.isprintable()
    assert len(receipt.reply) < 700
    if receipt.outcome is SENT:
        assert step is Step.END
        assert code // 100 == 2
    if receipt.outcome is UNKNOWN:
        assert step is Step.END
        assert code // 100 not in (2, 4, 5)
    if receipt.outcome is REFUSED:
        assert code // 100 == 5
    if receipt.suppress:
        assert receipt.outcome is REFUSED
        assert step in (Step.RCPT, Step.DATA, Step.END)


def test_every_error_of_the_libraries_is_known() -> None:
    errors = {
        thing
        for module in (smtplib, ssl, socket)
        for name, thing in inspect.getmembers(module, inspect.isclass)
        if issubclass(thing, Exception) and not name.startswith("_")
    }
    assert {smtplib.SMTPServerDisconnected, ssl.SSLCertVerificationError, socket.gaierror, TimeoutError} <= errors
    assert [error for error in errors if not issubclass(error, FOREIGN)] == []


@pytest.mark.parametrize(
    "address", ["ana@news.example", "a.b+c@x-1.example", "o'neill@news.example", "x@localhost", "a" * 64 + "@x.example"]
)
def test_addresses(address: str) -> None:
    assert is_address(address)


@given(st.text(max_size=80))
def test_an_address_is_plain(text: str) -> None:
    if is_address(text):
        assert text.isascii()
        assert text.isprintable()
        assert text.count("@") == 1
        assert not set(text) & set(' <>,;:"()[]\\')


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b".", b"a", b""]), max_size=30))
def test_a_body_comes_out_of_its_dots_as_it_went_in(parts: list[bytes]) -> None:
    content = canonical(b"".join(parts))
    wire = stuffed(content)
    # What a server does (RFC 5321, 4.5.2).
    lines = wire.split(b"\r\n")[:-1]
    assert b"." not in lines
    assert b"".join(line.removeprefix(b".") + b"\r\n" for line in lines) == content
    assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
    assert canonical(content) == content


def test_a_pace_that_several_share() -> None:
    time, slept = [100.0], list[float]()
    pace = Pace(120, clock=lambda: time[0], sleep=slept.append)
    for _ in range(3):
        pace.wait()
    assert slept == [0.5, 1.0]
    time[0] += 60
    pace.wait()
    assert len(slept) == 2
    Pace(0, clock=lambda: time[0], sleep=slept.append).wait()
    assert len(slept) == 2
