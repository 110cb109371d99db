"""What the store of answers promises beyond ``tests/contract/test_cache_contract.py``."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.store import place
from briefing.store.answers import Answers

DAY = timedelta(days=1)
T = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)


class Clock:
    """A time that is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]


def test_answers_are_there_in_the_next_run(tmp_path: Path) -> None:
    first = Answers(tmp_path / "deep" / "folder" / "answers.db")
    first.put("a", "1")
    first.close()
    assert Answers(tmp_path / "deep" / "folder" / "answers.db").get("a") == "1"


def test_nothing_is_made_before_the_first_use(tmp_path: Path) -> None:
    Answers(tmp_path / "folder" / "answers.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_read_them(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "folder" / "answers.db")
    answers.put("a", "1")
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    files = list((tmp_path / "folder").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_url_names_the_same_database(tmp_path: Path) -> None:
    Answers(tmp_path / "answers.db").put("a", "1")
    assert Answers(f"sqlite:///{tmp_path / 'answers.db'}").get("a") == "1"


def test_what_was_not_used_for_long_goes(tmp_path: Path) -> None:
    file, clock = tmp_path / "answers.db", Clock(T)
    first = Answers(file, keep=30 * DAY, clock=clock)
    first.put("unused", "1")
    first.put("used", "2")
    clock.now = T + 20 * DAY
    assert first.get("used") == "2"
    later = Answers(file, keep=30 * DAY, clock=Clock(T + 40 * DAY))
    assert (later.get("unused"), later.get("used")) == (None, "2")


def test_prune_size_keys_and_clear(tmp_path: Path) -> None:
    clock = Clock(T)
    answers = Answers(tmp_path / "answers.db", clock=clock)
    for number in range(5):
        answers.put(f"day/{number}", "four")
        clock.now += DAY
    answers.put("week/%", "x")
    assert answers.size() == (6, 21)
    assert answers.keys("day/") == tuple(f"day/{number}" for number in range(5))
    assert answers.keys("week/%") == ("week/%",)
    assert answers.keys("%") == ()
    assert answers.prune(T + 2 * DAY) == 2
    assert answers.clear() == 4
    assert answers.size() == (0, 0)


def test_cleared_answers_leave_no_trace(tmp_path: Path) -> None:
    answers = Answers(tmp_path / "answers.db")
    answers.put("a", "canary " * 10_000)
    answers.clear()
    answers.close()
    assert all(b"canary" not in file.read_bytes() for file in tmp_path.iterdir())
    assert place.bytes_on_disk(tmp_path / "answers.db") < 50_000


def test_a_damaged_database_is_named_once_and_sinks_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "answers.db"
    file.write_bytes(b"this is not a database" * 100)
    answers = Answers(file)
    answers.put("a", "1")
    assert answers.get("a") is None
    assert answers.size() == (0, 0)
    (message,) = warnings(caplog)
    assert str(file) in message
    assert "not a database" in message


def test_damage_in_the_middle_is_no_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "answers.db"
    answers = Answers(file)
    for number in range(200):
        answers.put(str(number), "x" * 500)
    answers.close()
    with file.open("r+b") as f:
        f.seek(20_000)
        f.write(b"\xff" * 40_000)
    broken = Answers(file)
    assert all(broken.get(str(number)) in (None, "x" * 500) for number in range(200))
    assert len(warnings(caplog)) == 1


def test_a_locked_database_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "answers.db"
    Answers(file).put("a", "1")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        answers = Answers(file)
        answers.put("b", "2")
        answers.put("c", "3")
    finally:
        other.close()
    (message,) = warnings(caplog)
    assert "locked" in message


def test_a_folder_in_its_place_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "answers.db").mkdir()
    answers = Answers(tmp_path / "answers.db")
    answers.put("a", "1")
    assert answers.get("a") is None
    assert len(warnings(caplog)) == 1


def test_a_database_that_can_only_be_read_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Answers(tmp_path / "answers.db").put("a", "1")
    answers = Answers(f"sqlite:///file:{tmp_path / 'answers.db'}?mode=ro&uri=true")
    answers.put("b", "2")
    (message,) = warnings(caplog)
    assert "readonly" in message


def test_a_file_in_the_way_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "folder").write_text("", encoding="utf-8")
    assert Answers(tmp_path / "folder" / "answers.db").get("a") is None
    assert len(warnings(caplog)) == 1


def test_a_database_of_another_version_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "answers.db"
    Answers(file).put("a", "1")
    with sqlite3.connect(file) as other:
        other.execute("UPDATE alembic_version SET version_num = 'answers_99'")
    other.close()
    assert Answers(file).get("a") is None
    (message,) = warnings(caplog)
    assert "version answers_99" in message


def test_a_password_stays_out_of_the_warning(caplog: pytest.LogCaptureFixture) -> None:
    assert Answers("nothing+such://user:canary@127.0.0.1/answers").get("a") is None
    (message,) = warnings(caplog)
    assert "canary" not in message


def test_what_has_no_bytes_is_not_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    answers = Answers(tmp_path / "answers.db")
    answers.put("a", "\ud800")
    assert answers.get("a") is None
    assert len(warnings(caplog)) == 1


WRITER = """
import sys
from briefing.store.answers import Answers

answers = Answers(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2])):
    answers.put(f"{number % 40}", f"{number % 40} " * 2000)
    assert answers.get(f"{number % 40}") == f"{number % 40} " * 2000
    if number == 20:
        print("busy", flush=True)
"""


def writer(file: Path, puts: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", WRITER, str(file), str(puts)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    # Both open a database that is not there yet, too.
    both = [writer(tmp_path / "answers.db", 120) for _ in range(2)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        _, errors = process.communicate("go\n", timeout=120)
        assert (process.returncode, errors) == (0, "")
    assert Answers(tmp_path / "answers.db").size().answers == 40


def test_a_writer_that_is_killed_leaves_a_whole_database(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "answers.db"
    for _ in range(3):
        process = writer(file, 1_000_000)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        assert process.stdout.readline() == "busy\n"
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    answers = Answers(file)
    assert all(answers.get(str(n)) in (None, f"{n} " * 2000) for n in range(40))
    assert answers.size().answers >= 20
    assert not warnings(caplog)


def test_places_are_in_the_users_folder_and_load_no_database(tmp_path: Path) -> None:
    code = (
        "import sys; from briefing.store.place import answers_file, bytes_on_disk as size; "
        "print(answers_file(), size(answers_file()), 'sqlalchemy' in sys.modules)"
    )
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    path, size, loaded = done.stdout.rsplit(maxsplit=2)
    assert Path(path).is_relative_to(tmp_path)
    assert (size, loaded) == ("0", "False")
