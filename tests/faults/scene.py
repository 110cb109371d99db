"""A small edition with its mail server, its model and its database, in which processes are killed and started again."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, Self

import psycopg

from briefing.editions import EditionState, MailState
from briefing.store.store import Store
from briefing.testing import ModelServer, Writer
from tests import postgres
from tests.desk import write_desk
from tests.faults.shim import Point, points
from tests.faults.smtp_server import SmtpServer, Wire
from tests.faults.work import KEY
from tests.faults.zygote import ENDED, KILLED, Order, Zygote

DATABASES = ("sqlite", "postgres")
PEOPLE = tuple(f"{name}@news.example" for name in ("ana", "bo", "cy", "di", "eve"))
TOML = """
[engine]
model = "llm:fake"
base_url = "{model}"
concurrency = 1

[edition.morning]
sources = ["news/"]
at = "07:00"
zone = "Europe/Berlin"
to = {people}
{more}

[smtp]
host = "127.0.0.1"
port = {port}
tls = "none"
name = "brief.test"
from = "desk@news.example"
"""


class Mode(NamedTuple):
    """What is killed: the work of one process, after what was done before in others; ``more`` is of the settings."""

    name: str
    work: str
    before: tuple[str, ...] = ("set_up",)
    more: str = ""


MODES = {
    mode.name: mode
    for mode in (
        Mode("first run", "run", ()),
        Mode("run", "run"),
        Mode("deliver", "deliver", ("set_up", "fill")),
        Mode("start", "start", ("set_up", "schedule")),
        Mode("approve", "approve", ("set_up", "run"), 'review = true\nreviewers = ["rev@news.example"]'),
    )
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition in whose making a process was killed at ``point``.

    ``reached`` is false where the process ended before it came to the point. ``drops`` are connections that the mail
    server dropped. The rest are numbers of mails, and of answers of the model that were asked for again. ``wrong`` says
    what else is not as it should be.
    """

    point: Point
    after: bool
    reached: bool
    drops: int = 0
    lost: int = 0
    twice: int = 0
    uncertain: int = 0
    paid_twice: int = 0
    wrong: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        crashes = int(self.reached)
        kept = self.uncertain <= crashes + self.drops and self.paid_twice <= crashes
        return kept and not (self.lost or self.twice or self.wrong)


