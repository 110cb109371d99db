"""Numbers of all that is kept, for whoever watches over the service: counted in the database, so that they are true
after a restart and the same whichever process is asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from briefing.editions import EditionState, MailState
from briefing.model import Cost
from briefing.store.database import Database
from briefing.store.tables import editions, micros, moment, outbox


class Figures(NamedTuple):
    """Mails by channel and state, editions by name and state, what models used for all of them.

    Of ``cost``, the price is the sum of those that are known. ``due`` mails could be sent now, the first of them since
    ``oldest``. ``delays`` are the seconds from the slot of an edition to its last mail, of editions that are done.
    """

    mails: Mapping[tuple[str, MailState], int]
    editions: Mapping[tuple[str, EditionState], int]
    cost: Cost
    due: int
    oldest: datetime | None
    delays: tuple[float, ...]


def figures(database: Database, now: datetime) -> Figures:
    """Counts, in one transaction. Raises ``StoreError``."""
    with database.reading() as connection:
        mails = connection.execute(
            sa.select(outbox.c.channel, outbox.c.state, sa.func.count()).group_by(outbox.c.channel, outbox.c.state)
        ).all()
        made = connection.execute(
            sa.select(editions.c.name, editions.c.state, sa.func.count()).group_by(editions.c.name, editions.c.state)
        ).all()
        costs = connection.scalars(sa.select(editions.c.costs).where(editions.c.costs != "{}")).all()
        due, oldest = connection.execute(_WAITING.where(outbox.c.next_try <= micros(now))).one()
        delays = connection.execute(_DELAYS).all()
    return Figures(
        {(channel, MailState(state)): count for channel, state, count in mails},
        {(name, EditionState(state)): count for name, state, count in made},
        _sum(cost for text in costs for cost in json.loads(text).values()),
        due,
        None if oldest is None else moment(oldest),
        tuple(max(0, last - slot) / 1e6 for slot, last in delays),
    )


_WAITING = sa.select(sa.func.count(), sa.func.min(outbox.c.next_try)).where(outbox.c.state == MailState.QUEUED.value)
_DELAYS = (
    sa.select(editions.c.slot, sa.func.max(outbox.c.changed))
    .join(outbox, outbox.c.edition == editions.c.key)
    .where(editions.c.state == EditionState.DONE.value, outbox.c.state == MailState.SENT.value)
    .group_by(editions.c.key, editions.c.slot)
)


def _sum(costs: Iterable[Mapping[str, float | None]]) -> Cost:
    # Of years of editions; as many nouns would take longer than all the rest.
    total: dict[str, float] = {}
    for cost in costs:
        for name, value in cost.items():
            total[name] = total.get(name, 0) + (value or 0)
    return Cost(**total)  # type: ignore[arg-type]
