"""Mails a second through the whole outbox, editions a minute through durable runs, and what is kept of them.

    python -m benchmarks.delivery [--only mails,editions,size] [--databases sqlite,postgres] [--workers 1,2,4]
        [--mails 400] [--editions 24] [--json FILE]

``mails``: messages of 55 KB, each another person's, are put into the outbox, then claimed, committed, handed over and
settled by so many processes. Both databases write through to the disk: SQLite with ``synchronous=FULL``, PostgreSQL
with ``fsync`` and ``synchronous_commit``. The workers share one core; the mail server (``smtp_sink``) and PostgreSQL
have the others. ``whole`` are mails a second of putting and sending together; ``cpu`` those of the workers' processor
time, which other programs on the machine disturb less.

``editions``: small ones of 3 to 10 articles, written by a model that answers at once (``briefing.testing``), each to
two readers by SMTP, made by so many processes of ``briefing start``, which share one core too.

``size``: bytes of the database for each 1,000 recipients of one edition.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from benchmarks import made_articles
from benchmarks.smtp_sink import sink
from briefing.delivery.deliver import Delivered, deliver
from briefing.delivery.smtp import Smtp
from briefing.delivery.smtp_settings import SmtpSettings
from briefing.editions import EditionKey, EditionState, MailState, Message
from briefing.model import Document
from briefing.render.email import Edition
from briefing.schedule.office import office
from briefing.schedule.plan import load_plan
from briefing.store.store import Store
from briefing.testing import ModelServer, Writer
from tests.briefs import rich_brief
from tests.postgres import server

SIZE = 55_000  # bytes of a message
SAMPLES = Path(__file__).parent.parent / "samples"
KEY = EditionKey("morning", date(2026, 3, 9))
_DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "shared_buffers": "128MB"}
_ENDED = (EditionState.DONE, EditionState.FAILED, EditionState.SKIPPED)
_spawn = multiprocessing.get_context("spawn")

# Cores of the workers, and of all that they work with.
_ALL = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_setaffinity") else []
OURS, OTHERS = _ALL[:1], _ALL[1:] or _ALL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="mails,editions,size")
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("--workers", default="1,2,4")
    parser.add_argument("--mails", type=int, default=400)
    parser.add_argument("--editions", type=int, default=24)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    only, workers = options.only.split(","), [int(n) for n in options.workers.split(",")]
    found: dict[str, Any] = {}
    for kind in options.databases.split(","):
        for count in workers:
            if "mails" in only:
                found[f"mails/{kind}/{count}"] = _said(f"mails/{kind}/{count}", mails(kind, count, options.mails))
            if "editions" in only:
                row = editions(kind, count, options.editions)
                found[f"editions/{kind}/{count}"] = _said(f"editions/{kind}/{count}", row)
        if "size" in only:
            found[f"size/{kind}"] = _said(f"size/{kind}", size(kind, options.mails))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


def mails(kind: str, workers: int, count: int) -> dict[str, float]:
    """Mails a second of putting them, of sending them, of both, and of the workers' processor time."""
    with database(kind) as where, sink(OTHERS) as port, _on(OURS), Store(where) as store:
        messages = letters(count)
        start = time.perf_counter()
        assert store.outbox.put(KEY, messages, _now()) == count
        put = time.perf_counter() - start
        sending, cpu = together(_send, workers, (where, port))
        assert store.outbox.counts() == {MailState.SENT: count}
    return {
        "bytes": len(messages[0].content),
        "put": count / put,
        "send": count / sending,
        "whole": count / (put + sending),
        "cpu": count / cpu,
    }


def editions(kind: str, workers: int, count: int) -> dict[str, float]:
    """Editions a minute of the clock, and of the workers' processor time."""
    with database(kind) as where, sink(OTHERS) as port, _models() as model, _folder() as folder:
        names = [f"desk-{number}" for number in range(count)]
        pool = made_articles.texts(None, SAMPLES)
        for number, name in enumerate(names):
            made_articles.write(folder / name, 3 + number % 8, pool, seed=number + 1)
        file = folder / "briefing.toml"
        file.write_text(_settings(names, where, port, model), encoding="utf-8")
        with office(load_plan(file, environment={})) as desk:
            for name in names:
                desk.store.editions.open(EditionKey(name, KEY.date), name, _now(), _now())
            seconds, cpu = together(_serve, workers, (file, count))
            records = desk.store.editions.recent(limit=count)
            sent = sum(desk.store.outbox.counts(r.key).get(MailState.SENT, 0) for r in records)
        assert [r.state for r in records] == [EditionState.DONE] * count, [(r.state, r.reason) for r in records]
        assert sent == 2 * count, sent
    return {"a minute": 60 * count / seconds, "cpu": 60 * count / cpu}


def size(kind: str, count: int) -> dict[str, float]:
    """Kilobytes of the database for each 1,000 recipients, beside the messages themselves."""
    with database(kind) as where, Store(where) as store:
        empty = _bytes(kind, where)
        messages = letters(count)
        store.outbox.put(KEY, messages, _now())
        kept = _bytes(kind, where) - empty
    whole = sum(len(message.content) for message in messages)
    return {"kb a thousand": kept / count, "messages kb": whole / count}


