"""How the store opens on each database alike: made, brought up to date, refused, and whole after a kill."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from briefing.editions import MailState
from briefing.errors import StoreError
from briefing.store.answers import Answers
from briefing.store.database import Database
from briefing.store.migrations import FOLDER, HEADS
from briefing.store.store import Store
from briefing.store.tables import metadata
from tests.stores import MORNING, Where, messages
from tests.stores import T as NOW

OPENER = """
import sys
from briefing.store.store import Store

print("ready", flush=True)
sys.stdin.readline()
with Store(sys.argv[1]) as store:
    store.answers.put(sys.argv[2], "1")
"""

# It stops for ever in the middle of its transaction.
PUTTER = """
import sys
from contextlib import contextmanager
import sqlalchemy as sa
from briefing.store.database import Database
from briefing.store.outbox import Outbox
from briefing.store.people import Hasher
from tests.stores import MORNING, T, message

def many():
    for number in range(1000):
        yield message(f"reader{number}@example.org", b"x" * 3000, b"%d" % number)

class Stopping(Database):
    @contextmanager
    def writing(self):
        with super().writing() as connection:
            sa.event.listen(connection, "after_execute", self.stop)
            yield connection

    def stop(self, connection, statement, *rest):
        if statement.is_insert and statement.table.name == "outbox_pieces":
            print("busy", flush=True)
            sys.stdin.readline()

database = Stopping(sys.argv[1])
Outbox(database, Hasher(database)).put(MORNING, many(), T)
"""

SENDER = """
import sys
from briefing.store.store import Store
from tests.stores import T

with Store(sys.argv[1]) as store:
    for mail in store.outbox.claim("w", T, 5):
        store.outbox.commit(mail.id, "w", T)
        print("committing", flush=True)
        sys.stdin.readline()
"""


def program(code: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def killed_after(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    said = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    _, errors = process.communicate(timeout=60)
    assert (said, process.returncode) == (f"{line}\n", -signal.SIGKILL), errors


def of_before(where: Where, *statements: str) -> None:
    """Makes a database as a program without migrations did."""
    database = Database(where, lines=())
    with database.writing() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    database.close()


def test_a_new_database_has_the_tables_that_the_code_names(empty: Where) -> None:
    with Store(empty) as store, store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_last_migration_of_each_line_is_named() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    scripts = ScriptDirectory.from_config(config)
    assert set(scripts.get_heads()) == set(HEADS.values())
    assert {line for script in scripts.walk_revisions() for line in script.branch_labels} == set(HEADS)


def test_two_programs_make_the_tables_at_once(empty: Where) -> None:
    openers = [program(OPENER, str(empty), str(number)) for number in range(2)]
    for opener in openers:
        assert opener.stdout is not None
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.write("go\n")
        opener.stdin.flush()
    for opener in openers:
        _, errors = opener.communicate(timeout=120)
        assert (opener.returncode, errors) == (0, "")
    with Store(empty) as store:
        assert store.answers.keys() == ("0", "1")


def test_threads_make_the_tables_at_once(empty: Where) -> None:
    def use(number: int) -> int:
        with Store(empty) as store:
            return store.outbox.put(MORNING, messages(10), NOW)

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(use, range(3))) == [0, 0, 10]


def test_what_was_kept_is_there_when_it_is_opened_again(empty: Where) -> None:
    with Store.open(empty) as store:
        store.outbox.put(MORNING, messages(1), NOW)
    with Store(empty) as store:
        assert store.outbox.put(MORNING, messages(1), NOW) == 0
        assert store.outbox.message(store.outbox.mails()[0].id) == messages(1)[0]


def test_answers_of_before_are_taken_over(empty: Where) -> None:
    of_before(
        empty,
        "CREATE TABLE schema_version (version INTEGER PRIMARY KEY)",
        "CREATE TABLE answers (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, created_at BIGINT NOT NULL, "
        "used_at BIGINT NOT NULL)",
        "CREATE INDEX ix_answers_used_at ON answers (used_at)",
        "INSERT INTO schema_version VALUES (1)",
        f"INSERT INTO answers VALUES ('a', 'one', {NOW.timestamp():.0f}, {NOW.timestamp():.0f})",
    )
    alone = Answers(empty, clock=lambda: NOW)
    assert alone.get("a") == "one"
    alone.put("b", "two")
    alone.close()
    with Store(empty) as store:
        assert store.outbox.put(MORNING, messages(1), NOW) == 1
        with store.database.reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert alone.keys() == ("a", "b")
    alone.close()


def test_a_database_of_answers_of_another_version_of_before_is_refused(empty: Where) -> None:
    of_before(
        empty,
        "CREATE TABLE schema_version (version INTEGER PRIMARY KEY)",
        "INSERT INTO schema_version VALUES (7)",
    )
    with pytest.raises(StoreError, match="is of version 7"):
        Store(empty)


def test_a_database_of_a_later_version_is_refused_and_left_as_it_is(where: Where) -> None:
    database = Database(where)

    def set_version(version: str) -> None:
        with database.writing() as connection:
            change = sa.text("UPDATE alembic_version SET version_num = :new WHERE version_num LIKE 'store%'")
            connection.execute(change, {"new": version})

    set_version("store_99")
    try:
        with pytest.raises(StoreError, match=r"is of version store_99.*pip install --upgrade briefing"):
            Store(where)
    finally:
        set_version(HEADS["store"])
        database.close()
    with Store(where) as store:
        assert store.check() == []


def test_a_put_that_is_killed_leaves_nothing(where: Where) -> None:
    killed_after(program(PUTTER, str(where)), "busy")
    with Store(where) as store:
        assert store.outbox.counts() == {}
        assert store.check() == []
        assert store.purge(NOW).parts == 0
        assert store.outbox.put(MORNING, messages(3), NOW) == 3


def test_what_a_killed_sender_was_handing_over_is_uncertain(where: Where) -> None:
    with Store(where) as store:
        store.outbox.put(MORNING, messages(7), NOW)
        killed_after(program(SENDER, str(where)), "committing")
        assert store.outbox.release(["w"], NOW) == (4, 1)
        assert store.outbox.counts() == {MailState.QUEUED: 6, MailState.UNCERTAIN: 1}
        assert store.check() == []


def test_damage_is_found(where: Where) -> None:
    with Store(where) as store:
        store.outbox.put(MORNING, [messages(1)[0]], NOW)
        with store.database.writing() as connection:
            connection.execute(sa.text("DELETE FROM outbox_pieces"))
            connection.execute(sa.text("UPDATE outbox SET worker = 'w'"))
        first, second = store.check()
        assert "1 mails that wait have no bytes" in first
        assert "1 mails are held by nobody" in second
