"""What every channel promises: the commit stands between a message and its recipient."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from briefing.delivery.folder import Folder
from briefing.delivery.smtp import Smtp
from briefing.delivery.smtp_settings import SmtpSettings
from briefing.delivery.stdout import Stdout
from briefing.editions import Message, Outcome
from briefing.errors import LostClaim
from briefing.ports import Channel
from briefing.testing.mail import ScriptedChannel
from tests.faults.smtp_server import SmtpServer

CONTENT = b"Subject: Morning\r\n\r\nThe Velm bridge was closed.\r\n.dot\r\n.\r\nThe end.\r\n"


class Way(NamedTuple):
    """A channel, and what has arrived by it."""

    channel: Channel
    arrived: Callable[[], list[bytes]]


@pytest.fixture(params=["smtp", "folder", "stdout", "scripted"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    match request.param:
        case "smtp":
            with SmtpServer() as server:
                smtp = Smtp(SmtpSettings("127.0.0.1", server.port, name="brief.test"))
                yield Way(smtp, lambda: [got.content for got in server.got])
                smtp.close()
        case "folder":
            folder = tmp_path / "new" / "mail"
            yield Way(Folder(folder), lambda: [path.read_bytes() for path in sorted(folder.glob("*.eml"))])
        case "stdout":
            out = io.BytesIO()
            yield Way(Stdout(out), lambda: [CONTENT] * out.getvalue().count(CONTENT))
        case _:
            channel = ScriptedChannel()
            yield Way(channel, lambda: [message.content for message in channel.sent])


def message(number: int = 1) -> Message:
    pieces = (CONTENT[:9], CONTENT[9:40], CONTENT[40:])
    return Message("desk@news.example", f"r{number}@news.example", "any", f"<{number}@news.example>", pieces)


def test_the_commit_comes_once_and_before_the_message_arrives(way: Way) -> None:
    seen: list[int] = []
    receipt = way.channel.send(message(), lambda: seen.append(len(way.arrived())))
    assert (receipt.outcome, receipt.suppress, receipt.pause) == (Outcome.SENT, False, False)
    assert receipt.reply
    assert seen == [0]
    assert way.arrived() == [CONTENT]


def test_a_commit_that_fails_keeps_the_message_back(way: Way) -> None:
    def commit() -> None:
        raise LostClaim("another worker has it")

    with pytest.raises(LostClaim):
        way.channel.send(message(), commit)
    assert way.arrived() == []


def test_a_program_that_is_interrupted_at_the_commit_keeps_the_message_back(way: Way) -> None:
    def commit() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        way.channel.send(message(), commit)
    assert way.arrived() == []


def test_after_a_failure_the_next_message_goes_its_way(way: Way) -> None:
    def commit() -> None:
        raise LostClaim("another worker has it")

    with pytest.raises(LostClaim):
        way.channel.send(message(1), commit)
    assert way.channel.send(message(2), lambda: None).outcome is Outcome.SENT
    assert way.arrived() == [CONTENT]


def test_many_messages_are_many(way: Way) -> None:
    for number in range(3):
        assert way.channel.send(message(number), lambda: None).outcome is Outcome.SENT
    assert way.arrived() == [CONTENT] * 3


def test_it_can_be_closed_at_any_time_and_used_again(way: Way) -> None:
    way.channel.close()
    assert way.channel.send(message(1), lambda: None).outcome is Outcome.SENT
    way.channel.close()
    way.channel.close()
    assert way.channel.send(message(2), lambda: None).outcome is Outcome.SENT
    assert way.arrived() == [CONTENT] * 2