def letters(count: int) -> list[Message]:
    """Messages of ``SIZE`` bytes to so many people: a brief as readers get it, and a file with it."""
    sender = "desk@news.example"
    plain = Edition(rich_brief(), sender=sender)
    room = SIZE - len(plain.message("reader0@mail.example", name="Reader 0", unsubscribe=_ways(0)))
    # Base64 takes 4 bytes and a part of a line end for 3.
    file = Document(os.urandom(max(0, int(room * 0.73))), "application/pdf", "brief.pdf")
    edition = Edition(rich_brief(), sender=sender, attachments=(file,))
    found = []
    for number in range(count):
        to = f"reader{number}@mail.example"
        letter = edition.letter(to, name=f"Reader {number}", unsubscribe=_ways(number))
        found.append(Message(sender, to, "smtp", letter.id, letter.pieces))
    return found


def together(work: Callable[..., None], workers: int, arguments: tuple[Any, ...]) -> tuple[float, float]:
    """Seconds until all of so many processes have done their work, and what they took of the processor."""
    ready, cpu = _spawn.Barrier(workers + 1), _spawn.Queue()
    processes = [_spawn.Process(target=_worker, args=(work, n, ready, cpu, arguments)) for n in range(workers)]
    for process in processes:
        process.start()
    ready.wait(120)
    start = time.perf_counter()
    used = sum(cpu.get(timeout=600) for _ in processes)
    seconds = time.perf_counter() - start
    for process in processes:
        process.join()
    return seconds, used


def _worker(work: Callable[..., None], number: int, ready: Barrier, cpu: Any, arguments: tuple[Any, ...]) -> None:
    with _on(OURS):
        begun = []

        def begin() -> None:
            ready.wait(120)
            begun.append(time.process_time())

        work(f"worker-{number}", begin, *arguments)
        cpu.put(time.process_time() - begun[0])


def _send(name: str, begin: Callable[[], None], where: str, port: int) -> None:
    channel = Smtp(SmtpSettings("127.0.0.1", port=port))
    with Store(where) as store:
        begin()
        done = deliver(store.outbox, {"smtp": channel}, worker=name, clock=_now)
    channel.close()
    assert done == Delivered(sent=done.sent), done


def _serve(name: str, begin: Callable[[], None], file: Path, count: int) -> None:
    """``briefing start`` until all editions are done."""
    plan, stop = load_plan(file, environment={}), threading.Event()
    with office(plan, stop=stop) as desk:
        # What a service has loaded long since: libraries, tables, templates.
        desk.newsroom.rehearse(EditionKey(next(iter(plan.editions)), date(2026, 1, 1)))

        def watch() -> None:
            while not stop.wait(0.2):
                if (
                    len(desk.store.editions.recent(limit=count, states=(EditionState.DONE, EditionState.FAILED)))
                    == count
                ):
                    stop.set()

        begin()
        threading.Thread(target=watch, daemon=True).start()
        desk.serve(schedules=True)


def _settings(names: list[str], where: str, port: int, model: str) -> str:
    lines = [
        f"database = {json.dumps(where)}",
        f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nfrom = "desk@news.example"',
    ]
    lines.append(f'[engine]\nmodel = "llm:fake"\nbase_url = "{model}"\ncache = "off"\n')
    for name in names:
        to = f'"a-{name}@mail.example", "b-{name}@mail.example"'
        lines.append(f'[edition.{name}]\nsources = ["{name}/"]\ntenant = "{name}"\nto = [{to}]\n')
    return "\n".join(lines)


@contextmanager
def database(kind: str) -> Iterator[str]:
    """A new database that writes through to the disk."""
    if kind == "sqlite":
        with _folder() as folder:
            yield str(folder / "briefing.db")
        return
    with ExitStack() as stack:
        with _on(OTHERS):
            started = stack.enter_context(server(**_DURABLE))
        yield stack.enter_context(started.database())


@contextmanager
def _models() -> Iterator[str]:
    """The address of a model's server in a process of its own."""
    ours, theirs = _spawn.Pipe()
    process = _spawn.Process(target=_model, args=(theirs,), daemon=True)
    process.start()
    try:
        yield str(ours.recv())
    finally:
        ours.send("end")
        process.join(10)


def _model(parent: Any) -> None:
    with _on(OTHERS), ModelServer(Writer()) as model:
        parent.send(model.base_url)
        parent.recv()


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="delivery-") as folder:
        yield Path(folder)


@contextmanager
def _on(cores: list[int]) -> Iterator[None]:
    """Keeps this process to ``cores``, where the system lets it."""
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)
    yield
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, _ALL)


def _bytes(kind: str, where: str) -> int:
    if kind == "sqlite":
        return sum(file.stat().st_size for file in Path(where).parent.iterdir() if not file.name.endswith("-shm"))
    import psycopg

    with psycopg.connect(where) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    assert row
    return int(row[0])


def _ways(number: int) -> tuple[str, ...]:
    return f"https://news.example/leave/{number:064x}", f"mailto:leave@news.example?subject=leave%20{number:064x}"


def _now() -> datetime:
    return datetime.now(UTC)


def _said(name: str, row: dict[str, float]) -> dict[str, float]:
    print(name, "  ".join(f"{key} {value:,.1f}" for key, value in row.items()), flush=True)
    return row


if __name__ == "__main__":
    main()
