"""The README's "A brief every morning": its five commands, as they stand there, put one mail into the inbox."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## A brief every morning\n")[2].partition("\n## ")[0]
BLOCK = "".join(re.findall(r"^```sh\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL))
# A line each, or all lines up to END.
COMMANDS = re.findall(r"^(?:[^\n]+<<'END'\n.*?^END$|[^\n]+)$", BLOCK, re.MULTILINE | re.DOTALL)

Run = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Runs a command of the README in a folder of its own, with a free port in place of 8025."""
    folder = tmp_path_factory.mktemp("morning")
    (folder / "samples").symlink_to(ROOT / "samples")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "LANG": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
    }
    python = shlex.quote(sys.executable)
    # Functions stand for the active environment.
    active = f'python() {{ exec {python} "$@"; }}; briefing() {{ {python} -m briefing "$@"; }}; '
    with ExitStack() as stack:

        def run(command: str) -> subprocess.CompletedProcess[str]:
            command = command.replace("8025", str(port))
            if command.endswith(" &"):
                script = ["bash", "-c", active + command.removesuffix(" &")]
                process = stack.enter_context(subprocess.Popen(script, cwd=folder, env=environment))
                stack.callback(process.terminate)
                _wait(port)
                return subprocess.CompletedProcess(script, 0, "", "")
            return subprocess.run(
                ["bash", "-c", active + command],
                cwd=folder,
                env=environment,
                capture_output=True,
                text=True,
                timeout=300,
            )

        yield run


def test_from_nothing_to_a_mail_in_five_commands(run: Run) -> None:
    assert [c.split()[0] for c in COMMANDS] == ["python", "cat", "briefing", "briefing", "cat"]
    done = []
    for command in COMMANDS:
        done.append(run(command))
        assert done[-1].returncode == 0, done[-1].stdout + done[-1].stderr
    rehearsed, sent, shown = done[2:]

    assert "ana@news.example Ana Ruiz (html)" in rehearsed.stdout
    assert "mails: 1 sent" in sent.stdout
    (mail,) = _mails(shown.stdout)
    assert mail["To"] == "Ana Ruiz <ana@news.example>"
    assert str(mail["Subject"]).startswith("Morning brief: ")


def test_a_second_run_sends_nothing(run: Run) -> None:
    again = run("briefing run morning")
    assert again.returncode == 0, again.stderr
    assert "made before; what was sent is not sent again" in again.stdout
    assert len(_mails(run(COMMANDS[-1]).stdout)) == 1


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("schedule", "Europe/Berlin"),
        ("history", "1 sent"),
        ("outbox list", "ana@news.example"),
        ("outbox show 1", "Ana Ruiz"),
        ("subscribers list", "no list has anybody on it"),
        ("doctor --smtp", "127.0.0.1"),
    ],
)
def test_what_one_looks_at_next(run: Run, command: str, words: str) -> None:
    done = run(f"briefing {command}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert words in done.stdout


def test_every_command_of_the_section_is_there(run: Run) -> None:
    table = [line.split("|")[1] for line in SECTION.splitlines() if line.startswith("| `")]
    names = [name for cell in table for name in re.findall(r"`(?:briefing )?([a-z]+)", cell)]
    assert {"run", "start", "worker", "schedule", "approve", "edit", "reject", "correct", "outbox", "history"} < {
        *names
    }
    parts = {"list", "show", "retry", "resend", "cancel", "add", "import", "remove", "erase"}
    listed = run("briefing --help; briefing outbox --help; briefing subscribers --help").stdout
    for name in {*names, *parts}:
        assert re.search(rf"^  {name}\b", listed, re.MULTILINE), name


def _mails(text: str) -> list[EmailMessage]:
    return [
        message_from_bytes(part.encode(), EmailMessage, policy=policy.default)
        for part in re.split(r"^(?=From: )", text, flags=re.MULTILINE)
        if part
    ]


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("no server came up")
