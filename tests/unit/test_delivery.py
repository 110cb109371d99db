"""The round that empties the outbox: what is claimed, what is settled, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.delivery.deliver import Delivered, deliver
from briefing.delivery.retry import Policy, again
from briefing.editions import EditionKey, Mail, MailState, Message, Outcome, Receipt
from briefing.errors import ConfigError, DeliveryError, LostClaim, StoreError
from briefing.ports import Channel, Outbox
from briefing.testing.mail import MemoryOutbox, ScriptedChannel

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
MORNING = EditionKey("morning", date(2026, 11, 22))
SOON = Receipt(Outcome.DEFERRED, "450 4.2.1 later")
SHUT = Receipt(Outcome.DEFERRED, "421 4.3.2 closing", pause=True)
NOBODY = Receipt(Outcome.REFUSED, "550 5.1.1 nobody", suppress=True)
SILENCE = Receipt(Outcome.UNKNOWN, "no reply")


def message(recipient: str, channel: str = "smtp") -> Message:
    return Message("desk@news.example", recipient, channel, f"<{recipient}>", (b"Subject: x\r\n\r\n", b"Hello.\r\n"))


def outbox(*recipients: str, channel: str = "smtp") -> MemoryOutbox:
    filled = MemoryOutbox()
    filled.put(MORNING, [message(r, channel) for r in recipients], NOW)
    return filled


def people(count: int) -> list[str]:
    return [f"r{number}@news.example" for number in range(count)]


def run(
    box: Outbox,
    channel: Channel,
    *,
    at: datetime = NOW,
    stop: Callable[[], bool] = lambda: False,
    policy: Policy | None = None,
    **others: Channel,
) -> Delivered:
    return deliver(
        box, {"smtp": channel, **others}, worker="w1", clock=lambda: at, stop=stop, policy=policy or Policy(batch=3)
    )


def states(box: MemoryOutbox) -> list[str]:
    return [mail.state.value for mail in box.mails.values()]


def test_everybody_gets_it_once() -> None:
    box, channel = outbox(*people(7)), ScriptedChannel()
    assert run(box, channel) == Delivered(sent=7)
    assert [m.recipient for m in channel.sent] == people(7)
    assert run(box, channel) == Delivered()
    assert len(channel.asked) == 7


def test_each_answer_ends_an_attempt_in_its_own_way() -> None:
    box = outbox(*people(5))
    assert run(box, ScriptedChannel([SOON, NOBODY, Receipt(Outcome.REFUSED, "554 5.7.1 no"), SILENCE])) == Delivered(
        deferred=1, failed=2, uncertain=1, untried=1
    )
    assert states(box) == ["queued", "failed", "failed", "uncertain", "queued"]
    assert [mail.attempts for mail in box.mails.values()] == [1, 1, 1, 1, 0]
    assert box.suppressed == {"r1@news.example"}
    assert box.mails[1].next_try == NOW + timedelta(minutes=30)
    assert box.mails[1].reply == "450 4.2.1 later"


def test_what_is_uncertain_is_not_sent_again_unasked() -> None:
    box, channel = outbox("ana@news.example"), ScriptedChannel([SILENCE])
    run(box, channel)
    assert run(box, channel, at=NOW + timedelta(days=9)) == Delivered()
    assert len(channel.asked) == 1


def test_a_channel_that_takes_nothing_is_left_alone_for_the_round() -> None:
    box, channel = outbox(*people(8)), ScriptedChannel([SHUT])
    assert run(box, channel) == Delivered(deferred=1, untried=2)
    assert len(channel.asked) == 1
    # Those that were given back have not been tried; those that were not claimed are still due.
    assert [mail.attempts for mail in box.mails.values()] == [1, 0, 0, 0, 0, 0, 0, 0]
    assert box.mails[2].next_try == NOW + timedelta(minutes=5)
    assert box.mails[8].next_try == NOW
    assert run(box, channel, at=NOW + timedelta(hours=1)) == Delivered(sent=8)


def test_other_channels_go_on() -> None:
    box = outbox(*people(4))
    box.put(MORNING, [message(r, "folder") for r in people(4)], NOW)
    folder = ScriptedChannel()
    assert run(box, ScriptedChannel([SHUT]), folder=folder) == Delivered(sent=4, deferred=1, untried=3)
    assert len(folder.sent) == 4


def test_a_crashing_server_makes_one_message_uncertain_and_not_all() -> None:
    box, channel = outbox(*people(9)), ScriptedChannel([SILENCE] * 9)
    assert run(box, channel).uncertain == 1


def test_one_bad_message_does_not_sink_the_round() -> None:
    class Plugin(ScriptedChannel):
        def send(self, message: Message, commit: Callable[[], None]) -> Receipt:
            if message.recipient == "r1@news.example":
                raise KeyError("of a plug-in")
            if message.recipient == "r5@news.example":
                commit()
                raise RuntimeError("after the commit")
            if message.recipient == "r3@news.example":
                raise DeliveryError("the sender '' is not a mail address")
            return super().send(message, commit)

    box = outbox(*people(6))
    assert run(box, Plugin()) == Delivered(sent=3, deferred=2, uncertain=1)
    assert states(box) == ["sent", "queued", "sent", "queued", "sent", "uncertain"]
    assert box.mails[2].reply == "KeyError: 'of a plug-in'"


def test_a_message_whose_bytes_are_gone_is_put_off_and_the_others_are_sent() -> None:
    class Holed(MemoryOutbox):
        def message(self, id: int) -> Message:
            if id == 2:
                raise StoreError("the bytes of mail 2 are not there")
            return super().message(id)

    box = Holed()
    box.put(MORNING, [message(r) for r in people(3)], NOW)
    assert run(box, ScriptedChannel()) == Delivered(sent=2, deferred=1)


def test_a_channel_that_nobody_knows_is_said() -> None:
    box = outbox("ana@news.example", channel="pigeon")
    assert run(box, ScriptedChannel()) == Delivered(deferred=1)
    assert "no channel 'pigeon'" in box.mails[1].reply


def test_a_lost_claim_is_left_alone() -> None:
    box = outbox(*people(3))

    class Slow(ScriptedChannel):
        def send(self, message: Message, commit: Callable[[], None]) -> Receipt:
            if message.recipient == "r0@news.example":
                box.release(["w1"], NOW)
                box.claim("w2", NOW, 1)
            return super().send(message, commit)

    channel = Slow()
    # The first is with the other worker, the other two are due again and claimed anew.
    assert run(box, channel) == Delivered(sent=2, lost=3)
    assert [m.recipient for m in channel.sent] == ["r1@news.example", "r2@news.example"]
    assert box.mails[1].state is MailState.CLAIMED


def test_told_to_stop_it_gives_back_what_it_holds() -> None:
    box, channel = outbox(*people(5)), ScriptedChannel()
    assert run(box, channel, stop=lambda: len(channel.sent) == 2) == Delivered(sent=2, untried=1)
    assert states(box) == ["sent", "sent", "queued", "queued", "queued"]
    assert len(box.claim("w2", NOW, 9)) == 3


def test_a_store_that_cannot_be_written_ends_the_round_without_sending() -> None:
    class Full(MemoryOutbox):
        def commit(self, id: int, worker: str, now: datetime) -> None:
            raise StoreError("the disk is full")

    box = Full()
    box.put(MORNING, [message(r) for r in people(2)], NOW)
    channel = ScriptedChannel()
    with pytest.raises(StoreError, match="the disk is full"):
        run(box, channel)
    assert not channel.sent
    assert states(box) == ["queued", "queued"]
    assert [mail.attempts for mail in box.mails.values()] == [1, 0]


def test_an_interrupted_round_gives_back_what_it_has_not_begun() -> None:
    class Interrupted(ScriptedChannel):
        def send(self, message: Message, commit: Callable[[], None]) -> Receipt:
            if message.recipient == "r1@news.example":
                commit()
                raise KeyboardInterrupt
            return super().send(message, commit)

    box = outbox(*people(3))
    with pytest.raises(KeyboardInterrupt):
        run(box, Interrupted())
    assert states(box) == ["sent", "committing", "queued"]
    assert box.release(["w1"], NOW) == (0, 1)
    assert states(box) == ["sent", "uncertain", "queued"]


def test_another_edition_is_left_alone() -> None:
    box, channel = outbox("ana@news.example"), ScriptedChannel()
    evening = EditionKey("evening", date(2026, 11, 22))
    box.put(evening, [message("ana@news.example")], NOW)
    done = deliver(box, {"smtp": channel}, worker="w1", clock=lambda: NOW, edition=evening)
    assert done == Delivered(sent=1)
    assert states(box) == ["queued", "sent"]


def test_each_attempt_is_heard_of() -> None:
    box, heard = outbox(*people(2)), list[tuple[str, str]]()

    def hear(mail: Mail, receipt: Receipt) -> None:
        heard.append((mail.recipient, receipt.outcome.value))

    deliver(box, {"smtp": ScriptedChannel([NOBODY])}, worker="w1", clock=lambda: NOW, heard=hear)
    assert heard == [("r0@news.example", "refused"), ("r1@news.example", "sent")]


def test_waits_grow_and_end() -> None:
    waits = []
    attempts, now = 1, NOW
    while (then := again(attempts, now, Policy())) is not None:
        waits.append(then - now)
        attempts, now = attempts + 1, then
    minutes = [int(wait / timedelta(minutes=1)) for wait in waits]
    assert minutes[:5] == [30, 60, 120, 240, 240]
    assert set(minutes[4:]) == {240}
    assert timedelta(days=3, hours=20) < now - NOW <= timedelta(days=4)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": timedelta(0)},
        {"first": timedelta(hours=5)},
        {"give_up": timedelta(hours=1)},
        {"batch": 0},
        {"pause": timedelta(0)},
    ],
    ids=str,
)
def test_a_policy_that_cannot_be_meant(wrong: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="retries: "):
        Policy(**wrong)


@given(attempts=st.integers(1, 10_000))
def test_a_later_attempt_never_waits_less(attempts: int) -> None:
    first, second = again(attempts, NOW, Policy()), again(attempts + 1, NOW, Policy())
    assert second is None or (first is not None and NOW < first <= second)


def test_a_message_that_is_always_put_off_fails_in_the_end() -> None:
    box, channel = outbox("ana@news.example"), ScriptedChannel([SOON] * 999)
    at = NOW
    while (mail := box.mails[1]).state is MailState.QUEUED:
        assert mail.next_try
        at = mail.next_try
        done = run(box, channel, at=at)
    assert done == Delivered(failed=1)
    assert box.mails[1].state is MailState.FAILED
    assert box.mails[1].reply == "450 4.2.1 later"
    assert at - NOW > timedelta(days=3)


def test_a_claim_of_another_worker_cannot_be_committed_or_settled() -> None:
    box = outbox("ana@news.example")
    box.claim("w2", NOW, 1)
    with pytest.raises(LostClaim):
        box.commit(1, "w1", NOW)
    with pytest.raises(LostClaim):
        box.settle(1, "w1", SOON, NOW)
