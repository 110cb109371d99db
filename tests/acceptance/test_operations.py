"""What whoever runs it relies on: listings for programs, a service that can be looked at, no secret anywhere."""

from __future__ import annotations

import json
import os
import runpy
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import psycopg
import pytest
from click.testing import CliRunner

from briefing.cli import cli
from briefing.delivery.unsubscribe import links
from briefing.editions import EditionState, Subscriber
from briefing.schedule.service import Scheduler
from briefing.store.store import Store
from briefing.testing import ModelServer, Reply, Request
from tests.acceptance.test_command_line import ROOT
from tests.desk import NOW, TOML, Clock, open_office, write_desk
from tests.faults.smtp_server import SmtpServer


def _encoded(text: str) -> str:
    return b64encode(text.encode()).decode().rstrip("=")


CANARIES = {
    "BRIEFING_SMTP_PASSWORD": "canary-of-the-mail-server",
    "BRIEFING_SECRET": "canary-of-the-links-1234567890-1234567890",
    "MODEL_KEY": "canary-of-the-model",
}
LISTINGS = (
    "history",
    "history morning",
    "schedule",
    "outbox list",
    "outbox show 1",
    "subscribers list",
    "subscribers list desk",
    "templates list",
    "doctor",
    "doctor --smtp",
)
WORDS = "canary"
# The login is encoded on its way, and may be repeated so.
SECRETS = (
    WORDS,
    _encoded(CANARIES["BRIEFING_SMTP_PASSWORD"]),
    _encoded(f"\0desk\0{CANARIES['BRIEFING_SMTP_PASSWORD']}"),
)


class Place:
    """A folder with settings and data of its own, in which commands are run."""

    def __init__(self, folder: Path, toml: str, **environment: str) -> None:
        self.folder = folder
        write_desk(folder, toml)
        self.environment = {
            "XDG_DATA_HOME": str(folder / "data"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "error",
            **environment,
        }
        self.said = ""

    def process(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "briefing", *arguments]
        environment = os.environ | self.environment
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.folder, env=environment, stdout=pipe, stderr=pipe, text=True)

    def run(self, *arguments: str) -> int:
        with self.process(*arguments) as process:
            self.said += "".join(process.communicate(timeout=120))
        return process.returncode

    def listing(self, line: str) -> str:
        """What a listing prints as JSON, by the command in this process."""
        os.chdir(self.folder)
        done = CliRunner(env=self.environment).invoke(cli, [*line.split(), "--json"])
        assert done.exit_code in (0, 1), (line, done.output, done.exception)
        self.said += done.output
        return done.stdout


@contextmanager
def serving(place: Place, *arguments: str) -> Iterator[None]:
    """A running service, told to stop in the end."""
    process = place.process(*arguments)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        place.said += "".join(process.communicate(timeout=60))
    assert process.returncode == 0, place.said


@pytest.fixture(autouse=True)
def _stay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # The working folder is put back after each test.
    monkeypatch.chdir(tmp_path)


def until(seen: Path) -> str:
    """The content of a file that is to be there soon."""
    for _ in range(600):
        if seen.exists():
            return seen.read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError(f"{seen} did not come")


def test_a_service_can_be_looked_at(tmp_path: Path) -> None:
    toml = TOML + '[service]\nhealth = "health.json"\nmetrics = "127.0.0.1:0"\n'
    place = Place(tmp_path, toml, BRIEFING_DATABASE=str(tmp_path / "briefing.db"))
    assert place.run("start", "--check") == 1
    with serving(place, "start"):
        state = json.loads(until(tmp_path / "health.json"))
        assert list(state["next"]) == ["morning"]
        assert place.run("start", "--check") == 0
        assert place.run("worker", "--check") == 1
    for line in place.said.splitlines():
        if line.startswith("{"):
            assert {"time", "level", "name", "message"} <= json.loads(line).keys()
    # One that was ended in good order is not there; its file grows stale.
    with closing(Store(tmp_path / "briefing.db")) as store:
        assert store.workers.all() == []


