"""What the store says when the database is not as it should be, and what SQLite's file holds in the end."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from briefing.editions import Subscriber
from briefing.errors import StoreError
from briefing.model import Document
from briefing.store import place
from briefing.store.database import Database
from briefing.store.erasing import find
from briefing.store.faults import explained, shown
from briefing.store.store import Store
from tests.postgres import Server
from tests.stores import MORNING, T, message, messages

URL = "postgresql://desk:canary@db.example.org/news"


def said(where: str | Path, wait: float = 0.1) -> str:
    with pytest.raises(StoreError) as caught:
        Store(where, wait=wait)
    return str(caught.value)


def test_a_new_file_is_the_owners_only(tmp_path: Path) -> None:
    with Store(tmp_path / "deep" / "briefing.db"):
        modes = {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "deep").iterdir()}
    assert (modes, stat.S_IMODE((tmp_path / "deep").stat().st_mode)) == ({0o600}, 0o700)


def test_a_url_of_sqlite_is_the_same_file(tmp_path: Path) -> None:
    with Store(tmp_path / "deep" / "briefing.db") as store:
        store.outbox.put(MORNING, messages(1), T)
    with Store(f"sqlite:///{tmp_path / 'deep' / 'briefing.db'}") as store:
        assert store.outbox.due(T) == 1
    Store(f"sqlite:///{tmp_path / 'new' / 'briefing.db'}").close()
    assert stat.S_IMODE((tmp_path / "new" / "briefing.db").stat().st_mode) == 0o600


def test_a_name_with_signs_that_mean_something_elsewhere(tmp_path: Path) -> None:
    with Store(tmp_path / "50% off #1?" / "my briefing.db") as store:
        assert store.outbox.put(MORNING, messages(1), T) == 1
    assert (tmp_path / "50% off #1?" / "my briefing.db").exists()


def test_without_a_place_it_is_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    Store().close()
    assert place.database_file().is_relative_to(tmp_path)
    assert place.bytes_on_disk(place.database_file()) > 0


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "briefing.db"
    file.write_bytes(b"this is not a database" * 100)
    words = said(file)
    assert str(file) in words
    assert "is not a database or is damaged" in words
    assert file.read_bytes() == b"this is not a database" * 100


def test_a_folder_in_its_place_is_named(tmp_path: Path) -> None:
    assert f"see who may with: ls -ld {tmp_path}" in said(tmp_path)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert str(tmp_path / "file") in said(tmp_path / "file" / "briefing.db")


def test_a_database_that_another_holds_is_waited_for_and_named(tmp_path: Path) -> None:
    file = tmp_path / "briefing.db"
    with Store(file, wait=0.1) as store:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"briefing.db is held by another program .*then try again"):
            store.outbox.put(MORNING, messages(1), T)
        other.rollback()
        assert store.outbox.put(MORNING, messages(1), T) == 1
        other.close()


def test_a_database_that_can_only_be_read_is_named(tmp_path: Path) -> None:
    Store(tmp_path / "briefing.db").close()
    with Store(f"sqlite:///file:{tmp_path / 'briefing.db'}?mode=ro&uri=true") as store:
        assert store.outbox.mails() == []
        with pytest.raises(StoreError, match="cannot be written"):
            store.outbox.put(MORNING, messages(1), T)


def test_a_full_disk_is_named_and_nothing_is_half_there(tmp_path: Path) -> None:
    with Store(tmp_path / "briefing.db") as store:

        def no_more(connection: sqlite3.Connection, *_: object) -> None:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 5}")

        store.database.engine.dispose()
        sa.event.listen(store.database.engine, "connect", no_more)
        with pytest.raises(StoreError, match=r"has no room to grow .*make room"):
            store.outbox.put(MORNING, [message("ana@example.org", b"x" * 90_000)], T)
        assert store.outbox.counts() == {}
        assert store.check() == []


def test_damage_is_found_by_a_check(tmp_path: Path) -> None:
    file = tmp_path / "briefing.db"
    with Store(file) as store:
        store.editions.open(MORNING, "house", T, T)
        store.editions.keep(MORNING, Document(b"canary " * 10_000, "text/plain", "brief.txt"), T)
    content = file.read_bytes()
    file.write_bytes(content.replace(b"canary canary", b"canary c\x00nary", 1))
    with Store(file) as store:
        (words,) = store.check()
    assert "was changed" in words


def test_a_file_that_is_broken_is_found_by_a_check(tmp_path: Path) -> None:
    file = tmp_path / "briefing.db"
    with Store(file) as store:
        store.outbox.put(MORNING, messages(500), T)
    with file.open("r+b") as damaged:
        damaged.seek(60_000)
        damaged.write(b"\xff" * 60_000)
    with Store(file) as store:
        assert store.check()


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("nothing+such://desk:canary@db.example.org/news", "is neither SQLite nor PostgreSQL"),
        ("mysql://desk:canary@db.example.org/news", "postgresql://user@host/name"),
        ("postgresql://desk:canary@[::1/news", "is no address"),
        ("postgresql://desk:canary@127.0.0.1:1/news", "see whether the server runs with: pg_isready"),
    ],
)
def test_addresses_that_lead_nowhere(where: str, words: str) -> None:
    message = said(where)
    assert words in message
    assert "canary" not in message


def test_a_database_that_is_not_on_the_server_is_named(postgres_server: Server) -> None:
    assert "make it with: createdb lost" in said(postgres_server.url("lost"))


def test_a_user_who_may_not_make_tables_is_told_who_can(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("DROP ROLE IF EXISTS guest")
        connection.execute("CREATE ROLE guest LOGIN")
    words = said(postgres_url.replace("postgres@", "guest@"))
    assert "GRANT ALL ON SCHEMA public TO" in words


def test_a_user_that_the_server_does_not_know_is_named(postgres_server: Server) -> None:
    url = postgres_server.url("postgres").replace("postgres@", "nobody:canary@")
    words = said(url)
    assert "does not let this user in" in words
    assert "canary" not in words


def test_a_password_stays_out_of_every_message() -> None:
    for where in (URL, "postgresql://db.example.org/news?user=desk&password=canary"):
        assert "canary" not in shown(where)
        for error in (OSError("canary is wrong"), sa.exc.ArgumentError("canary"), ValueError("canary")):
            assert "canary" not in str(explained(where, error))
    assert "db.example.org/news" in shown(URL)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "make room"),
        (OSError(errno.EROFS, "Read-only file system"), "cannot be written"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"), "cannot hold this value"),
        (OverflowError("too large"), "cannot hold this value"),
        (sa.exc.InvalidRequestError("something else"), "something else"),
    ],
)
def test_errors_of_libraries_and_of_the_system(error: Exception, words: str) -> None:
    assert words in str(explained("/var/briefing.db", error))


def test_what_has_no_bytes_is_refused(tmp_path: Path) -> None:
    with Store(tmp_path / "briefing.db") as store:
        store.editions.open(MORNING, "house", T, T)
        with pytest.raises(StoreError, match="cannot hold this value"):
            store.editions.remember(MORNING, "a", "\ud800")


def test_no_byte_of_the_file_says_who_was_forgotten(tmp_path: Path) -> None:
    who = Subscriber("canary@example.org", "Zephyrine Quill")
    many = [message(who.address, b"To: canary@example.org", b"Zephyrine Quill " * 500)]
    with Store(tmp_path / "briefing.db") as store, Store(tmp_path / "briefing.db") as other:
        store.subscribers.add_all(
            "desk", [who, Subscriber("bo@example.org"), replace(who, address="cy@example.org", name="Cy")], T
        )
        store.outbox.put(MORNING, many + messages(50), T)
        assert other.outbox.due(T) == 51
        assert b"canary" in b"".join(file.read_bytes() for file in tmp_path.iterdir())
        erased = store.subscribers.erase(who.address, T + timedelta(days=1))
        assert (erased.subscriptions, erased.mails, erased.proved, erased.named) == (1, 1, True, ())
        content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"canary" not in content.lower()
    assert b"zephyrine" not in content.lower()
    assert b"bo@example.org" in content


def test_a_reader_that_keeps_old_bytes_alive_is_said(tmp_path: Path) -> None:
    with Store(tmp_path / "briefing.db", wait=0.1) as store:
        store.subscribers.add("desk", Subscriber("canary@example.org"), T)
        other = sqlite3.connect(tmp_path / "briefing.db", isolation_level=None)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM outbox").fetchone()
        erased = store.subscribers.erase("canary@example.org", T)
        other.close()
        assert erased.left == ()
        assert "is read by another program" in erased.trouble
        assert not erased.proved
        assert store.subscribers.erase("canary@example.org", T).proved


def test_another_programs_file_is_left_as_it_is_and_can_be_searched(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE notes (said TEXT)")
        other.execute("INSERT INTO notes VALUES ('ask Canary@example.org'), ('ask not.canary@example.org')")
    other.close()
    database = Database(file, lines=())
    assert [str(found) for found in find(database, "canary@example.org")] == ["notes.said: 1"]
    database.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such folder")
def test_a_folder_that_cannot_be_made_is_named() -> None:
    assert "/proc" in said("/proc/nothing/briefing.db")
