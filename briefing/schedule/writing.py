"""How a brief of an edition is written: of what was collected for it, and by what is left of its budget and time."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeVar, cast

from briefing import wiring
from briefing.config import Settings
from briefing.editions import EditionKey, EditionState
from briefing.errors import BriefingError, StoreError
from briefing.model import Article, Brief, Cost, Failure
from briefing.models import Allowance
from briefing.render.json import dump_article, load_article
from briefing.run import PlainRun
from briefing.schedule.plan import EditionPlan, Plan
from briefing.schedule.readers import Reading
from briefing.store.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")
R = TypeVar("R")

# What an edition was made of is not told again by the next ones, for so long.
REMEMBERED = timedelta(days=14)
# States in which readers have got, or are about to get, what an edition is made of.
_TOLD = (EditionState.SENDING, EditionState.DONE, EditionState.WAITING)
# A process that was heard of so lately counts when rates are shared.
_SEEN = timedelta(minutes=1)
_RATES = ("requests_per_minute", "tokens_per_minute")
_MADE_AT, _ARTICLES, _FAILURES = "made_at", "articles", "failures"

Found = tuple[Article | Failure, ...]


class NothingRead(BriefingError):
    """Not one article could be read of all the sources of an edition."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A ``Source`` of what an edition collected before."""

    found: Found

    def collect(self, since: datetime | None, until: datetime | None) -> Iterable[Article | Failure]:
        return self.found


# What is done to the articles before anybody's interest counts.
_SAME_FOR_ALL = ("clean", "dedupe", "chunk")


class Shared(PlainRun):
    """A run of several briefs of the same articles: what is the same for all of them is done once."""

    def __init__(self) -> None:
        super().__init__()
        # With what it was made of, so that no other object gets its id.
        self._done: dict[tuple[str, tuple[int, ...]], tuple[object, object]] = {}

    def step(self, stage: str, fn: Callable[..., R], *args: object) -> R:
        if stage not in _SAME_FOR_ALL:
            return super().step(stage, fn, *args)
        (items,) = args
        assert isinstance(items, Sequence)
        return self._once(stage, items, lambda: fn(items))

    def each(self, stage: str, fn: Callable[[T], R], items: Iterable[T], total: int | None = None) -> list[R]:
        if stage not in _SAME_FOR_ALL:
            return super().each(stage, fn, items, total)
        return super().each(stage, lambda item: self._once(stage, (item,), lambda: fn(item)), items, total)

    def _once(self, stage: str, of: Sequence[object], make: Callable[[], R]) -> R:
        key = (stage, tuple(map(id, of)))
        if key not in self._done:
            self._done[key] = (tuple(of), make())
        return cast(R, self._done[key][1])


@dataclass(frozen=True, slots=True)
class Material:
    """What an edition is written of. ``until`` is when its models have to be done, on the clock of event loops."""

    found: Found
    made_at: datetime
    until: float | None = None
    run: Shared = field(default_factory=Shared)