def _refuse(request: Request) -> Reply:
    # As some gateways do, with all that they were given.
    return Reply(status=401, body=json.dumps({"error": {"message": str(dict(request.headers))}}).encode())


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_no_secret_is_anywhere(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    database = str(tmp_path / "kept.db")
    if kind == "postgres":
        # Its server trusts everybody, so any password is right.
        database = request.getfixturevalue("postgres_url").replace("postgres@", f"postgres:{WORDS}-of-the-database@")
    with SmtpServer(login=("desk", "another")) as mail, ModelServer(_refuse) as model:
        mail.fail("auth", "535 5.7.8 Wrong: {said}")
        toml = TOML.replace('"folder:sent"', '"smtp"') + (
            f'subscribers = "desk"\n[engine]\nmodel = "llm:fake"\nbase_url = "{model.base_url}"\n'
            'key_variable = "MODEL_KEY"\n'
            f'[smtp]\nhost = "127.0.0.1"\nport = {mail.port}\nfrom = "desk@news.example"\nuser = "desk"\n'
            '[service]\nadmin = "ops@news.example"\nunsubscribe = "https://news.example/leave"\n'
            'health = "health.json"\nmetrics = "127.0.0.1:0"\n'
        )
        place = Place(tmp_path, toml, BRIEFING_DATABASE=database, **CANARIES)
        assert place.run("subscribers", "add", "desk", "ana@news.example") == 0
        place.run("run", "morning")
        assert len(model.calls) > 0
        with serving(place, "start"):
            until(tmp_path / "health.json")
            before = place.said
        logged = place.said.removeprefix(before)
        assert '"message": "purged"' in logged
        # Nor is anybody named there.
        assert "@" not in logged
        # What each has to show is the same on both databases.
        for line in LISTINGS if kind == "sqlite" else LISTINGS[:5]:
            json.loads(place.listing(line))
        assert "535 [it repeats the login]" in json.loads(place.listing("outbox show 1"))["reply"]

    kept = "".join(path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file())
    assert "Wharf Bridge" in kept
    if kind == "postgres":
        kept += _dumped(database)
    assert "key refused" in kept
    for secret in SECRETS:
        assert secret not in place.said
        assert secret not in kept


def test_nor_where_there_is_no_database(tmp_path: Path) -> None:
    for port in ("1", "port"):
        database = f"postgresql://user:{WORDS}-of-the-database@127.0.0.1:{port}/nothing"
        place = Place(tmp_path, TOML, BRIEFING_DATABASE=database, **CANARIES)
        assert place.run("start") == 1
        assert "briefing: error: " in place.said
        assert WORDS not in place.said


def _dumped(url: str) -> str:
    """Every row of every table, those of the runs too."""
    rows: list[str] = []
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'"
        ).fetchall()
        assert len(tables) > 15
        for schema, table in tables:
            name = psycopg.sql.Identifier(schema, table)
            for row in connection.execute(psycopg.sql.SQL("SELECT * FROM {}").format(name)):
                rows += [c.decode("utf-8", "replace") if isinstance(c, bytes) else str(c) for c in row]
    return "\n".join(rows)


@pytest.fixture
def website(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of deploy/unsubscribe.py, on its own database."""
    environment: Mapping[str, str] = {
        "BRIEFING_DATABASE": str(tmp_path / "briefing.db"),
        "BRIEFING_CONFIG": str(write_desk(tmp_path)),
        "BRIEFING_SECRET": "s" * 40,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    names = runpy.run_path(str(ROOT / "deploy" / "unsubscribe.py"))

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    with make_server("127.0.0.1", 0, names["application"], handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    names["_store"].close()


def test_one_click_takes_somebody_off_the_list(website: str, tmp_path: Path) -> None:
    with closing(Store(tmp_path / "briefing.db")) as store:
        store.subscribers.add("desk", Subscriber("ana@news.example"), NOW)
        (link,) = links("https://news.example/leave", "", "desk", "ana@news.example", "s" * 40)
        here = link.replace("https://news.example", website)

        with urllib.request.urlopen(here, timeout=30) as page:
            assert b"<button" in page.read()
        assert len(store.subscribers.all("desk", active=True)) == 1
        with urllib.request.urlopen(here, data=b"List-Unsubscribe=One-Click", timeout=30) as page:
            assert page.status == 200
        assert store.subscribers.all("desk", active=True) == []
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{here[:-3]}abc", data=b"List-Unsubscribe=One-Click", timeout=30)


def test_a_copy_that_is_put_back_does_not_send_again(tmp_path: Path) -> None:
    """As docs/operations.md has it: the first start on a copy is with a short grace."""
    clock, database = Clock(NOW - timedelta(hours=1)), tmp_path / "briefing.db"
    with open_office(write_desk(tmp_path), clock) as office:
        Scheduler(office.plan, office.store, lambda key, tenant: None).tick(clock())
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        source.backup(copy)
    clock.pass_(timedelta(hours=2))
    (tmp_path / "copy.db").replace(database)
    for log in tmp_path.glob("briefing.db-*"):
        log.unlink()
    with open_office(write_desk(tmp_path, TOML + 'grace = "1m"\n'), clock) as office:
        assert office.store.check() == []
        assert Scheduler(office.plan, office.store, lambda key, tenant: None).tick(clock()) == []
        (record,) = office.store.editions.recent()
        assert record.state is EditionState.SKIPPED
