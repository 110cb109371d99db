"""Mail over real SMTP on loopback: each way in which a server fails, and what the receipt says of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.delivery.smtp import Smtp
from briefing.delivery.smtp_settings import SmtpSettings
from briefing.editions import Outcome, Receipt
from briefing.errors import DeliveryError, LostClaim
from tests.faults.mailing import CONTENT, HUGE, LARGE, Mailing, message
from tests.faults.smtp_server import Fault, SmtpServer, Wire

LATER = {
    421: "421 4.3.2 Closing",
    450: "450 4.2.1 Busy",
    451: "451 4.3.0 Trouble",
    452: "452 4.2.2 Full",
}
NEVER = {550: "550 5.1.1 No such user", 552: "552 5.3.4 Too large", 554: "554 5.6.0 Not that"}
SENT, DEFERRED, REFUSED, UNKNOWN = Outcome.SENT, Outcome.DEFERRED, Outcome.REFUSED, Outcome.UNKNOWN


class Case(NamedTuple):
    """A fault at a step, and what has to come of it."""

    step: str
    fault: Fault
    outcome: Outcome
    committed: bool = False
    kept: int = 0
    suppress: bool = False
    pause: bool = False

    def __str__(self) -> str:
        fault = self.fault.value if isinstance(self.fault, Wire) else str(self.fault)[:3]
        return f"{self.step}-{fault}"


CASES = [
    # Before a message is begun: nothing of it is about one.
    *(Case(s, r, DEFERRED, pause=True) for s in ("connect", "ehlo") for r in (*LATER.values(), *NEVER.values())),
    *(Case(s, w, DEFERRED, pause=True) for s in ("connect", "ehlo", "mail") for w in Wire),
    # About this sender, and no recipient's fault.
    *(Case("mail", r, DEFERRED, pause=c == 421) for c, r in LATER.items()),
    *(Case("mail", r, REFUSED if c == 552 else DEFERRED) for c, r in NEVER.items()),
    # About this recipient or this message.
    *(
        Case(s, r, DEFERRED, committed=s == "end", pause=c == 421)
        for s in ("rcpt", "data", "end")
        for c, r in LATER.items()
    ),
    *(
        Case(s, r, REFUSED, committed=s == "end", suppress=c == 550)
        for s in ("rcpt", "data", "end")
        for c, r in NEVER.items()
    ),
    *(Case(s, Wire.DROP, DEFERRED) for s in ("rcpt", "data", "body")),
    *(Case(s, Wire.STALL, DEFERRED, pause=True) for s in ("rcpt", "data", "body")),
    # An answer that comes before the end of the message is not one to it.
    Case("data", b"354 go on\r\n250 2.0.0 Kept", DEFERRED, committed=True),
    # After the dot: only an answer is an answer.
    *(Case("end", w, UNKNOWN, committed=True, pause=True) for w in Wire),
    *(Case("kept", w, UNKNOWN, committed=True, kept=1, pause=True) for w in Wire),
    *(Case("end", f, UNKNOWN, committed=True) for f in ("354 go on", "what?", "999 no such class")),
    Case("kept", b"250-2.0.0 Kept\r\n250 2.0.0 as 4711", SENT, committed=True, kept=1),
    Case("kept", b"250", SENT, committed=True, kept=1),
]


@pytest.fixture(scope="module")
def shared() -> Iterator[SmtpServer]:
    with SmtpServer() as server:
        yield server


@pytest.fixture
def server(shared: SmtpServer) -> SmtpServer:
    shared.clear()
    return shared


@pytest.fixture
def mailing(server: SmtpServer) -> Iterator[Mailing]:
    made = Mailing(server)
    yield made
    made.channel.close()


FAULTS = [(case, used) for case in CASES for used in (False, True) if not (used and case.fault is Wire.STALL)]


@pytest.mark.parametrize(("case", "used"), FAULTS, ids=[f"{case}-{'used' if used else 'new'}" for case, used in FAULTS])
def test_each_fault_has_its_receipt(server: SmtpServer, case: Case, used: bool) -> None:
    after = case.step in ("end", "kept")
    stalls = case.fault is Wire.STALL
    mailing = Mailing(
        server,
        command_timeout=0.2 if stalls and not after else 20,
        reply_timeout=0.2 if stalls and after else 20,
    )
    if used:
        assert mailing.send().outcome is SENT
        if case.step in ("connect", "ehlo"):
            # What was open ends, so that it has to be opened anew.
            server.fail("mail", "421 4.4.2 Idle for too long", None)
    mailing.commits = 0
    server.got.clear()
    server.fail(case.step, case.fault)
    receipt = mailing.send(HUGE if case.step == "body" else CONTENT)
    assert (receipt.outcome, receipt.suppress, receipt.pause) == (case.outcome, case.suppress, case.pause), receipt
    assert mailing.commits == case.committed
    assert len(server.got) == case.kept
    server.clear()
    if case.step == "mail":
        # A sender that was refused is not offered again over the same connection.
        mailing.channel.close()
    if not stalls:
        # The connection is fit for the next message, or replaced by one that is.
        assert mailing.send().outcome is SENT
        assert len(server.got) == 1
    mailing.channel.close()


def test_a_message_arrives_as_it_is(server: SmtpServer, mailing: Mailing) -> None:
    receipt = mailing.send()
    assert receipt == Receipt(SENT, "250 2.0.0 Kept")
    assert [(g.sender, g.recipients, g.content) for g in server.got] == [
        ("desk@news.example", ("ana@news.example",), CONTENT)
    ]
    assert mailing.commits == 1
    assert server.commands == [
        "EHLO brief.test",
        f"MAIL FROM:<desk@news.example> SIZE={len(CONTENT)}",
        "RCPT TO:<ana@news.example>",
        "DATA",
    ]


def test_lines_end_in_one_way_only(server: SmtpServer, mailing: Mailing) -> None:
    # What some servers take for the end of the message, with a command of a stranger's after it.
    smuggled = b"Subject: x\r\n\r\none\n.\nMAIL FROM:<evil@news.example>\r.\rtwo\r\n.\nthree"
    assert mailing.send(smuggled).outcome is SENT
    assert len(server.got) == 1
    assert server.got[0].content == (
        b"Subject: x\r\n\r\none\r\n.\r\nMAIL FROM:<evil@news.example>\r\n.\r\ntwo\r\n.\r\nthree\r\n"
    )
    assert len([c for c in server.commands if c.startswith("MAIL")]) == 1


def test_a_large_message_arrives_whole(server: SmtpServer, mailing: Mailing) -> None:
    assert mailing.send(LARGE).outcome is SENT
    assert server.got[0].content == LARGE


def test_nothing_is_kept_before_the_commit_returns(server: SmtpServer, mailing: Mailing) -> None:
    def commit() -> None:
        kept_before.append(len(server.got))
        assert "DATA" in server.commands

    kept_before: list[int] = []
    assert mailing.channel.send(message(), commit).outcome is SENT
    assert kept_before == [0]


def test_what_another_worker_has_is_not_handed_over(server: SmtpServer, mailing: Mailing) -> None:
    def commit() -> None:
        raise LostClaim("another worker has it")

    with pytest.raises(LostClaim):
        mailing.channel.send(message(), commit)
    assert mailing.send().outcome is SENT
    assert len(server.got) == 1
    assert server.connections == 2


def test_a_server_gone_during_the_commit_has_not_got_the_message(server: SmtpServer) -> None:
    mailing = Mailing(server)

    def commit() -> None:
        server.drop_all()

    receipt = mailing.channel.send(message(), commit)
    assert (receipt.outcome, len(server.got)) == (DEFERRED, 0)


def test_one_connection_takes_many(server: SmtpServer, mailing: Mailing) -> None:
    for number in range(5):
        assert mailing.send(recipient=f"r{number}@news.example").outcome is SENT
    assert (server.connections, len(server.got)) == (1, 5)
    assert "RSET" not in server.commands


def test_after_a_refusal_the_dialogue_begins_anew(server: SmtpServer, mailing: Mailing) -> None:
    server.fail("rcpt", "550 5.1.1 No such user", None)
    assert [mailing.send().outcome for _ in range(3)] == [REFUSED, SENT, SENT]
    assert server.connections == 1
    assert server.commands.count("RSET") == 1


def test_a_refused_sender_asks_once_and_others_go_on(server: SmtpServer, mailing: Mailing) -> None:
    server.fail("mail", "553 5.7.1 Sender address rejected: not owned by user", None)
    refused = [mailing.send() for _ in range(3)]
    assert {(r.outcome, r.pause) for r in refused} == {(DEFERRED, False)}
    other = replace(message(), sender="press@news.example")
    assert mailing.channel.send(other, mailing.commit).outcome is SENT
    assert [c[:30] for c in server.commands if c.startswith("MAIL")] == [
        "MAIL FROM:<desk@news.example> ",
        "MAIL FROM:<press@news.example>",
    ]
    mailing.channel.close()
    assert mailing.send().outcome is SENT


def test_a_connection_ends_after_its_share(server: SmtpServer) -> None:
    mailing = Mailing(server, per_connection=2)
    assert {mailing.send().outcome for _ in range(5)} == {SENT}
    assert server.connections == 3
    assert server.commands.count("QUIT") == 2
    mailing.channel.close()
    assert server.commands.count("QUIT") == 3


def test_a_connection_that_was_idle_is_opened_anew(server: SmtpServer) -> None:
    now = [0.0]
    channel = Smtp(SmtpSettings("127.0.0.1", server.port, idle=60), clock=lambda: now[0])
    for seconds in (0, 59, 118, 179):
        now[0] = seconds
        assert channel.send(message(), lambda: None).outcome is SENT
    assert server.connections == 2
    channel.close()


@pytest.mark.parametrize("fault", [Wire.DROP, "421 4.7.0 Enough for one connection"], ids=["drop", "421"])
def test_a_server_that_has_enough_of_a_connection_is_called_again(
    server: SmtpServer, mailing: Mailing, fault: Fault
) -> None:
    server.fail("mail", None, None, fault, None)
    assert {mailing.send().outcome for _ in range(4)} == {SENT}
    assert (server.connections, len(server.got)) == (2, 4)


def test_a_server_that_speaks_out_of_turn_is_not_believed(server: SmtpServer, mailing: Mailing) -> None:
    server.fail("kept", b"250 2.0.0 Kept\r\n250 2.0.0 Kept\r\n250 2.0.0 Kept\r\n354 go on\r\n250 2.0.0 Kept", None)
    assert [mailing.send().outcome for _ in range(2)] == [SENT, SENT]
    assert (server.connections, len(server.got)) == (2, 2)


def test_the_rate_is_kept(server: SmtpServer) -> None:
    now, slept = [0.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 6))
        now[0] += seconds

    channel = Smtp(SmtpSettings("127.0.0.1", server.port, per_minute=30), clock=lambda: now[0], sleep=sleep)
    for _ in range(4):
        assert channel.send(message(), lambda: None).outcome is SENT
        now[0] += 0.5
    assert slept == [1.5, 1.5, 1.5]
    channel.close()


def test_a_message_that_is_too_large_is_not_begun(server: SmtpServer) -> None:
    with SmtpServer(size=1000) as small:
        mailing = Mailing(small)
        receipt = mailing.send(b"Subject: x\r\n\r\n" + b"x" * 990)
        assert (receipt.outcome, receipt.suppress, mailing.commits) == (REFUSED, False, 0)
        assert receipt.reply == "552 the message has 1,006 bytes, 127.0.0.1 takes at most 1,000"
        assert not any(c.startswith("MAIL") for c in small.commands)
        assert mailing.send(b"Subject: x\r\n\r\n" + b"x" * 900).outcome is SENT
        mailing.channel.close()


def test_eight_bits_are_announced_where_they_are_needed(server: SmtpServer, mailing: Mailing) -> None:
    assert mailing.send("Subject: x\r\n\r\nStraße\r\n".encode()).outcome is SENT
    assert server.commands[1].endswith(" BODY=8BITMIME")
    with SmtpServer(extensions=False) as plain:
        old = Mailing(plain)
        assert old.send("Subject: x\r\n\r\nStraße\r\n".encode()).outcome is REFUSED
        assert old.send().outcome is SENT
        assert plain.commands[-3] == "MAIL FROM:<desk@news.example>"
        old.channel.close()


BAD_ADDRESSES = [
    "ana@news.example\r\nRCPT TO:<eve@news.example>",
    "ana@news.example\nDATA",
    "ana@news.example\rDATA",
    "ana@news.example\0",
    "ana@news.example> NOTIFY=NEVER",
    "ana@news.example>",
    "<ana@news.example",
    "ana @news.example",
    " ana@news.example",
    "ana@news.example ",
    "ana@news.example,eve@news.example",
    "ana@news.example;eve@news.example",
    "@relay.example:ana@news.example",
    "ana@eve@news.example",
    '"ana eve"@news.example',
    '"ana\r\nDATA"@news.example',
    "anä@news.example",
    "ana@straße.example",
    "=?utf-8?q?ana?=\r\n@news.example",
    "ana@news.example\u2028",
    "ana@news..example",
    "ana@-news.example",
    "ana@",
    "ana",
    "a" * 65 + "@news.example",
    "ana@" + "n." * 130 + "example",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_cannot_say_more_than_itself(server: SmtpServer, mailing: Mailing, address: str) -> None:
    receipt = mailing.send(recipient=address)
    assert (receipt.outcome, receipt.suppress, receipt.pause) == (REFUSED, True, False)
    with pytest.raises(DeliveryError, match="is not a mail address"):
        mailing.channel.send(replace(message(), sender=address), mailing.commit)
    assert (mailing.commits, server.commands) == (0, [])


def test_a_message_may_have_no_sender(server: SmtpServer, mailing: Mailing) -> None:
    # aiosmtpd takes none of these; what matters is what was said.
    mailing.channel.send(replace(message(), sender=""), mailing.commit)
    assert server.commands[1].startswith("MAIL FROM:<>")


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    receipt = Smtp(SmtpSettings("127.0.0.1", port)).send(message(), lambda: None)
    assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
    assert receipt.reply.startswith(f"127.0.0.1:{port}: ")


class Stranger:
    """Listens on loopback, says ``said`` to the first who connects, a byte at a time where it drips, and hangs up."""

    def __init__(self, said: bytes, drip: float = 0.0) -> None:
        self._said, self._drip = said, drip
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection, suppress(OSError):
            for piece in (self._said[i : i + 1] for i in range(len(self._said))) if self._drip else [self._said]:
                connection.sendall(piece)
                time.sleep(self._drip)

    def __enter__(self) -> Stranger:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._thread.join(timeout=30)
        self._listener.close()


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x00\xff\xfe\x80\r\n",
        b"220-" + b"x" * 20_000 + b"\r\n",
        b"220-hello\r\n" * 20_000,
        b"SSH-2.0-Server\r\n",
        b"220 mail.test\r\n250-mail.test\r\n250 SIZE " + b"9" * 5000 + b"\r\n",
        "220 mail.test\r\n250-mail.test\r\n250 SIZE ²\r\n".encode("latin-1"),
        b"220 mail.test\r\n250-mail.test\r\n250-AUTH\r\n250 \xff\r\n",
        b"\r\n",
        b"220",
        b"",
    ],
    ids=["http", "binary", "long", "endless", "ssh", "size", "digit", "features", "blank", "short", "nothing"],
)
def test_something_else_than_a_mail_server(said: bytes) -> None:
    with Stranger(said) as stranger:
        receipt = Smtp(SmtpSettings("127.0.0.1", stranger.port, command_timeout=5)).send(message(), lambda: None)
    assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
    assert receipt.reply.isprintable()
    assert len(receipt.reply) < 700


def test_a_reply_that_drips_takes_no_longer_than_one_that_does_not_come() -> None:
    # Each byte comes in time, the reply never does.
    with Stranger(b"220-hello\r\n" * 10, drip=0.05) as stranger:
        receipt = Smtp(SmtpSettings("127.0.0.1", stranger.port, command_timeout=0.4)).send(message(), lambda: None)
    assert (receipt.outcome, receipt.pause) == (DEFERRED, True)
    assert "timed out" in receipt.reply


lines = st.sampled_from(
    ["220 mail.test", "250-mail.test", "250 ok", "354 go on", "421 bye", "550 no", "?", "250 SIZE 1"]
)


@given(said=st.lists(lines, max_size=8))
@example(["220 mail.test", "250 ok", "250 ok", "250 ok", "354 go on", "250 2.0.0 Kept"])
@settings(max_examples=60, deadline=None)
def test_a_server_that_says_all_at_once_is_never_believed(said: list[str]) -> None:
    with Stranger("".join(f"{line}\r\n" for line in said).encode()) as stranger:
        channel = Smtp(SmtpSettings("127.0.0.1", stranger.port, command_timeout=5, reply_timeout=5))
        assert channel.send(message(), lambda: None).outcome is not SENT
        channel.close()


def test_closing_twice_and_sending_again(server: SmtpServer, mailing: Mailing) -> None:
    mailing.channel.close()
    mailing.send()
    mailing.channel.close()
    mailing.channel.close()
    assert mailing.send().outcome is SENT
    assert server.connections == 2


def test_files_of_certificates_are_read_at_once(tmp_path: Path) -> None:
    from briefing.errors import ConfigError

    empty = tmp_path / "ca.pem"
    empty.write_text("nothing")
    with pytest.raises(ConfigError, match="holds no certificates"):
        Smtp(SmtpSettings("smtp.example.org", ca_file=str(empty)))
