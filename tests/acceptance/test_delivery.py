"""From the outbox to a mail server that fails: nobody twice, nobody lost, and what is uncertain is listed."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from briefing.delivery.deliver import Delivered, deliver
from briefing.delivery.smtp import Smtp
from briefing.delivery.smtp_settings import SmtpSettings
from briefing.editions import EditionKey, MailState, Message
from briefing.ports import Channel, Outbox
from briefing.store.store import Store
from briefing.testing.mail import MemoryOutbox
from tests.faults.smtp_server import STEPS, Fault, SmtpServer, Wire

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
MORNING = EditionKey("morning", date(2026, 11, 22))
FAULTS: list[Fault] = ["421 4.3.2 Closing", "450 4.2.1 Busy", "452 4.2.2 Full", "550 5.1.1 Nobody", "554 5.6.0 No"]


def messages(count: int) -> list[Message]:
    return [
        Message(
            "desk@news.example", f"r{n}@news.example", "smtp", f"<{n}@news.example>", (b"Subject: x\r\n\r\n", b"y\r\n")
        )
        for n in range(count)
    ]


def smtp(server: SmtpServer) -> Smtp:
    return Smtp(SmtpSettings("127.0.0.1", server.port, name="brief.test"))


def round(box: Outbox, channel: Channel, worker: str, at: datetime) -> Delivered:
    return deliver(box, {"smtp": channel}, worker=worker, clock=lambda: at)


def troubled(server: SmtpServer, chance: random.Random) -> None:
    """The next messages meet faults here and there; then the server is well again."""
    for step in STEPS:
        # Of a server that keeps a message and then refuses it, nobody can know that it did.
        faults: list[Fault] = [Wire.DROP] if step == "kept" else [Wire.DROP, *FAULTS]
        server.fail(step, *(chance.choice([None] * 12 + faults) for _ in range(12)), None)


@pytest.mark.parametrize("seed", range(5))
def test_nobody_twice_and_nobody_lost(seed: int) -> None:
    chance, box, at = random.Random(seed), MemoryOutbox(), NOW
    box.put(MORNING, messages(40), NOW)
    with SmtpServer() as server:
        while any(mail.state is MailState.QUEUED for mail in box.mails.values()):
            troubled(server, chance)
            with closing(smtp(server)) as channel:
                round(box, channel, "w1", at)
            at += timedelta(minutes=10)
        got = Counter(recipient for message in server.got for recipient in message.recipients)
    assert set(got.values()) == {1}
    assert {mail.state for mail in box.mails.values()} == {MailState.SENT, MailState.FAILED, MailState.UNCERTAIN}
    for mail in box.mails.values():
        assert mail.reply
        if mail.state is not MailState.UNCERTAIN:
            assert got[mail.recipient] == (mail.state is MailState.SENT)


def test_two_workers_on_one_store(store: Store) -> None:
    store.outbox.put(MORNING, messages(40), NOW)
    with SmtpServer() as server:
        # Each of them loses a connection, and one of them also an answer.
        server.fail("rcpt", *[None] * 9, Wire.DROP, None).fail("kept", *[None] * 19, Wire.DROP, None)

        def work(name: str) -> Delivered:
            hours = (NOW + timedelta(hours=hour) for hour in range(4))
            with closing(smtp(server)) as channel:
                rounds = [round(store.outbox, channel, name, at) for at in hours]
            return sum(rounds, Delivered())

        with ThreadPoolExecutor(2) as pool:
            one, two = pool.map(work, ("one", "two"))
        got = Counter(recipient for message in server.got for recipient in message.recipients)
    done = one + two
    assert got == Counter(f"r{n}@news.example" for n in range(40))
    assert (done.sent, done.uncertain, done.failed, done.lost) == (39, 1, 0, 0)
    assert store.outbox.counts() == {MailState.SENT: 39, MailState.UNCERTAIN: 1}
    assert len(store.outbox.mails(states=[MailState.UNCERTAIN])) == 1


def test_a_server_that_is_shut_is_asked_once(store: Store) -> None:
    store.outbox.put(MORNING, messages(5), NOW)
    with SmtpServer() as server, closing(smtp(server)) as channel:
        server.fail("connect", "421 4.3.2 Closing")
        assert round(store.outbox, channel, "w", NOW) == Delivered(deferred=1, untried=4)
        assert server.connections == 1
        soon, later = NOW + timedelta(minutes=5), NOW + timedelta(minutes=30)
        assert [mail.next_try for mail in store.outbox.mails()] == [later, soon, soon, soon, soon]
        server.clear()
        assert round(store.outbox, channel, "w", soon) == Delivered(sent=4)
        assert round(store.outbox, channel, "w", later) == Delivered(sent=1)