class Scene:
    """One mode on one database; what was done before stands ready in ``folder`` to be copied."""

    def __init__(self, world: World, mode: Mode, database: str, folder: Path) -> None:
        self._world, self._mode, self._database = world, mode, database
        self._folder = folder
        self._ready = folder / "ready"
        self._ready.mkdir(parents=True)
        people = json.dumps(list(PEOPLE))
        toml = TOML.format(model=world.model.base_url, port=world.mail.port, people=people, more=mode.more)
        write_desk(self._ready, toml)
        self._template = f"{mode.work}_{len(mode.before)}"
        self._points: list[Point] = []
        self._count = 0
        # One clock for everything that happens here.
        self._began = time.monotonic()
        if database == "postgres":
            world.sql(f"CREATE DATABASE {self._template}")
        for work in mode.before:
            said = world.zygote.do(self._order(self._ready, self._template, work))
            assert said == ENDED, said

    def points(self) -> list[Point]:
        """The steps of a run that nobody kills, in their order: those that a second run comes to as well."""
        if not self._points:
            first = set(self._trace())
            self._points = [point for point in self._trace() if point in first]
        return self._points

    def _trace(self) -> list[Point]:
        with self.copy() as order:
            trace = Path(order.folder) / "trace.txt"
            said = self._world.zygote.do(replace(order, trace=str(trace)))
            assert said == ENDED, said
            return points(trace.read_text(encoding="utf-8"))

    def kill(self, point: Point, *, after: bool = False, version: str = "", drop: str = "") -> Outcome:
        """Kills a process there, and starts it again, as ``version`` of the program, until the edition has ended.

        ``drop`` is a step of the mail server at which it drops a connection, once.
        """
        world = self._world
        world.mail.clear()
        world.model.requests.clear()
        if drop:
            world.mail.fail(drop, Wire.DROP, None)
        with self.copy() as order:
            said = world.zygote.do(replace(order, point=str(point), after=after))
            outcome = Outcome(point, after, said == KILLED, int(bool(drop)))
            wrong = [] if said in (KILLED, ENDED) else [said]
            for hours in range(3):
                # What is put off because of a drop is tried again an hour later.
                again = world.zygote.do(replace(order, version=version, began=order.began - 3600 * hours))
                wrong += [] if again == ENDED else [f"started again: {again}"]
                if wrong or _is_done(order):
                    break
            return self._judged(replace(outcome, wrong=tuple(wrong)), order)

    def try_points(self, count: int, *, version: str = "", drop: str = "") -> Iterator[Outcome]:
        """Kills processes at so many points, evenly spread (0: at all), in turn before and after the call.

        For one that is not reached this time, the next ones are tried besides, up to two.
        """
        found = self.points()
        size = min(count or len(found), len(found))
        chosen = [number * len(found) // size for number in range(size)]
        for number, (place, end) in enumerate(zip(chosen, [*chosen[1:], len(found)], strict=True)):
            for point in found[place:end][:3]:
                outcome = self.kill(point, after=bool(number % 2), version=version, drop=drop)
                yield outcome
                if outcome.reached:
                    break

    def named(self, point: Point) -> str:
        """The point, with names in place of ports."""
        names = {str(self._world.mail.port): "mail server", self._world.model_port: "model"}
        return str(point._replace(place=names.get(point.place, point.place)))

    def _judged(self, outcome: Outcome, order: Order) -> Outcome:
        wrong = list(outcome.wrong)
        with Store(order.database) as store:
            wrong += store.check()
            editions = store.editions.recent()
            if [(record.key, record.state) for record in editions] != [(KEY, EditionState.DONE)]:
                wrong.append(f"editions: {[f'{r.key} {r.state} {r.reason}' for r in editions]}")
            mails = {mail.recipient: mail.state for mail in store.outbox.mails(KEY)}
            listed = len(store.outbox.mails(KEY, [MailState.UNCERTAIN]))
        got = Counter(recipient for mail in self._world.mail.got for recipient in mail.recipients)
        uncertain = sum(state is MailState.UNCERTAIN for state in mails.values())
        if listed != uncertain:
            wrong.append("an uncertain mail is not listed")
        asked = Counter(json.dumps(request.json, sort_keys=True) for request in self._world.model.calls)
        arrived = {person for person in PEOPLE if got[person] or mails.get(person) is MailState.UNCERTAIN}
        settled = {p for p in PEOPLE if mails.get(p) in (MailState.SENT, MailState.UNCERTAIN)}
        return replace(
            outcome,
            lost=len(PEOPLE) - len(arrived & settled),
            twice=sum(count - 1 for count in got.values() if count > 1),
            uncertain=uncertain,
            paid_twice=sum(count - 1 for count in asked.values()),
            wrong=tuple(wrong),
        )

    @contextmanager
    def copy(self) -> Iterator[Order]:
        """The mode's work, on a copy of what is ready."""
        self._count += 1
        folder, name = self._folder / str(self._count), f"{self._template}_{self._count}"
        shutil.copytree(self._ready, folder)
        if self._database == "postgres":
            self._world.sql(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        try:
            yield self._order(folder, name, self._mode.work)
        finally:
            shutil.rmtree(folder)
            if self._database == "postgres":
                self._world.sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _order(self, folder: Path, database: str, work: str) -> Order:
        where = str(folder / "briefing.db") if self._database == "sqlite" else self._world.server.url(database)
        return Order(work, str(folder), where, self._began)


def _is_done(order: Order) -> bool:
    with Store(order.database) as store:
        record = store.editions.get(KEY)
        return record is not None and record.state is EditionState.DONE


class World:
    """The servers of all scenes, and the zygote."""

    def __init__(self, folder: Path, databases: Sequence[str] = DATABASES) -> None:
        self.folder = folder
        with ExitStack() as stack:
            self.mail = stack.enter_context(SmtpServer())
            self.model = stack.enter_context(ModelServer(Writer(reword=True)))
            if "postgres" in databases:
                self.server = stack.enter_context(postgres.server())
            self.zygote = stack.enter_context(Zygote(folder))
            self._open = stack.pop_all()
        self.model_port = self.model.base_url.removesuffix("/v1").rpartition(":")[2]
        self._scenes: dict[tuple[str, str], Scene] = {}

    def scene(self, mode: str, database: str) -> Scene:
        """The scene of a mode of ``MODES`` and a database of ``DATABASES``; it is set up once."""
        if (mode, database) not in self._scenes:
            folder = self.folder / f"{mode.replace(' ', '-')}-{database}"
            self._scenes[mode, database] = Scene(self, MODES[mode], database, folder)
        return self._scenes[mode, database]

    def sql(self, statement: str) -> None:
        """Has the PostgreSQL server do it."""
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()
