"""What the outbox promises on each database alike."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from briefing import ports
from briefing.editions import Mail, MailState, Outcome, Receipt
from briefing.errors import LostClaim, ModelError, StoreError
from briefing.store.mails import SHARED
from briefing.store.outbox import Outbox
from briefing.store.store import Store
from tests.stores import DAY, EVENING, MINUTE, MORNING, Where, message, messages
from tests.stores import T as NOW

SENT = Receipt(Outcome.SENT, "250 2.0.0 taken")
BOUNCED = Receipt(Outcome.REFUSED, "550 5.1.1 no such user", suppress=True)
Q, S, F, U, C = (MailState[name] for name in ("QUEUED", "SENT", "FAILED", "UNCERTAIN", "CANCELLED"))


@pytest.fixture
def outbox(store: Store) -> Outbox:
    port: ports.Outbox = store.outbox
    assert port is store.outbox
    return store.outbox


def claimed(outbox: Outbox, *recipients: str, worker: str = "w") -> list[Mail]:
    outbox.put(MORNING, [message(recipient) for recipient in recipients], NOW)
    return outbox.claim(worker, NOW, 100)


def state(outbox: Outbox, id: int) -> MailState:
    mail = outbox.mail(id)
    assert mail is not None
    return mail.state


def test_what_was_put_comes_back_as_it_was(outbox: Outbox) -> None:
    pieces = (b"", b"To: Ana\r\n", bytes(range(256)) * 100, b"\x00", b"=" * SHARED)
    assert outbox.put(MORNING, [message("ana@example.org", *pieces)], NOW) == 1
    (mail,) = outbox.mails()
    assert outbox.message(mail.id) == message("ana@example.org", *pieces)
    assert (mail.edition, mail.recipient, mail.state, mail.attempts) == (MORNING, "ana@example.org", Q, 0)
    assert (mail.next_try, mail.changed, mail.reply) == (NOW, NOW, "")
    assert outbox.mail(mail.id) == mail
    assert outbox.mail(mail.id + 1) is None
    with pytest.raises(StoreError, match="bytes of mail"):
        outbox.message(mail.id + 1)


def test_nobody_gets_an_edition_twice(outbox: Outbox) -> None:
    twice = [message("Ana@Example.org", b"first"), message("ana@EXAMPLE.ORG", b"second")]
    assert outbox.put(MORNING, twice, NOW) == 1
    assert outbox.put(MORNING, [message("ana@example.org", b"third"), message("bo@example.org")], NOW) == 1
    assert outbox.put(MORNING, [message("ana@example.org", channel="folder")], NOW) == 1
    assert outbox.put(EVENING, [message("ana@example.org")], NOW) == 1
    assert outbox.message(outbox.mails(MORNING)[0].id).content == b"first"
    domains = [message("ana@bücher.example"), message("ana@xn--bcher-kva.example")]
    assert outbox.put(MORNING, domains, NOW) == 1


def test_what_was_sent_is_not_put_again(outbox: Outbox) -> None:
    (mail,) = claimed(outbox, "ana@example.org")
    outbox.commit(mail.id, "w", NOW)
    outbox.settle(mail.id, "w", SENT, NOW)
    assert outbox.put(MORNING, [message("ana@example.org")], NOW + DAY) == 0
    assert outbox.claim("w", NOW + DAY, 1) == []


def test_messages_are_put_all_or_none(outbox: Outbox) -> None:
    def stops() -> Iterator[object]:
        yield from messages(500)
        raise ModelError("the next one cannot be made")

    with pytest.raises(ModelError):
        outbox.put(MORNING, stops(), NOW)  # type: ignore[arg-type]
    assert outbox.counts() == {}
    assert outbox.put(MORNING, [], NOW) == 0


def test_many_mails_share_what_is_large(store: Store) -> None:
    page, many = b"<p>" + b"x" * 50_000, 300
    put = [message(f"reader{number}@example.org", b"To: %d" % number, page) for number in range(many)]
    assert store.outbox.put(MORNING, put, NOW) == many
    mails = store.outbox.mails()
    assert [mail.recipient for mail in mails] == [each.recipient for each in put]
    assert all(
        store.outbox.message(mail.id).content == each.content for mail, each in zip(mails[::50], put[::50], strict=True)
    )
    store.outbox.cancel(None, NOW)
    assert store.purge(NOW + MINUTE).parts == 1


def test_mails_are_claimed_when_they_are_due_the_oldest_first(outbox: Outbox) -> None:
    outbox.put(EVENING, [message("late@example.org")], NOW + MINUTE)
    outbox.put(MORNING, messages(3), NOW)
    assert (outbox.due(NOW), outbox.due(NOW + MINUTE), outbox.next_due(NOW - DAY), outbox.next_due(NOW + DAY)) == (
        3,
        4,
        NOW,
        NOW + DAY,
    )
    assert outbox.claim("w", NOW - MINUTE, 9) == []
    first = outbox.claim("w", NOW, 2)
    assert [(mail.recipient, mail.state, mail.attempts) for mail in first] == [
        ("reader0@example.org", MailState.CLAIMED, 1),
        ("reader1@example.org", MailState.CLAIMED, 1),
    ]
    assert [mail.edition for mail in outbox.claim("x", NOW + DAY, 9, EVENING)] == [EVENING]
    assert [mail.recipient for mail in outbox.claim("w", NOW + DAY, 9)] == ["reader2@example.org"]
    assert (outbox.due(NOW + DAY), outbox.next_due(NOW)) == (0, None)


def test_four_workers_claim_each_mail_once(where: Where) -> None:
    with Store(where) as store:
        store.outbox.put(MORNING, messages(200), NOW)

    def work(worker: str) -> list[int]:
        with Store(where) as store:
            taken: list[int] = []
            while batch := store.outbox.claim(worker, NOW, 7):
                taken += [mail.id for mail in batch]
            return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [id for ids in pool.map(work, "abcd") for id in ids]
    assert len(taken) == len(set(taken)) == 200


@pytest.mark.parametrize(
    ("receipt", "end"),
    [
        (SENT, S),
        (Receipt(Outcome.DEFERRED, "450 later"), F),
        (Receipt(Outcome.REFUSED, "554 spam"), F),
        (Receipt(Outcome.UNKNOWN, "no answer"), U),
    ],
)
@pytest.mark.parametrize("committed", [True, False])
def test_an_attempt_ends_as_its_receipt_says(outbox: Outbox, receipt: Receipt, end: MailState, committed: bool) -> None:
    (mail,) = claimed(outbox, "ana@example.org")
    if committed:
        outbox.commit(mail.id, "w", NOW)
        assert state(outbox, mail.id) is MailState.COMMITTING
    outbox.settle(mail.id, "w", receipt, NOW + MINUTE)
    settled = outbox.mail(mail.id)
    assert settled is not None
    assert (settled.state, settled.reply, settled.next_try, settled.changed) == (end, receipt.reply, None, NOW + MINUTE)
    assert outbox.claim("w", NOW + DAY, 9) == []


def test_what_was_deferred_is_tried_again_then(outbox: Outbox) -> None:
    (mail,) = claimed(outbox, "ana@example.org")
    outbox.settle(mail.id, "w", Receipt(Outcome.DEFERRED, "450 \x00 later"), NOW, again=NOW + 30 * MINUTE)
    assert outbox.claim("w", NOW + 29 * MINUTE, 9) == []
    (again,) = outbox.claim("x", NOW + 30 * MINUTE, 9)
    assert (again.id, again.attempts, again.message_id, again.reply) == (mail.id, 2, mail.message_id, "450  later")
    with pytest.raises(LostClaim):
        outbox.settle(mail.id, "w", SENT, NOW)


def test_what_is_given_back_untried_was_no_attempt(outbox: Outbox) -> None:
    (mail,) = claimed(outbox, "ana@example.org")
    outbox.settle(mail.id, "w", Receipt(Outcome.DEFERRED, "not tried", pause=True), NOW, NOW + MINUTE)
    (again,) = outbox.claim("w", NOW + MINUTE, 1)
    assert again.attempts == 1


def test_only_who_holds_a_mail_can_say_what_became_of_it(outbox: Outbox) -> None:
    (mail,) = claimed(outbox, "ana@example.org")
    with pytest.raises(LostClaim, match="not held by x"):
        outbox.commit(mail.id, "x", NOW)
    with pytest.raises(LostClaim, match="not held by x"):
        outbox.settle(mail.id, "x", SENT, NOW)
    outbox.commit(mail.id, "w", NOW)
    with pytest.raises(LostClaim):
        outbox.commit(mail.id, "w", NOW)
    outbox.settle(mail.id, "w", SENT, NOW)
    with pytest.raises(LostClaim):
        outbox.settle(mail.id, "w", BOUNCED, NOW)
    assert state(outbox, mail.id) is S


def test_what_dead_workers_held_is_taken_up(outbox: Outbox) -> None:
    one, two, three = claimed(outbox, "a@example.org", "b@example.org", "c@example.org", worker="dead")
    outbox.commit(two.id, "dead", NOW)
    outbox.settle(three.id, "dead", SENT, NOW)
    outbox.put(EVENING, [message("a@example.org")], NOW)
    (living,) = outbox.claim("living", NOW, 9)
    later = NOW + MINUTE
    assert outbox.release(["dead", "never there"], later) == (1, 1)
    assert outbox.release(["dead"], later) == (0, 0)
    assert outbox.release([], later) == (0, 0)
    assert [state(outbox, mail.id) for mail in (one, two, three, living)] == [Q, U, S, MailState.CLAIMED]
    for lost in (one, two):
        with pytest.raises(LostClaim):
            outbox.commit(lost.id, "dead", NOW)
        with pytest.raises(LostClaim):
            outbox.settle(lost.id, "dead", SENT, NOW)
    assert [mail.id for mail in outbox.claim("w", later, 9)] == [one.id]


def test_what_is_uncertain_is_sent_again_only_on_demand_and_as_the_same(outbox: Outbox) -> None:
    (mail,) = claimed(outbox, "ana@example.org")
    outbox.commit(mail.id, "w", NOW)
    outbox.release(["w"], NOW)
    assert outbox.requeue(None, NOW) == 0
    assert [each.id for each in outbox.mails(states=[U])] == [mail.id]
    assert outbox.requeue([mail.id], NOW + DAY, only_from=[U]) == 1
    (again,) = outbox.claim("w", NOW + DAY, 9)
    assert (again.id, again.message_id) == (mail.id, mail.message_id)
    assert outbox.message(mail.id) == message("ana@example.org")


def test_what_was_sent_is_never_queued_again(outbox: Outbox) -> None:
    for forbidden in (S, Q, MailState.CLAIMED, MailState.COMMITTING):
        with pytest.raises(ModelError, match="is sent again"):
            outbox.requeue(None, NOW, only_from=[forbidden, F])


def test_failed_mails_are_queued_again_by_edition_and_number(outbox: Outbox) -> None:
    for edition in (MORNING, EVENING):
        outbox.put(edition, messages(2), NOW)
    for mail in outbox.claim("w", NOW, 9):
        outbox.settle(mail.id, "w", Receipt(Outcome.DEFERRED, "450"), NOW)
    assert outbox.requeue(EVENING, NOW) == 2
    assert outbox.requeue([], NOW) == 0
    assert outbox.requeue([outbox.mails(MORNING)[1].id], NOW) == 1
    assert [mail.state for mail in outbox.mails()] == [F, Q, Q, Q]
    assert [mail.attempts for mail in outbox.mails(limit=2)] == [1, 0]


def test_cancelling_stops_at_what_is_being_handed_over(outbox: Outbox) -> None:
    claims = claimed(outbox, "a@example.org", "b@example.org")
    outbox.commit(claims[0].id, "w", NOW)
    outbox.put(MORNING, [message("c@example.org")], NOW)
    outbox.put(EVENING, [message("a@example.org")], NOW)
    assert outbox.cancel(MORNING, NOW) == 2
    with pytest.raises(LostClaim):
        outbox.commit(claims[1].id, "w", NOW)
    outbox.settle(claims[0].id, "w", SENT, NOW)
    assert outbox.counts(MORNING) == {S: 1, C: 2}
    assert outbox.counts() == {Q: 1, S: 1, C: 2}
    assert outbox.requeue([claims[1].id], NOW, only_from=[C]) == 1


def test_a_bounced_address_gets_nothing_more(store: Store) -> None:
    outbox = store.outbox
    outbox.put(EVENING, [message("ana@example.org")], NOW + DAY)
    (mail,) = claimed(outbox, "Ana@example.org")
    outbox.settle(mail.id, "w", BOUNCED, NOW)
    assert store.suppressions.contains("ana@EXAMPLE.org")
    (waiting,) = outbox.mails(EVENING)
    assert (waiting.state, waiting.reply, waiting.next_try) == (F, "not sent: 550 5.1.1 no such user", None)
    assert outbox.requeue(None, NOW) == 0
    tomorrow = type(MORNING)(MORNING.name, (NOW + DAY).date())
    assert outbox.put(tomorrow, [message("ana@example.org"), message("bo@example.org")], NOW) == 2
    assert [(each.state, each.reply[:8]) for each in outbox.mails(tomorrow)] == [(F, "not sent"), (Q, "")]
    assert store.suppressions.remove("ana@example.org")
    assert outbox.requeue(tomorrow, NOW) == 1


def test_the_order_of_moments_is_kept_to_the_microsecond(outbox: Outbox) -> None:
    when = datetime.fromisoformat("2026-03-05T07:00:00.123457+01:00")
    outbox.put(MORNING, messages(1), when)
    assert outbox.mails()[0].next_try == when
    assert outbox.due(when.replace(microsecond=123456)) == 0
    assert outbox.due(when) == 1
