"""Metrics for Prometheus, counted in the store whenever they are asked for: a restart does not set them back.

They are of the whole database, so the process that schedules serves them, and its workers need not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version

from prometheus_client import CollectorRegistry, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from briefing.editions import MailState
from briefing.errors import ConfigError, StoreError
from briefing.schedule.plan import Plan
from briefing.schedule.service import PATIENCE
from briefing.store.figures import Figures, figures
from briefing.store.store import Store

# Seconds from the slot to the last mail: from a few mails of quotations to an edition that was late.
BUCKETS = (10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 21600)
_ADDRESS = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[\w.-]+):(?P<port>[0-9]{1,5})")


class StoreCollector(Collector):
    """Every metric of ``briefing``; ``briefing_store_up`` alone where the database cannot be read."""

    def __init__(self, plan: Plan, store: Store, clock: Callable[[], datetime]) -> None:
        self._plan = plan
        self._store = store
        self._clock = clock

    def describe(self) -> list[Metric]:
        # Nothing is read before somebody asks.
        return []

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily("briefing_info", "The version that runs.", labels=["version"])
        info.add_metric([version("briefing")], 1)
        yield info
        try:
            found = [*self._counted()]
        except StoreError:
            found = []
        yield GaugeMetricFamily("briefing_store_up", "1 where the database could be read.", value=bool(found))
        yield from found

    def _counted(self) -> Iterator[Metric]:
        now, store = self._clock(), self._store
        found = figures(store.database, now)
        yield from _of_mails(found, now)
        yield from _of_editions(found)
        upcoming = GaugeMetricFamily(
            "briefing_next_run_timestamp_seconds", "When an edition is due next.", labels=["edition"]
        )
        for schedule in store.schedules.all():
            if schedule.next_at and schedule.name in self._plan.editions:
                upcoming.add_metric([schedule.name], schedule.next_at.timestamp())
        yield upcoming
        alive = len(store.workers.alive(now, PATIENCE))
        yield GaugeMetricFamily("briefing_workers_alive", "Processes that make and send.", value=alive)


@contextmanager
def serving(plan: Plan | None, store: Store, clock: Callable[[], datetime]) -> Iterator[int]:
    """Serves the metrics at the address of ``[service]`` until the block ends; the port; 0 where none is set, or
    there is no plan.

    Raises ``ConfigError`` where the address is none, or is taken: a service that nobody sees is not begun.
    """
    if plan is None or not plan.service.metrics:
        yield 0
        return
    host, port = address(plan.service.metrics)
    registry = CollectorRegistry()
    registry.register(StoreCollector(plan, store, clock))
    ProcessCollector(registry=registry)
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise ConfigError(
            f"metrics in [service]: {plan.service.metrics} cannot be served: {error.strerror or error}; "
            "end what uses it, or write another port"
        ) from error
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def address(text: str) -> tuple[str, int]:
    """The host and port of ``127.0.0.1:9464`` or ``[::1]:9464``. Raises ``ConfigError``."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or int(found["port"]) > 65535:
        raise ConfigError(f"metrics in [service] is an address such as 127.0.0.1:9464, not {text!r}")
    return found["host"].strip("[]"), int(found["port"])


def _of_mails(found: Figures, now: datetime) -> Iterator[Metric]:
    mails = GaugeMetricFamily("briefing_mails", "Messages in each state, ever.", labels=["channel", "state"])
    sent = CounterMetricFamily("briefing_mails_sent", "Messages that were handed over.", labels=["channel"])
    for channel in sorted({channel for channel, _ in found.mails}):
        for state in MailState:
            mails.add_metric([channel, state.value], found.mails.get((channel, state), 0))
        sent.add_metric([channel], found.mails.get((channel, MailState.SENT), 0))
    yield mails
    yield sent
    yield GaugeMetricFamily("briefing_mails_due", "Messages that could be sent now.", value=found.due)
    oldest = (now - found.oldest).total_seconds() if found.oldest else 0.0
    yield GaugeMetricFamily(
        "briefing_oldest_due_seconds", "For how long the first of these could have been sent.", value=oldest
    )


def _of_editions(found: Figures) -> Iterator[Metric]:
    editions = GaugeMetricFamily("briefing_editions", "Editions in each state, ever.", labels=["edition", "state"])
    for (name, state), count in sorted(found.editions.items()):
        editions.add_metric([name, state.value], count)
    yield editions
    cost = found.cost
    yield CounterMetricFamily("briefing_model_calls", "Calls of models that were paid.", value=cost.calls)
    yield CounterMetricFamily("briefing_model_calls_saved", "Calls that kept answers stood in for.", value=cost.saved)
    tokens = CounterMetricFamily("briefing_model_tokens", "Tokens of these calls.", labels=["direction"])
    tokens.add_metric(["in"], cost.tokens_in)
    tokens.add_metric(["out"], cost.tokens_out)
    yield tokens
    yield CounterMetricFamily("briefing_model_price_dollars", "What they cost, where that is known.", value=cost.price)
    yield _histogram(found.delays)


def _histogram(delays: tuple[float, ...]) -> Metric:
    ordered = sorted(delays)
    edges = [bisect_right(ordered, edge) for edge in BUCKETS]
    buckets: list[tuple[str, float]] = [(str(float(edge)), n) for edge, n in zip(BUCKETS, edges, strict=True)]
    metric = HistogramMetricFamily(
        "briefing_edition_delivery_seconds", "From the slot of an edition to its last message, of those that are done."
    )
    metric.add_metric([], [*buckets, ("+Inf", len(ordered))], sum(ordered))
    return metric
