"""The doubles for mail do what the real things do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.editions import EditionKey, Message, Outcome, Receipt
from briefing.errors import LostClaim, StoreError
from briefing.ports import Channel, Outbox
from briefing.store.store import Store
from briefing.testing.mail import MemoryOutbox, ScriptedChannel

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
examples = count()

workers = st.sampled_from(["a", "b"])
receipts = st.builds(Receipt, st.sampled_from(Outcome), st.sampled_from(["", "450 later"]), suppress=st.booleans())
steps = st.one_of(
    st.tuples(st.just("claim"), workers, st.integers(1, 3)),
    st.tuples(st.just("commit"), workers, st.integers(0, 3)),
    st.tuples(st.just("settle"), workers, st.integers(0, 3), receipts, st.none() | st.integers(0, 90)),
    st.tuples(st.just("release"), workers),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("store") / "briefing.db"
    with Store(path) as store:
        yield store


@given(taken=st.lists(steps, max_size=15))
@settings(max_examples=40, deadline=None)
def test_the_outbox_in_memory_does_as_the_one_in_the_database(opened: Store, taken: list[Any]) -> None:
    example = next(examples)
    edition = EditionKey(f"e{example}", date(2026, 11, 22))
    memory, real = MemoryOutbox(), opened.outbox
    messages = [Message("", f"{n}-{example}@news.example", "smtp", f"<{n}>", (b"x",)) for n in range(4)]
    twice = [*messages, replace(messages[0], recipient=messages[0].recipient.upper())]
    assert memory.put(edition, twice, NOW) == real.put(edition, twice, NOW) == 4
    first = real.mails(edition)[0].id - 1
    for number, step in enumerate(taken):
        now = NOW + timedelta(minutes=20 * number)
        assert _taken(step, memory, edition, now, 0) == _taken(step, real, edition, now, first)
        assert list(memory.mails.values()) == [replace(mail, id=mail.id - first) for mail in real.mails(edition)]
    again = EditionKey(f"e{example}", date(2026, 11, 23))
    memory.put(again, messages, NOW)
    real.put(again, messages, NOW)
    states = [mail.state for mail in memory.mails.values() if mail.edition == again]
    assert states == [mail.state for mail in real.mails(again)]


def _taken(step: Any, box: Any, edition: EditionKey, now: datetime, first: int) -> Any:
    """What one step gives; ``first`` is the number before that of the first mail."""
    worker = f"{step[1]}-{edition}"
    try:
        match step:
            case "claim", _, limit:
                return [mail.id - first for mail in box.claim(worker, now, limit, edition)]
            case "commit", _, index:
                return box.commit(index + 1 + first, worker, now)
            case "settle", _, index, receipt, minutes:
                again = None if minutes is None else now + timedelta(minutes=minutes)
                return box.settle(index + 1 + first, worker, receipt, now, again)
            case _:
                return box.release([worker], now)
    except LostClaim:
        return LostClaim


def test_what_was_given_back_untried_does_not_count() -> None:
    box = MemoryOutbox()
    edition = EditionKey("morning", date(2026, 11, 22))
    box.put(edition, [Message("", "ana@news.example", "smtp", "<1>", (b"x",))], NOW)
    assert box.claim("w", NOW, 1)[0].attempts == 1
    box.settle(1, "w", Receipt(Outcome.DEFERRED, "not tried", pause=True), NOW, NOW)
    assert box.mails[1].attempts == 0
    assert box.message(1).content == b"x"
    with pytest.raises(StoreError):
        box.message(2)


def test_they_are_of_the_ports() -> None:
    outbox: Outbox = MemoryOutbox()
    channel: Channel = ScriptedChannel()
    assert outbox.claim("w", NOW, 1) == []
    channel.close()
