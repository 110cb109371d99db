"""From the outbox to the channels: claims, sends and settles until nothing is due."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.delivery.retry import Policy, again
from briefing.editions import EditionKey, Mail, Outcome, Receipt
from briefing.errors import BriefingError, LostClaim
from briefing.ports import Channel, Outbox


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round did, in messages. ``deferred`` are tried again, ``failed`` are not.

    ``lost`` were taken over by another worker; ``untried`` were given back, as their channel took nothing or the
    worker was told to stop.
    """

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    uncertain: int = 0
    lost: int = 0
    untried: int = 0

    def __add__(self, other: Delivered) -> Delivered:
        return Delivered(
            self.sent + other.sent,
            self.deferred + other.deferred,
            self.failed + other.failed,
            self.uncertain + other.uncertain,
            self.lost + other.lost,
            self.untried + other.untried,
        )


def deliver(
    outbox: Outbox,
    channels: Mapping[str, Channel],
    *,
    worker: str,
    clock: Callable[[], datetime],
    policy: Policy | None = None,
    edition: EditionKey | None = None,
    stop: Callable[[], bool] = lambda: False,
    heard: Callable[[Mail, Receipt], None] = lambda mail, receipt: None,
) -> Delivered:
    """Sends what is due, of one edition or of all, one message after another. Several workers may do so at once.

    ``stop`` is asked between messages; what is claimed by then is given back. A channel that refuses everything, or
    whose answer does not come, is left alone for the rest of the round. ``heard`` is told of each attempt. Closes no
    channel. Raises ``StoreError`` where the outbox cannot be read or written, and what ``heard`` and ``stop`` raise.
    """
    now = _Round(outbox, channels, worker, clock, policy or Policy(), heard)
    while not stop() and not now.all_paused:
        mails = deque(outbox.claim(worker, clock(), now.policy.batch, edition))
        if not mails:
            break
        try:
            while mails:
                mail = mails.popleft()
                if stop():
                    now.give_back(mail, "told to stop", clock())
                elif mail.channel in now.paused:
                    now.give_back(mail, now.paused[mail.channel], clock() + now.policy.pause)
                else:
                    now.attempt(mail)
        except BaseException:
            # What was begun is as it is; the others need not wait until this worker is known to be gone.
            with suppress(BriefingError):
                for mail in mails:
                    now.give_back(mail, "the round was broken off", clock())
            raise
    return now.delivered


class _Round:
    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        worker: str,
        clock: Callable[[], datetime],
        policy: Policy,
        heard: Callable[[Mail, Receipt], None],
    ) -> None:
        self.outbox, self.channels, self.worker, self.clock = outbox, channels, worker, clock
        self.policy, self.heard = policy, heard
        self.delivered = Delivered()
        # By name, with the reason.
        self.paused: dict[str, str] = {}

    @property
    def all_paused(self) -> bool:
        return bool(self.paused) and self.paused.keys() >= self.channels.keys()

    def attempt(self, mail: Mail) -> None:
        try:
            receipt = self._sent(mail)
        except LostClaim:
            self.delivered += Delivered(lost=1)
            return
        # Where no answer comes, the next message would be uncertain too.
        if receipt.pause or receipt.outcome is Outcome.UNKNOWN:
            self.paused[mail.channel] = receipt.reply
        self._settle(mail, replace(receipt, pause=False))

    def give_back(self, mail: Mail, reason: str, when: datetime) -> None:
        """Ends a claim of which no attempt was made: ``pause`` says that it does not count as one."""
        receipt = Receipt(Outcome.DEFERRED, f"not tried: {reason}", pause=True)
        with suppress(LostClaim):
            self.outbox.settle(mail.id, self.worker, receipt, self.clock(), when)
        self.delivered += Delivered(untried=1)

    def _sent(self, mail: Mail) -> Receipt:
        """What the channel did with the message. Raises ``LostClaim`` and ``StoreError``."""
        channel = self.channels.get(mail.channel)
        if channel is None:
            return Receipt(Outcome.DEFERRED, f"there is no channel {mail.channel!r}; name it in briefing.toml")
        handing = _Handing(self.outbox, mail, self.worker, self.clock)
        try:
            return channel.send(self.outbox.message(mail.id), handing.commit)
        except Exception as error:
            if isinstance(handing.error, LostClaim):
                raise handing.error from error
            words = str(error) if isinstance(error, BriefingError) else f"{type(error).__name__}: {error}"
            if handing.error:
                # It may be written or not that the message was handed over; it was not.
                with suppress(BriefingError):
                    self._settle(mail, Receipt(Outcome.DEFERRED, words))
                raise handing.error from error
            return Receipt(Outcome.UNKNOWN if handing.committed else Outcome.DEFERRED, words)

    def _settle(self, mail: Mail, receipt: Receipt) -> None:
        now = self.clock()
        when = again(mail.attempts, now, self.policy) if receipt.outcome is Outcome.DEFERRED else None
        try:
            self.outbox.settle(mail.id, self.worker, receipt, now, when)
        except LostClaim:
            self.delivered += Delivered(lost=1)
            return
        self.delivered += _counted(receipt, when)
        self.heard(mail, receipt)


@dataclass(slots=True)
class _Handing:
    """The commit of one message, and how it went."""

    outbox: Outbox
    mail: Mail
    worker: str
    clock: Callable[[], datetime]
    committed: bool = False
    error: BriefingError | None = None

    def commit(self) -> None:
        try:
            self.outbox.commit(self.mail.id, self.worker, self.clock())
        except BriefingError as error:
            self.error = error
            raise
        self.committed = True


def _counted(receipt: Receipt, when: datetime | None) -> Delivered:
    match receipt.outcome:
        case Outcome.SENT:
            return Delivered(sent=1)
        case Outcome.UNKNOWN:
            return Delivered(uncertain=1)
        case Outcome.DEFERRED if when:
            return Delivered(deferred=1)
        case _:
            return Delivered(failed=1)
