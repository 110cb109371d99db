"""A process that has everything imported and forks another one for each piece of work, so that a start costs nothing.

It reads orders from its input and answers on its output, each a line of JSON. Started by ``Zygote``.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Self

from tests.faults.shim import Point, Shim, build

PATIENCE = 90.0  # seconds for a piece of work
_LEARNED = "learned.txt"
KILLED, ENDED, STUCK = "killed", "ended", "stuck"


@dataclass(frozen=True, slots=True)
class Order:
    """Work for one process: ``work`` names a function of ``tests.faults.work``.

    ``folder`` holds the desk and takes its data, ``database`` is where its store is. ``point`` is where the process is
    killed, ``trace`` a file that takes the trace. ``began`` is the time of ``time.monotonic`` at which the desk's
    clock started; ``version`` is what the program says its version is, where it is another one.
    """

    work: str
    folder: str
    database: str
    began: float
    point: str = ""
    after: bool = False
    trace: str = ""
    version: str = ""


class Zygote:
    """Starts the process, and ends it with the ``with`` block; ``folder`` takes its library and what it says."""

    def __init__(self, folder: Path) -> None:
        self._said = folder / "said.txt"
        environment = {**os.environ, "LD_PRELOAD": str(build(folder)), "OPENAI_API_KEY": "any"}
        # Of the person who runs the tests.
        for name in ("OPENAI_BASE_URL", "BRIEFING_DATABASE", "BRIEFING_SMTP_USER", "BRIEFING_SMTP_PASSWORD"):
            environment.pop(name, None)
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.zygote"],
                env=environment,
                cwd=Path(__file__).parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )

    def do(self, order: Order) -> str:
        """``killed`` at its point, ``ended`` in good order; else what the process said of its end."""
        assert self._process.stdin
        assert self._process.stdout
        before = self._said.stat().st_size
        self._process.stdin.write(json.dumps(asdict(order)) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '"the zygote is gone"')
        if answer in (KILLED, ENDED):
            return str(answer)
        with self._said.open("rb") as said:
            said.seek(before)
            return f"{answer}: {said.read().decode(errors='replace')[-6000:]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


def main() -> None:
    work = importlib.import_module("tests.faults.work")
    library = os.environ.pop("LD_PRELOAD")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        work.warm_up(folder)
    for line in sys.stdin:
        order = Order(**json.loads(line))
        assert threading.active_count() == 1, "a process with threads must not fork"
        # What is there by now is never looked at again, and so never copied.
        gc.freeze()
        child = os.fork()
        if child == 0:
            _be(order, library, work)
        said = _awaited(child)
        _learn(Path(order.folder) / _LEARNED)
        print(json.dumps(said), flush=True)  # noqa: T201


def _be(order: Order, library: str, work: object) -> None:
    """The forked process; it does not return."""
    end = 1
    try:
        faulthandler.dump_traceback_later(PATIENCE - 5)
        os.environ["XDG_DATA_HOME"] = str(Path(order.folder) / "data")
        if order.version:
            _announce(order)
        shim = Shim(library)
        if order.trace:
            shim.trace(os.open(order.trace, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600))
        if order.point:
            shim.arm(Point.parse(order.point), after=order.after)
        known = set(sys.modules)
        getattr(work, order.work)(order)
        (Path(order.folder) / _LEARNED).write_text("\n".join(sorted(set(sys.modules) - known)))
        end = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        # Threads that wait for a model or a server would keep the process.
        os._exit(end)


def _learn(file: Path) -> None:
    """Imports what a process that ended had to import, so that the next ones need not."""
    if not file.exists():
        return
    for name in file.read_text(encoding="utf-8").split():
        with suppress(ImportError):  # made by hand, and no module of its own
            importlib.import_module(name)
    file.unlink()


def _announce(order: Order) -> None:
    """Puts the metadata of another version of the program before its own."""
    about = Path(order.folder) / f"briefing-{order.version}.dist-info"
    about.mkdir(exist_ok=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: briefing\nVersion: {order.version}\n")
    sys.path.insert(0, order.folder)
    assert metadata.version("briefing") == order.version


def _awaited(child: int) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
                return KILLED
            return ENDED if status == 0 else f"ended with status {status}"
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return STUCK


if __name__ == "__main__":
    main()
