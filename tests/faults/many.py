"""Two schedulers and three workers on one PostgreSQL, and a tenant with many more editions than the others.

    python -m tests.faults.many --big 151 --small 49 --kill 2

Prints how long editions waited, in places of the order in which they were sent, and in seconds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import click

from briefing.editions import EditionState, MailState
from briefing.schedule.plan import Plan, load_plan
from briefing.schedule.service import Scheduler
from briefing.store.store import Store
from tests import postgres
from tests.faults.smtp_server import Got, SmtpServer

COMMANDS = ("start", "start", "worker", "worker", "worker")
AT_ONCE = 2
PATIENCE = 600.0  # seconds for all of it
BIG = "big"
ARTICLE = """---
title: Lindow closes its oldest bridge
source: Lindow Courier
---
The city of Lindow closed the Wharf Bridge on Sunday after engineers found cracks in two of its piers.
"""
HEAD = """
[service]
editions_at_once = {at_once}

[smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
name = "brief.test"
from = "desk@news.example"
"""
EDITION = """
[edition.{name}]
tenant = "{tenant}"
sources = ["news/"]
at = "{at}"
to = ["{name}@news.example"]
"""


@dataclass(frozen=True, slots=True)
class Report:
    """``places`` are those of each tenant's mails in the order of all, from 1; ``seconds`` those since the first."""

    editions: int
    done: int
    got: Counter[str]
    lost: int
    uncertain: int
    killed: int
    wrong: tuple[str, ...]
    places: dict[str, list[int]] = field(repr=False)
    seconds: dict[str, list[float]] = field(repr=False)

    @property
    def last_small(self) -> int:
        """The place of the last mail of a small tenant."""
        return max(places[-1] for tenant, places in self.places.items() if tenant != BIG)

    def __str__(self) -> str:
        lines = [
            f"editions {self.editions}, done {self.done}, mails {self.got.total()}, "
            f"lost {self.lost}, twice {self.got.total() - len(self.got)}, "
            f"uncertain {self.uncertain}, processes killed {self.killed}"
        ]
        for who, tenants in (("big", [BIG]), ("small", [t for t in self.places if t != BIG])):
            places = sorted(place for tenant in tenants for place in self.places[tenant])
            waits = sorted(wait for tenant in tenants for wait in self.seconds[tenant])
            lines.append(
                f"{who}: {len(places)} editions, place: first {places[0]}, median {median(places):.0f}, "
                f"last {places[-1]}; seconds: first {waits[0]:.1f}, median {median(waits):.1f}, last {waits[-1]:.1f}"
            )
        return "\n".join([*lines, *self.wrong])


class Inbox(SmtpServer):
    """A mail server that notes when each mail came."""

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[str, float] = {}

    def note(self) -> list[Got]:
        """The mails so far, in their order."""
        got = list(self.got)
        for mail in got:
            self.times.setdefault(mail.recipients[0], time.monotonic())
        return got


def many(folder: Path, url: str, *, big: int, small: int, kill: int = 0) -> Report:
    """Has so many editions of the big tenant made and sent, and one of each of so many small ones.

    ``kill`` processes are killed with SIGKILL when a third of the mails has come.
    """
    with Inbox() as inbox:
        plan = _plan(folder, inbox.port, url, big, small)
        count = len(plan.editions)
        with Store(url) as store:
            # All are due, since a minute ago.
            now = datetime.now(UTC)
            Scheduler(plan, store, lambda key, tenant: None).tick(now - timedelta(minutes=90))
            with _processes(folder, url) as processes:
                until, left = time.monotonic() + PATIENCE, kill
                while time.monotonic() < until and not _ended(store, count):
                    time.sleep(0.1)
                    if len(inbox.note()) > count / 3 and left:
                        # A scheduler, then a worker.
                        processes[0 if left == 1 else -1].kill()
                        left -= 1
                got = inbox.note()
            return _report(store, plan, got, inbox.times, kill)


def _ended(store: Store, count: int) -> bool:
    return len(store.editions.recent(limit=count + 1, states=(EditionState.DONE,))) >= count


def _report(store: Store, plan: Plan, got: list[Got], times: dict[str, float], killed: int) -> Report:
    places: dict[str, list[int]] = {edition.tenant: [] for edition in plan.editions.values()}
    seconds: dict[str, list[float]] = {tenant: [] for tenant in places}
    first = min(times.values(), default=0.0)
    for place, mail in enumerate(got, 1):
        recipient = mail.recipients[0]
        tenant = plan.editions[recipient.partition("@")[0]].tenant
        places[tenant].append(place)
        seconds[tenant].append(times[recipient] - first)
    records = store.editions.recent(limit=10_000)
    told = {mail.recipient for mail in store.outbox.mails(states=(MailState.SENT,))} & times.keys()
    uncertain = {mail.recipient for mail in store.outbox.mails(states=(MailState.UNCERTAIN,))}
    return Report(
        len(plan.editions),
        sum(record.state is EditionState.DONE for record in records),
        Counter(mail.recipients[0] for mail in got),
        len(plan.editions) - len(told | uncertain),
        len(uncertain),
        killed,
        tuple(store.check()) + tuple(f"{r.key}: {r.state} {r.reason}" for r in records if r.state != "done"),
        places,
        seconds,
    )


def _plan(folder: Path, port: int, url: str, big: int, small: int) -> Plan:
    news = folder / "news"
    news.mkdir()
    (news / "courier.md").write_text(ARTICLE, encoding="utf-8")
    at = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%H:%M")
    # The big one first, so that the others find its queue.
    names = [(f"{BIG}-{n}", BIG) for n in range(big)] + [(f"small-{n}", f"small-{n}") for n in range(small)]
    tables = [EDITION.format(name=name, tenant=tenant, at=at) for name, tenant in names]
    file = folder / "briefing.toml"
    file.write_text(HEAD.format(at_once=AT_ONCE, port=port) + "".join(tables), encoding="utf-8")
    return load_plan(file, environment={"BRIEFING_DATABASE": url})


@contextmanager
def _processes(folder: Path, url: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The commands of the service, each a process, told to stop in the end."""
    environment = {**os.environ, "BRIEFING_DATABASE": url, "XDG_DATA_HOME": str(folder / "data")}
    started = []
    try:
        for number, command in enumerate(COMMANDS):
            with (folder / f"{command}-{number}.log").open("wb") as said:
                arguments = [sys.executable, "-m", "briefing", command, "--config", str(folder / "briefing.toml")]
                started.append(subprocess.Popen(arguments, env=environment, stdout=said, stderr=said))
        yield started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=60)


@click.command(help=__doc__)
@click.option("--big", default=151, show_default=True)
@click.option("--small", default=49, show_default=True)
@click.option("--kill", default=0, show_default=True)
def main(big: int, small: int, kill: int) -> None:
    with tempfile.TemporaryDirectory() as folder, postgres.server() as server, server.database() as url:
        report = many(Path(folder), url, big=big, small=small, kill=kill)
        click.echo(str(report))
        for log in sorted(Path(folder).glob("*.log")):
            for line in log.read_text(encoding="utf-8").splitlines():
                if '"level": "INFO"' not in line:
                    click.echo(f"{log.name}: {line[:300]}")
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()
