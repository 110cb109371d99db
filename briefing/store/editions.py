"""Editions: where each stands, what it cost, its files, and what was decided while it was made."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from briefing.editions import EditionKey, EditionRecord, EditionState
from briefing.errors import StoreError
from briefing.model import Cost, Document
from briefing.store import parts
from briefing.store.database import Database, insert
from briefing.store.tables import edition_articles, edition_facts, edition_files, editions, micros, moment, words
from briefing.store.tables import parts as kept_parts

UNFINISHED = (EditionState.DUE, EditionState.MAKING, EditionState.WAITING, EditionState.SENDING)


class KeptFile(NamedTuple):
    """A file of an edition without its bytes; ``size`` counts them."""

    name: str
    media_type: str
    size: int
    sha256: str


class Editions:
    """Every edition that was ever due. Each change is on disk when its method returns. Raises ``StoreError``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, key: EditionKey, tenant: str, slot: datetime, now: datetime) -> EditionRecord:
        """The edition as it stands; it is made, as due, where it is not there. Two that open it get the same one."""
        row = {
            "key": str(key),
            "name": key.name,
            "tenant": tenant,
            "state": EditionState.DUE.value,
            "slot": micros(slot),
            "changed": micros(now),
            "reason": "",
            "costs": "{}",
        }
        with self._database.writing() as connection:
            connection.execute(insert(connection, editions).values(row).on_conflict_do_nothing())
            return _record(connection.execute(sa.select(editions).where(editions.c.key == str(key))).one())

    def get(self, key: EditionKey) -> EditionRecord | None:
        with self._database.reading() as connection:
            row = connection.execute(sa.select(editions).where(editions.c.key == str(key))).one_or_none()
        return None if row is None else _record(row)

    def move(
        self,
        key: EditionKey,
        to: EditionState,
        now: datetime,
        *,
        reason: str = "",
        only_from: Collection[EditionState] = (),
    ) -> bool:
        """Moves it from one of ``only_from`` (from anywhere if empty); False where it stands elsewhere by now."""
        change = sa.update(editions).where(editions.c.key == str(key))
        if only_from:
            change = change.where(editions.c.state.in_([state.value for state in only_from]))
        with self._database.writing() as connection:
            values = {"state": to.value, "changed": micros(now), "reason": words(reason)}
            return connection.execute(change.values(values)).rowcount == 1

    def add_cost(self, key: EditionKey, cost: Cost, step: str = "") -> None:
        """Adds what was paid. A named step that is run again replaces what it said before, so nothing counts twice."""
        with self._database.writing() as connection:
            row = sa.select(editions.c.costs).where(editions.c.key == str(key)).with_for_update()
            text = connection.scalar(row)
            if text is None:
                raise StoreError(f"{self._database}: there is no edition {key}")
            costs = json.loads(text)
            before = Cost(**costs[""]) if not step and "" in costs else Cost()
            costs[step] = asdict(before + cost)
            connection.execute(sa.update(editions).where(editions.c.key == str(key)).values(costs=json.dumps(costs)))

    def costs(self, key: EditionKey) -> dict[str, Cost]:
        """What was paid, by step."""
        with self._database.reading() as connection:
            text = connection.scalar(sa.select(editions.c.costs).where(editions.c.key == str(key)))
        return {step: Cost(**cost) for step, cost in json.loads(text or "{}").items()}

    def recent(
        self, name: str | None = None, limit: int = 20, states: Collection[EditionState] = ()
    ) -> list[EditionRecord]:
        """The last ones, newest first, of one name and in one of these states where they are given."""
        query = sa.select(editions).order_by(editions.c.slot.desc(), editions.c.key.desc()).limit(limit)
        if name is not None:
            query = query.where(editions.c.name == name)
        if states:
            query = query.where(editions.c.state.in_([state.value for state in states]))
        return self._records(query)

    def unfinished(self) -> list[EditionRecord]:
        """Those that something or somebody still has to do with, oldest first."""
        states = [state.value for state in UNFINISHED]
        return self._records(
            sa.select(editions).where(editions.c.state.in_(states)).order_by(editions.c.slot, editions.c.key)
        )

    def keep(self, key: EditionKey, document: Document, now: datetime) -> None:
        """Keeps a file of the edition; one that was kept by this name before gives way."""
        name = parts.sha256(document.content)
        row = {
            "media_type": document.media_type,
            "size": len(document.content),
            "sha256": name,
            "kept": micros(now),
        }
        with self._database.writing() as connection:
            parts.alone(connection)
            parts.keep(connection, [(name, document.content)])
            new = insert(connection, edition_files).values(edition=str(key), name=document.name, **row)
            connection.execute(
                new.on_conflict_do_update(index_elements=[edition_files.c.edition, edition_files.c.name], set_=row)
            )

    def discard(self, key: EditionKey) -> None:
        """Takes its files away; what they cost stays in its account."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(edition_files).where(edition_files.c.edition == str(key)))

    def document(self, key: EditionKey, name: str) -> Document | None:
        """The file kept by this name, or None."""
        query = (
            sa.select(kept_parts.c.content, edition_files.c.media_type)
            .join_from(edition_files, kept_parts)
            .where(edition_files.c.edition == str(key), edition_files.c.name == name)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else Document(content=row.content, media_type=row.media_type, name=name)

    def documents(self, key: EditionKey) -> list[KeptFile]:
        """Its files by name."""
        columns = [edition_files.c[name] for name in KeptFile._fields]
        query = sa.select(*columns).where(edition_files.c.edition == str(key)).order_by(edition_files.c.name)
        with self._database.reading() as connection:
            return [KeptFile(*row) for row in connection.execute(query)]

    def remember(self, key: EditionKey, name: str, value: str) -> None:
        """Keeps a fact of the edition, such as the time that stands in it; one of this name gives way."""
        with self._database.writing() as connection:
            new = insert(connection, edition_facts).values(edition=str(key), name=name, value=value)
            index = [edition_facts.c.edition, edition_facts.c.name]
            connection.execute(new.on_conflict_do_update(index_elements=index, set_={"value": value}))

    def recall(self, key: EditionKey, name: str) -> str | None:
        query = sa.select(edition_facts.c.value).where(
            edition_facts.c.edition == str(key), edition_facts.c.name == name
        )
        with self._database.reading() as connection:
            return connection.scalar(query)

    def keep_articles(self, key: EditionKey, articles: Iterable[str]) -> None:
        """Keeps the texts, in order, in place of those kept before. Editions share equal ones."""
        contents = [(parts.sha256(content), content) for content in (text.encode("utf-8") for text in articles)]
        rows = [
            {"edition": str(key), "position": position, "sha256": name} for position, (name, _) in enumerate(contents)
        ]
        with self._database.writing() as connection:
            parts.alone(connection)
            connection.execute(sa.delete(edition_articles).where(edition_articles.c.edition == str(key)))
            parts.keep(connection, contents)
            if rows:
                connection.execute(sa.insert(edition_articles), rows)

    def articles(self, key: EditionKey) -> list[str]:
        """The texts that were kept, in their order."""
        query = (
            sa.select(kept_parts.c.content)
            .join_from(edition_articles, kept_parts)
            .where(edition_articles.c.edition == str(key))
            .order_by(edition_articles.c.position)
        )
        with self._database.reading() as connection:
            return [content.decode("utf-8") for content in connection.scalars(query)]

    def _records(self, query: sa.Select[tuple[str]]) -> list[EditionRecord]:
        with self._database.reading() as connection:
            return [_record(row) for row in connection.execute(query)]


def _record(row: sa.Row[tuple[str]]) -> EditionRecord:
    return EditionRecord(
        key=EditionKey.parse(row.key),
        tenant=row.tenant,
        state=EditionState(row.state),
        slot=moment(row.slot),
        changed=moment(row.changed),
        reason=row.reason,
        cost=sum((Cost(**cost) for cost in json.loads(row.costs).values()), Cost()),
    )
