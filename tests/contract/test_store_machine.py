"""Whatever happens to an outbox, in any order: it does as a simple model says, and what was sent stays sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from briefing.editions import EditionKey, MailState, Outcome, Receipt
from briefing.errors import LostClaim
from briefing.store.store import Store
from briefing.store.tables import metadata
from tests.stores import EVENING, MORNING, T, message

EDITIONS = st.sampled_from([MORNING, EVENING])
WORKERS = st.sampled_from(["one", "two"])
PEOPLE = st.sampled_from([f"reader{number}@example.org" for number in range(4)])
ENDS = {Outcome.SENT: MailState.SENT, Outcome.REFUSED: MailState.FAILED, Outcome.UNKNOWN: MailState.UNCERTAIN}
HELD = (MailState.CLAIMED, MailState.COMMITTING)


@dataclass
class Expected:
    """What the model knows of a mail."""

    edition: EditionKey
    recipient: str
    state: MailState
    due: datetime
    worker: str = ""


class Machine(RuleBasedStateMachine):
    """Its model is a list of mails in the order of their numbers, and a set of suppressed addresses."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        with store.database.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(sa.delete(table))
        self.outbox, self.suppressions, self.store = store.outbox, store.suppressions, store
        self.now = T
        self.mails: dict[int, Expected] = {}
        self.suppressed: set[str] = set()

    @rule(edition=EDITIONS, people=st.lists(PEOPLE, min_size=1, max_size=5))
    def put(self, edition: EditionKey, people: list[str]) -> None:
        there = {mail.recipient for mail in self.mails.values() if mail.edition == edition}
        new = [person for person in dict.fromkeys(people) if person not in there]
        assert self.outbox.put(edition, [message(person) for person in people], self.now) == len(new)
        for mail in self.outbox.mails(edition):
            if mail.id not in self.mails:
                state = MailState.FAILED if mail.recipient in self.suppressed else MailState.QUEUED
                self.mails[mail.id] = Expected(edition, mail.recipient, state, self.now)

    @rule(minutes=st.integers(1, 40))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(worker=WORKERS, limit=st.integers(1, 4), edition=st.none() | EDITIONS)
    def claim(self, worker: str, limit: int, edition: EditionKey | None) -> None:
        due = [
            (mail.due, id)
            for id, mail in self.mails.items()
            if mail.state is MailState.QUEUED and mail.due <= self.now and edition in (None, mail.edition)
        ]
        expected = [id for _, id in sorted(due)[:limit]]
        assert [mail.id for mail in self.outbox.claim(worker, self.now, limit, edition)] == expected
        for id in expected:
            self.mails[id].state, self.mails[id].worker = MailState.CLAIMED, worker

    @rule(worker=WORKERS, data=st.data())
    def commit(self, worker: str, data: st.DataObject) -> None:
        for id, mail in self._one(data):
            fits = mail.state is MailState.CLAIMED and mail.worker == worker
            try:
                self.outbox.commit(id, worker, self.now)
            except LostClaim:
                assert not fits
            else:
                assert fits
                mail.state = MailState.COMMITTING

    @rule(worker=WORKERS, outcome=st.sampled_from(Outcome), again=st.booleans(), suppress=st.booleans(), data=st.data())
    def settle(self, worker: str, outcome: Outcome, again: bool, suppress: bool, data: st.DataObject) -> None:
        for id, mail in self._one(data):
            fits = mail.state in HELD and mail.worker == worker
            later = self.now + timedelta(minutes=30) if again else None
            receipt = Receipt(outcome, "so it was", suppress=suppress and outcome is Outcome.REFUSED)
            try:
                self.outbox.settle(id, worker, receipt, self.now, later)
            except LostClaim:
                assert not fits
                return
            assert fits
            mail.state, mail.worker = ENDS.get(outcome, MailState.FAILED), ""
            if outcome is Outcome.DEFERRED and later:
                mail.state, mail.due = MailState.QUEUED, later
            if receipt.suppress:
                self._suppress(mail.recipient)

    @rule(worker=WORKERS)
    def die(self, worker: str) -> None:
        theirs = [mail for mail in self.mails.values() if mail.worker == worker]
        uncertain = [mail for mail in theirs if mail.state is MailState.COMMITTING]
        assert self.outbox.release([worker], self.now) == (len(theirs) - len(uncertain), len(uncertain))
        for mail in theirs:
            mail.state = MailState.UNCERTAIN if mail.state is MailState.COMMITTING else MailState.QUEUED
            mail.worker = ""

    @rule(
        edition=st.none() | EDITIONS,
        states=st.sets(st.sampled_from([MailState.FAILED, MailState.UNCERTAIN, MailState.CANCELLED]), min_size=1),
    )
    def requeue(self, edition: EditionKey | None, states: set[MailState]) -> None:
        chosen = [
            mail
            for mail in self.mails.values()
            if mail.state in states and edition in (None, mail.edition) and mail.recipient not in self.suppressed
        ]
        assert self.outbox.requeue(edition, self.now, only_from=states) == len(chosen)
        for mail in chosen:
            mail.state, mail.due = MailState.QUEUED, self.now

    @rule(edition=EDITIONS)
    def cancel(self, edition: EditionKey) -> None:
        early = (MailState.QUEUED, MailState.CLAIMED)
        chosen = [mail for mail in self.mails.values() if mail.edition == edition and mail.state in early]
        assert self.outbox.cancel(edition, self.now) == len(chosen)
        for mail in chosen:
            mail.state, mail.worker = MailState.CANCELLED, ""

    @rule(person=PEOPLE, away=st.booleans())
    def suppress(self, person: str, away: bool) -> None:
        if away:
            self.suppressions.add(person, "asked for it", self.now)
            self._suppress(person)
        else:
            assert self.suppressions.remove(person) == (person in self.suppressed)
            self.suppressed.discard(person)

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        found = self.outbox.mails()
        assert {mail.id: mail.state for mail in found} == {id: mail.state for id, mail in self.mails.items()}
        waiting = [mail.due for mail in self.mails.values() if mail.state is MailState.QUEUED]
        assert self.outbox.due(self.now) == sum(due <= self.now for due in waiting)
        assert self.outbox.next_due(self.now) == (max(self.now, min(waiting)) if waiting else None)
        # A time to be tried belongs to what waits or is tried, and to nothing else.
        trying = (MailState.QUEUED, *HELD)
        assert all((mail.next_try is not None) == (mail.state in trying) for mail in found)

    def teardown(self) -> None:
        assert self.store.check() == []
        super().teardown()

    def _one(self, data: st.DataObject) -> list[tuple[int, Expected]]:
        return [data.draw(st.sampled_from(sorted(self.mails.items(), key=lambda item: item[0])))] if self.mails else []

    def _suppress(self, person: str) -> None:
        self.suppressed.add(person)
        for mail in self.mails.values():
            if mail.recipient == person and mail.state is MailState.QUEUED:
                mail.state = MailState.FAILED


def test_an_outbox_does_as_its_model_says(store: Store) -> None:
    class OnThisStore(Machine):
        def __init__(self) -> None:
            super().__init__(store)

    few = settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(OnThisStore, settings=few)
