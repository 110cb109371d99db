"""Scheduled editions used wrongly: what is wrong, where, and what to type, in one line; exit codes as documented."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk import TOML, write_desk

SMTP = '[smtp]\nhost = "127.0.0.1"\nport = 1\nfrom = "desk@news.example"\n'


def run(folder: Path, *arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in ``folder``, whose data is kept there too."""
    root = Path(__file__).parent.parent.parent
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        cwd=folder, env={**own, **environment}, capture_output=True, text=True, input=stdin, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done


def test_without_settings_it_is_said_what_to_write(tmp_path: Path) -> None:
    done = run(tmp_path, "run", "morning")
    assert done.returncode == 2
    assert "there is no briefing.toml in this folder; write one with an [edition.NAME]" in done.stderr


@pytest.mark.parametrize(
    ("toml", "arguments", "environment", "code", "words"),
    [
        (TOML, ("run", "mornin"), {}, 2, "has no [edition.mornin]; did you mean 'morning'?"),
        (TOML.replace("at =", "att ="), ("schedule",), {}, 2, "unknown key 'att' in [edition.morning]; did you mean"),
        (TOML.replace("folder:sent", "smtp"), ("start",), {}, 2, "there is no [smtp]; write one"),
        (
            TOML.replace("folder:sent", "smtp") + SMTP + 'user = "desk"\n', ("start",), {}, 2,
            "has the user 'desk', but no password; type: export BRIEFING_SMTP_PASSWORD=",
        ),
        (TOML, ("history",), {"BRIEFING_DATABASE": "postgresql://me:hush@127.0.0.1:1/x"}, 1, "see whether the server"),
        (TOML, ("outbox", "resend"), {}, 2, "if they may arrive twice, type: briefing outbox resend --uncertain"),
        (TOML, ("outbox", "show", "9"), {}, 2, "there is no message 9; briefing outbox list shows"),
        (TOML, ("approve", "morning"), {}, 2, "has no edition yet; make one: briefing run morning"),
    ],
)  # fmt: skip
def test_wrong_use_is_named(
    tmp_path: Path, toml: str, arguments: tuple[str, ...], environment: dict[str, str], code: int, words: str
) -> None:
    write_desk(tmp_path, toml)
    done = run(tmp_path, *arguments, **environment)
    assert done.returncode == code, done.stderr
    assert words in " ".join(done.stderr.split())
    assert "hush" not in done.stderr


def test_a_mail_server_that_is_down_is_said_with_the_time_of_the_next_try(tmp_path: Path) -> None:
    write_desk(tmp_path, TOML.replace("folder:sent", "smtp") + SMTP)
    done = run(tmp_path, "run", "morning")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "mails: 2 queued" in done.stdout
    assert "127.0.0.1:1: [Errno 111] Connection refused" in done.stdout
    assert "briefing doctor --smtp" in done.stdout
    assert done.stderr == ""


def test_an_import_brings_nobody_back_who_left(tmp_path: Path) -> None:
    write_desk(tmp_path)
    people = "address\nana@news.example\nbo@news.example\n"
    assert "2 people added to desk" in run(tmp_path, "subscribers", "import", "desk", "-", stdin=people).stdout
    run(tmp_path, "subscribers", "remove", "desk", "ana@news.example")
    again = run(tmp_path, "subscribers", "import", "desk", "-", stdin=people)
    assert "1 had left and stays off" in again.stdout
    assert "ana@news.example" not in run(tmp_path, "subscribers", "list", "desk").stdout
    run(tmp_path, "subscribers", "add", "desk", "ana@news.example")
    assert "ana@news.example" in run(tmp_path, "subscribers", "list", "desk").stdout


def test_a_file_of_a_spreadsheet_with_semicolons(tmp_path: Path) -> None:
    write_desk(tmp_path, TOML)
    people = 'address;name;topics\nana@news.example;Ana;"bridge; ferries"\n'
    assert run(tmp_path, "subscribers", "import", "desk", "-", stdin=people).stdout.startswith("1 person added")
    assert "bridge; ferries" in run(tmp_path, "subscribers", "list", "desk").stdout


def test_what_is_not_said_of_somebody_who_is_there_stays(tmp_path: Path) -> None:
    write_desk(tmp_path, TOML)
    run(tmp_path, "subscribers", "add", "desk", "ana@news.example", "--name", "Ana", "--format", "text")
    run(tmp_path, "subscribers", "add", "desk", "ana@news.example", "--language", "de")
    line = run(tmp_path, "subscribers", "list", "desk").stdout.splitlines()[-1]
    assert line.split() == ["ana@news.example", "Ana", "de", "text"]


def test_a_correction_is_asked_for_before_it_is_sent(tmp_path: Path) -> None:
    write_desk(tmp_path, TOML)
    run(tmp_path, "run", "morning")
    asked = run(tmp_path, "correct", "morning", "1.1", "Words of my own.", "--uncited", stdin="n\n")
    assert "it said:" in asked.stdout
    assert "Send this to everybody who got morning/" in asked.stdout
    assert asked.returncode != 0
    assert "correction" not in run(tmp_path, "outbox", "list").stdout
