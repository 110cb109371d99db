"""A PostgreSQL server of the tests' own, on a socket in its own folder; it ends with the tests, however they end."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

# Nothing of it outlives the tests, so nothing has to reach the disk.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "unix_socket_directories": ".",  # the folder of its data
    "shared_buffers": "32MB",
    "max_connections": "200",
}
# The server ends and its folder goes when nobody holds the other end of the shell's input any more, killed or not.
_SERVE = '"$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; folder=$PWD; cd /; rm -rf "$folder"'


class Server:
    """A running server; ``database`` makes an empty database on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder / 'data'}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new database, which is deleted in the end whoever is connected."""
        name = f"test_{next(self._numbers)}"
        self._do(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """Starts one, ``settings`` before our own. Its programs refuse to run as root, who starts them as ``nobody``."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    run: dict[str, Any] = {"cwd": folder, "start_new_session": True}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        run |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    try:
        make = [_program("initdb"), "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        subprocess.run([*make, "--no-sync"], check=True, capture_output=True, **run)
        serve = [
            _program("postgres"),
            "-D",
            "data",
            *(f"--{name}={value}" for name, value in (_SETTINGS | settings).items()),
        ]
        with (folder / "log").open("wb") as log:
            shell = subprocess.Popen(
                ["/bin/sh", "-c", _SERVE, "sh", *serve], stdin=subprocess.PIPE, stdout=log, stderr=log, **run
            )
        with shell:
            started = Server(folder)
            _wait(started, shell)
            yield started
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with server() as started:
        yield started


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The address of an empty database for one test."""
    with postgres_server.database() as url:
        yield url


def _program(name: str) -> str:
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    assert found, f"PostgreSQL's {name} is missing; install postgresql, or type: sh tools/system-packages run test"
    return found


def _wait(started: Server, shell: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if shell.poll() is not None:
            break
        try:
            psycopg.connect(started.url("postgres")).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    log = (started.folder / "log").read_text(encoding="utf-8", errors="replace")
    raise AssertionError(f"PostgreSQL did not start:\n{log}")