class Writing:
    """Collects and writes for editions of ``plan``, with what ``store`` keeps."""

    def __init__(self, plan: Plan, store: Store, clock: Callable[[], datetime]) -> None:
        self._plan = plan
        self._store = store
        self._clock = clock

    def collect(self, key: EditionKey, edition: EditionPlan) -> int:
        """Reads the sources, once; how many articles were read. Raises ``NothingRead``."""
        editions = self._store.editions
        if not editions.recall(key, _FAILURES):
            found = list(wiring.collect(edition.settings))
            articles = {a.id: a for a in found if isinstance(a, Article)}
            editions.keep_articles(key, map(dump_article, articles.values()))
            editions.remember(key, _ARTICLES, json.dumps(list(articles)))
            editions.remember(key, _MADE_AT, self._clock().isoformat())
            # Last: it says that the rest is there.
            failed = [[f.where, f.reason, f.detail] for f in found if isinstance(f, Failure)]
            editions.remember(key, _FAILURES, json.dumps(failed))
        read = len(json.loads(editions.recall(key, _ARTICLES) or "[]"))
        failures = self._failures(key)
        # Where a source could not be read it is not known that there is no news.
        if not read and (failures or edition.when_empty != "send"):
            where = ", ".join(edition.settings.paths)
            first = next((f"; the first failure: {f.where}: {f.reason}: {f.detail}" for f in failures), "")
            raise NothingRead(f"no article was read from {where}{first}")
        return read

    def forget(self, key: EditionKey) -> None:
        """Has the sources read again."""
        self._store.editions.remember(key, _FAILURES, "")

    def collected(self, key: EditionKey, edition: EditionPlan) -> Material:
        """What was collected for the edition; its models have the whole of their time from now."""
        editions = self._store.editions
        articles = [load_article(text) for text in editions.articles(key)]
        made_at = datetime.fromisoformat(editions.recall(key, _MADE_AT) or self._clock().isoformat())
        return Material((*articles, *self._failures(key)), made_at, time.monotonic() + edition.within.total_seconds())

    def write(
        self,
        key: EditionKey,
        edition: EditionPlan,
        reading: Reading,
        material: Material,
        allowance: Allowance | None = None,
    ) -> Brief:
        """The brief of one reading."""
        settings = self._settings(reading.settings(edition.settings))
        now = settings.now_at(material.made_at)
        interest = replace(settings.interest(now), seen=self._told_before(key))
        sources = (Kept(material.found),)
        return wiring.make(settings, interest=interest, now=now, run=material.run, sources=sources, allowance=allowance)

    def paid(self, key: EditionKey, name: str, edition: EditionPlan, reading: Reading, material: Material) -> Brief:
        """The brief of one reading, as the edition's file ``name``, with all that it ever cost.

        Each payment is in the edition's account as soon as it is made: a process that goes on after another one was
        killed, and the next of several briefs, have what is left of the budget.
        """
        editions = self._store.editions
        costs = editions.costs(key)
        before = costs.get(name, Cost())

        def heard(cost: Cost) -> None:
            try:
                editions.add_cost(key, before + cost, name)
            except StoreError as error:
                # The sum is written again with the next call, and with the brief.
                log.warning("a payment could not be written down", extra={"edition": str(key), "reason": str(error)})

        spent = sum(cost.price or 0.0 for cost in costs.values())
        brief = self.write(key, edition, reading, material, Allowance(spent, heard, material.until))
        return replace(brief, cost=before + brief.cost)

    def _settings(self, settings: Settings) -> Settings:
        """With the paid answers where every worker finds them, and this edition's share of the vendor's rates."""
        if "://" in self._plan.database and not settings.cache:
            settings = replace(settings, cache=self._plan.database)
        workers = len(self._store.workers.alive(self._clock(), _SEEN)) or 1
        return replace(settings, model=shared_rates(settings.model, workers * self._plan.service.editions_at_once))

    def _failures(self, key: EditionKey) -> tuple[Failure, ...]:
        return tuple(Failure(*f) for f in json.loads(self._store.editions.recall(key, _FAILURES) or "[]"))

    def _told_before(self, key: EditionKey) -> frozenset[str]:
        """The articles of the editions of this name of the last days."""
        earlier = self._store.editions.recent(key.name, limit=50, states=_TOLD)
        return frozenset(
            id
            for record in earlier
            if key.date - REMEMBERED <= record.key.date < key.date and not record.key.part
            for id in json.loads(self._store.editions.recall(record.key, _ARTICLES) or "[]")
        )


def shared_rates(model: Mapping[str, Any], editions: int) -> Mapping[str, Any]:
    """The settings of a model for one of so many editions that may be written at once, wherever they are."""
    share = {name: max(1.0, model[name] / editions) for name in _RATES if model.get(name)}
    return MappingProxyType({**model, **share})
