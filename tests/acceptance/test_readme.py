"""Every command of the README, as it stands there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from briefing import config
from briefing.testing import ModelServer, Reply, Request, faithful
from tests.tiny_model import tiny_model

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line for kind, block in BLOCKS if not kind for line in block.splitlines()]
STAGES = "collect | clean | dedupe | chunk | select | cluster | write | verify | compose | render | deliver"


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # The shell is bash so that a function can stand for the installed command, whatever is on the PATH.
    script = f'briefing() {{ {shlex.quote(sys.executable)} -m briefing "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", script], cwd=folder, capture_output=True, text=True, timeout=300, env=environment
    )


def _asks_a_model(command: str) -> bool:
    return "--engine" in command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like the project's, to write into."""
    copy = tmp_path_factory.mktemp("readme")
    (copy / "samples").symlink_to(ROOT / "samples")
    return copy


def test_the_readme_has_the_commands_that_are_tested_here() -> None:
    assert {c.split()[0] for c in COMMANDS if c != STAGES} == {"make", ".", "export", "briefing", ".venv/bin/python"}
    assert COMMANDS[:2] == ["make demo", "make test"]
    assert STAGES in COMMANDS


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("briefing ") and not _asks_a_model(c)])
def test_commands(command: str, folder: Path) -> None:
    if command.startswith(("briefing render", "briefing verify")):
        assert _run("briefing make samples/articles --format json", folder).returncode == 0
    done = _run(command, folder)
    assert done.returncode == 0, done.stdout + done.stderr
    if command.startswith(("briefing make", "briefing render")):
        assert "brief." in done.stdout


@pytest.mark.parametrize("command", [c for c in COMMANDS if _asks_a_model(c)])
def test_commands_that_ask_a_model(command: str, folder: Path, tmp_path: Path) -> None:
    (folder / "model.gguf").unlink(missing_ok=True)
    (folder / "model.gguf").symlink_to(tiny_model())
    with ModelServer(_answer, models=("gpt-5-mini", "qwen3")) as server:
        elsewhere = re.sub(r"http://127\.0\.0\.1:11434\S*", server.base_url, command)
        home = f"export OPENAI_BASE_URL={server.base_url} OPENAI_API_KEY=test XDG_DATA_HOME={tmp_path}; "
        # Shorter than in the README for a slow model: what is tested is that it runs.
        done = _run(home + elsewhere + (" --minutes 0.3" if "local:" in command else ""), folder)
        asked = len(server.requests)
    assert "--estimate" in command or asked or "local:" in command
    # A model as small as this one writes little that holds: its stories are told in quotations, which 3 says.
    assert done.returncode in ((0, 3) if "local:" in command else (0,)), done.stdout + done.stderr
    expected = {"--estimate": "price ", "calibrate": "threshold ", "local:": "models "}
    assert next((what for part, what in expected.items() if part in command), "models ") in done.stdout


def _answer(request: Request) -> Reply:
    """Writes faithfully, and judges by words: a claim is held to follow when the evidence has all of them."""
    if not re.search(r"^Claim", request.user, re.MULTILINE):
        return faithful(request)
    evidence = set(re.findall(r"\w+", " ".join(re.findall(r"^Evidence.*", request.user, re.MULTILINE))))
    claims = re.findall(r"^Claim(?: \d+)?: (.*)", request.user, re.MULTILINE)
    said = ["yes" if set(re.findall(r"\w+", claim)) <= evidence else "no" for claim in claims]
    numbered = "Claim 1:" in request.user
    return Reply("\n".join(f"{n}: {word}" for n, word in enumerate(said, 1)) if numbered else said[0])


def test_make_demo_sets_up_and_makes_the_brief(tmp_path: Path) -> None:
    done = _run(f"make -C {shlex.quote(str(ROOT))} demo OUT={shlex.quote(str(tmp_path))}", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"brief.{e}" for e in ("html", "json", "md", "pdf", "txt")]
    for path in tmp_path.iterdir():
        assert str(path) in done.stdout
    assert re.search(r"seconds +\d", done.stdout)


def test_the_environment_that_make_demo_made_holds_the_command() -> None:
    assert ". .venv/bin/activate" in COMMANDS
    done = _run("unset -f briefing; . .venv/bin/activate && briefing --version", ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("briefing ")


def test_make_test_is_what_runs_here() -> None:
    done = _run(f"make -C {shlex.quote(str(ROOT))} --dry-run test", ROOT)
    assert done.returncode == 0, done.stderr
    for check in ("ruff check", "mypy", "pytest"):
        assert check in done.stdout


def test_the_program_prints_what_it_made(folder: Path) -> None:
    (program,) = [block for kind, block in BLOCKS if kind == "python"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"brief\.html \d+ bytes\n", done.stdout)


def test_the_settings_are_valid(tmp_path: Path) -> None:
    (settings,) = [block for kind, block in BLOCKS if kind == "toml"]
    (tmp_path / "briefing.toml").write_text(settings, encoding="utf-8")
    loaded = config.load(tmp_path / "briefing.toml")
    assert loaded.topics == ("port strike Sandmere", "bank merger")
    assert loaded.publishers["Aldane Institute"].blocked


def test_every_option_stands_in_the_readme() -> None:
    from briefing.cli.make import command

    options = {o for p in command.params for o in p.opts if o.startswith("--")}
    assert {o for o in options if f"`{o}" not in README and f" {o} " not in README} <= {
        "--max-mb",
        "--stats",
        "--engine",
    }


def test_the_benchmarks_run_as_written(tmp_path: Path) -> None:
    (tmp_path / "sentences").mkdir()
    row = {"text": "It rained. The dam broke.", "sentences": ["It rained.", "The dam broke."]}
    (tmp_path / "sentences" / "two.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    quality, speed = (c.split()[1:] for c in COMMANDS if c.startswith(".venv/bin/python"))
    arguments = [str(tmp_path) if a == "DIR" else a for a in quality]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert json.loads(done.stdout[done.stdout.index("\n{") :])["sentences/two"]["exact"] == 1.0
    # Smaller counts than in the README: what is tested is that it runs, not how fast.
    smaller = ["--articles", "10,20", "--json", str(tmp_path / "speed.json")]
    arguments = [*speed[: speed.index("--articles")], *smaller]
    subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=True, timeout=300)
    figures = json.loads((tmp_path / "speed.json").read_text(encoding="utf-8"))
    assert set(figures) == {"10", "20", "exponent"}
    assert {"seconds", "peak_mb", "stages"} <= set(figures["20"])
