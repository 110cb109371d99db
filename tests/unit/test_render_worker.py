"""The processes that pages are rendered in: kept, started anew, ended with their owner, never mixed up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import MissingLibrary, RenderError
from briefing.render.pdf import APT
from briefing.render.worker import Worker, Workers

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
# Asks for a page and says which process it was; the page without end is asked for until this process is killed.
OWNER = """
import json, sys
from briefing.render.worker import Worker
worker = Worker()
short, endless = json.loads(sys.argv[1])
worker.ask(short, 60, "a page")
print(worker.pid, flush=True)
if endless:
    worker.ask(endless, 60, "a page")
sys.stdin.read()
"""


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.end()


def page(folder: Path, template: str, **context: str) -> dict[str, Any]:
    """A request for the template, in a theme of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "brief.txt").write_text(template, encoding="utf-8")
    return {"job": "fill", "searched": [str(folder)], "named": [], "name": "brief.txt", "context": context}


def pdf(words: str) -> dict[str, Any]:
    return {"job": "pdf", "given": {"page": f"<html lang=en><p>{words}", "css": "", "more": "", "theme": "house"}}


def test_a_process_is_kept_for_the_next_page(worker: Worker, tmp_path: Path) -> None:
    assert worker.pid is None
    pids: set[int | None] = set()
    for words in ("one", "two"):
        assert worker.ask(page(tmp_path, words), 10, "a page") == words.encode()
        pids.add(worker.pid)
    assert len(pids) == 1


@pytest.mark.parametrize("ending", ["SIGKILL", "SIGTERM"])
def test_a_process_that_was_killed_is_started_anew(worker: Worker, tmp_path: Path, ending: str) -> None:
    worker.ask(page(tmp_path, "one"), 10, "a page")
    first = worker.pid
    assert first
    os.kill(first, getattr(signal, ending))
    assert worker.ask(page(tmp_path, "two"), 10, "a page") == b"two"
    assert worker.pid != first


def test_a_page_whose_process_is_killed_meanwhile_is_made_once_more(worker: Worker) -> None:
    short = pdf("one")
    worker.ask(short, 60, "a page")
    first = worker.pid
    assert first
    with ThreadPoolExecutor(1) as pool:
        content = pool.submit(worker.ask, pdf("word " * 5000), 60, "a page")
        # Late enough that the page has been asked for, early enough that it is not made.
        time.sleep(0.1)
        os.kill(first, signal.SIGKILL)
        assert content.result().startswith(b"%PDF-")
    assert worker.pid != first


def test_an_interrupt_at_the_keyboard_is_left_to_the_owner(worker: Worker, tmp_path: Path) -> None:
    worker.ask(page(tmp_path, "one"), 10, "a page")
    first = worker.pid
    assert first
    os.kill(first, signal.SIGINT)
    assert worker.ask(page(tmp_path, "two"), 10, "a page") == b"two"
    assert worker.pid == first


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "in the middle of a page"])
def test_no_process_outlives_a_killed_owner(tmp_path: Path, busy: bool) -> None:
    asked = [page(tmp_path / "short", "x"), page(tmp_path / "endless", ENDLESS) if busy else None]
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, json.dumps(asked)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert owner.stdin
    assert owner.stdout
    pid = int(owner.stdout.readline())
    assert runs(pid)
    time.sleep(0.3 if busy else 0)
    owner.kill()
    owner.wait()
    owner.stdin.close()
    owner.stdout.close()
    end = time.monotonic() + 20
    while runs(pid) and time.monotonic() < end:
        time.sleep(0.02)
    assert not runs(pid)


def runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked about does not."""
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/status")
        return not status.parent.parent.joinpath("self").exists() or "State:\tZ" not in status.read_text()
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_threads_do_not_mix_their_answers(tmp_path: Path) -> None:
    workers = Workers(2)
    begin = threading.Barrier(4)

    def ask(thread: int) -> list[bytes]:
        begin.wait()
        words = "{{ words }}" * 2000
        return [
            workers.ask(page(tmp_path / str(thread), words, words=f"<{thread}-{n}>"), 10, "a page") for n in range(8)
        ]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert answers == [[f"<{thread}-{n}>".encode() * 2000 for n in range(8)] for thread in range(4)]
    workers.end()


def test_one_thread_has_one_process(tmp_path: Path) -> None:
    workers = Workers(2)
    for n in range(3):
        workers.ask(page(tmp_path, str(n)), 10, "a page")
    assert len(workers.pids) == 1
    workers.end()
    assert not workers.pids


def test_a_page_without_end_holds_up_nobody_else(tmp_path: Path) -> None:
    workers = Workers(2)
    with ThreadPoolExecutor(1) as pool:
        endless = pool.submit(workers.ask, page(tmp_path / "endless", ENDLESS), 3, "a page")
        assert workers.ask(page(tmp_path / "short", "x"), 10, "a page") == b"x"
        assert not endless.done()
        with pytest.raises(RenderError, match="a page took longer than 3 seconds"):
            endless.result()
    workers.end()


def test_without_pango_the_process_says_what_to_type_and_goes_on(tmp_path: Path) -> None:
    """As on a machine that lacks it: importing WeasyPrint fails to load it."""
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    without = Worker(search=[str(tmp_path)])
    with pytest.raises(MissingLibrary, match="Pango") as missing:
        without.ask(pdf("one"), 60, "a page")
    assert APT in str(missing.value)
    # Installed meanwhile, it is found.
    (tmp_path / "weasyprint.py").unlink()
    assert without.ask(pdf("one"), 60, "a page").startswith(b"%PDF-")
    without.end()


def test_keys_do_not_reach_the_process(monkeypatch: pytest.MonkeyPatch, worker: Worker, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    worker.ask(page(tmp_path, "x"), 10, "a page")
    environment = Path(f"/proc/{worker.pid}/environ")
    if environment.exists():
        assert b"secret" not in environment.read_bytes()


def test_a_process_that_does_not_start_says_how_to_see_why(tmp_path: Path) -> None:
    (tmp_path / "jinja2.py").write_text("raise RuntimeError('not today')")
    broken = Worker(search=[str(tmp_path)])
    with pytest.raises(RenderError, match=r"a page: its process does not start.*type: .* -m briefing\.render\.child"):
        broken.ask(page(tmp_path / "theme", "x"), 10, "a page")
    assert broken.pid is None


def test_a_process_may_be_started_ahead(tmp_path: Path) -> None:
    workers = Workers(2)
    workers.prepare("pdf")
    ahead = workers.pids
    assert len(ahead) == 1
    workers.prepare("pdf")
    assert workers.ask(pdf("one"), 60, "a page").startswith(b"%PDF-")
    assert workers.pids == ahead
    workers.end()


def test_what_a_process_lacks_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    without = Worker(search=[str(tmp_path)])
    without.prepare("pdf")
    assert without.ask(page(tmp_path / "theme", "x"), 10, "a page") == b"x"
    with pytest.raises(MissingLibrary):
        without.ask(pdf("one"), 60, "a page")
    without.end()
