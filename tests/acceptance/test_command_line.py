"""The command as a user types it, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ARTICLES = ROOT / "samples" / "articles"
NOW = ["--now", "2026-03-05T18:00"]

FLOOD = """The dam at Orle broke on Monday night after four days of rain in the Selle valley.

The mayor of Orle, Ada Brink, said four hundred people had left their homes by Tuesday morning.

Engineers of the Selle water board put the repair of the dam at 3.2 million crowns.
"""


def briefing(*arguments: str | Path, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefing", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", "COLUMNS": "200"}
    done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=environment, timeout=300)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "flood.txt").write_text("Title: Dam at Orle breaks\nSource: Courier\n\n" + FLOOD, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The brief of the samples in every format, made once."""
    folder = tmp_path_factory.mktemp("made")
    return folder / "out", briefing("make", ARTICLES, *NOW, cwd=folder)


def test_every_format_is_made_and_the_table_says_what(made: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    out, done = made
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in out.iterdir()) == [f"brief.{e}" for e in ("html", "json", "md", "pdf", "txt")]
    rows = {line.split()[0] for line in done.stdout.splitlines() if line and line[0] != " "}
    assert {"articles", "stories", "sentences", "citations", "left", "seconds", "files"} <= rows
    assert done.stderr == ""


def test_the_same_articles_make_the_same_bytes(made: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    out, _ = made
    again = out.parent / "again"
    assert briefing("make", ARTICLES, *NOW, "--out", again, "--quiet", cwd=out.parent).returncode == 0
    for path in out.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes(), path.name


def test_rendering_later_gives_the_same_documents(made: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    out, _ = made
    later = out.parent / "later"
    done = briefing("render", out / "brief.json", "--format", "html,md", "--out", later, cwd=out.parent)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in later.iterdir()) == ["brief.html", "brief.md"]
    for path in later.iterdir():
        assert path.read_bytes() == (out / path.name).read_bytes()


def test_a_brief_from_standard_input(tmp_path: Path) -> None:
    done = briefing("make", "-", *NOW, "--format", "md", cwd=tmp_path, stdin=FLOOD.encode())
    assert done.returncode == 0, done.stderr
    assert "four hundred people" in (tmp_path / "out" / "brief.md").read_text(encoding="utf-8")


def test_settings_of_the_working_folder_are_used(news: Path) -> None:
    (news.parent / "briefing.toml").write_text('paths = ["news"]\nformats = ["txt"]\ntitle = "From Orle"\n')
    done = briefing("make", *NOW, "--quiet", cwd=news.parent)
    assert (done.returncode, done.stdout) == (0, "")
    assert "From Orle" in (news.parent / "out" / "brief.txt").read_text(encoding="utf-8")


def test_broken_inputs_are_named_and_the_rest_is_made(news: Path) -> None:
    done = briefing("make", news, ROOT / "samples" / "broken", *NOW, "--format", "json,txt", cwd=news.parent)
    assert done.returncode == 3, done.stderr
    brief = json.loads((news.parent / "out" / "brief.json").read_text(encoding="utf-8"))
    assert brief["stories"]
    assert len(brief["failures"]) >= 5
    for failure in brief["failures"]:
        assert failure["where"] in done.stderr
        assert failure["reason"]
    assert "Traceback" not in done.stderr


def test_nothing_relevant_still_writes_a_brief_that_says_so(news: Path) -> None:
    done = briefing("make", news, "--topic", "quantum chromodynamics", *NOW, cwd=news.parent)
    assert done.returncode == 4, done.stderr
    assert "NOTHING RELEVANT" in (news.parent / "out" / "brief.txt").read_text(encoding="utf-8")
    brief = json.loads((news.parent / "out" / "brief.json").read_text(encoding="utf-8"))
    assert brief["stories"] == []
    assert brief["dropped"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["make"], 2, "name the articles"),
        (["make", "nowhere"], 1, "nowhere"),
        (["make", "empty"], 1, "no article was read from empty"),
        (["make", "news", "--format", "pdff"], 2, "did you mean 'pdf'"),
        (["make", "news", "--theme", "defualt"], 2, "did you mean 'default'"),
        (["make", "news", "--engine", "lm:x"], 2, "unknown engine 'lm:x'"),
        (["make", "news", "--since", "soon"], 2, "since: 'soon' is no time"),
        (["make", "news", "--zone", "Mars/Base"], 2, "unknown zone 'Mars/Base'"),
        (["make", "news", "--minutes", "0"], 2, "minutes is above 0"),
        (["make", "news", "--title", ""], 2, "title is empty"),
        (["make", "news", "--out", ""], 2, "out is empty"),
        (["make", "news", "--format", ","], 2, "--format names no format"),
        (["make", "news", "--stats", "none/stats.json"], 1, "there is no folder none"),
        (["make", "news", "--topik", "x"], 2, "--topic"),
        (["make", "news", "--config", "none.toml"], 2, "none.toml: there is no such file"),
        (["make", "news", "--format", "txt", "--out", "news/flood.txt"], 1, "--out"),
        (["render", "none.json"], 1, "none.json: there is no such file"),
        (["render", "news/flood.txt"], 1, "news/flood.txt"),
        (["news"], 2, "type: briefing make news"),
        (["mak", "news"], 2, "mak"),
    ],
)
def test_what_is_typed_wrongly_is_named_in_one_line(
    news: Path, arguments: Sequence[str], code: int, words: str
) -> None:
    (news.parent / "empty").mkdir()
    done = briefing(*arguments, cwd=news.parent)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_the_period_and_words_narrow_the_brief(news: Path) -> None:
    old = "Date: 2026-02-01\nTitle: Old harvest\n\n" + FLOOD.replace("Orle", "Varn").replace("dam", "wall")
    (news / "old.txt").write_text(old, encoding="utf-8")
    options = ["--since", "2026-03-01", "--format", "json", "--out", "since"]
    assert briefing("make", news, *NOW, *options, cwd=news.parent).returncode == 0
    brief = json.loads((news.parent / "since" / "brief.json").read_text(encoding="utf-8"))
    assert "outside the period" in {d["reason"] for d in brief["dropped"]}
    assert "Varn" not in "".join(c["text"] for s in brief["stories"] for c in s["claims"])
    options = ["--never", "dam", "--format", "json", "--out", "never"]
    assert briefing("make", news, *NOW, *options, cwd=news.parent).returncode == 0
    brief = json.loads((news.parent / "never" / "brief.json").read_text(encoding="utf-8"))
    assert "Orle" not in "".join(c["text"] for s in brief["stories"] for c in s["claims"])


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from briefing.cli import cli\n"
        "try:\n    cli(['--help'])\nexcept SystemExit as e:\n    assert e.code == 0\n"
        "heavy = {'weasyprint', 'openai', 'trafilatura', 'numpy', 'scipy', 'lxml', 'tiktoken', 'jinja2'}\n"
        "print('LOADED', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    assert "LOADED []" in done.stdout
    assert "briefing make" in done.stdout


def test_doctor_looks_at_everything(tmp_path: Path) -> None:
    done = briefing("doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    for name in ("Pango", "HarfBuzz subset", "Latin font", "Japanese font", "Page reader", "Token ranks", "Theme"):
        assert f"  {name}: " in done.stdout
    sick = briefing("doctor", "--theme", "nothing", cwd=tmp_path)
    assert sick.returncode == 1
    assert "FAIL  Theme: " in sick.stdout


def test_a_file_that_cannot_be_written_leaves_the_old_one(news: Path) -> None:
    out = news.parent / "out"
    assert briefing("make", news, *NOW, "--format", "txt", "--quiet", cwd=news.parent).returncode == 0
    before = (out / "brief.txt").read_bytes()
    (out / "brief.html").mkdir()
    done = briefing("make", news, *NOW, "--format", "html", cwd=news.parent)
    assert done.returncode == 1
    assert "--out" in done.stderr
    assert (out / "brief.txt").read_bytes() == before
    assert sorted(p.name for p in out.iterdir()) == ["brief.html", "brief.txt"]


def test_a_dirty_page_comes_out_right(tmp_path: Path) -> None:
    """An aggregator's page: the headline of a football match, and a teaser on shares in the middle of a strike."""
    page = ARTICLES / "2026-03-05" / "unknown" / "todays-top-story.txt"
    done = briefing("make", page, "--topic", "strike in the port of Sandmere", "--format", "json", *NOW, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    brief = json.loads((tmp_path / "out" / "brief.json").read_text(encoding="utf-8"))
    (story,) = brief["stories"]
    assert len(story["claims"]) >= 3
    for claim in (story["headline"], *story["claims"]):
        assert claim["citations"][0]["quote"] in page.read_text(encoding="utf-8")
        assert "Velor" not in claim["text"]
        assert "Seals" not in claim["text"]
    left_out = {d["text"].splitlines()[0]: d["reason"] for d in brief["dropped"]}
    assert left_out["Seals vs Comets Live Score"] == "title of another story"
    assert left_out["Velor shares jump on fever vaccine data"] == "teaser of another story"
    assert [reason for text, reason in left_out.items() if text.startswith("The company's stock gained")] == [
        "teaser of another story"
    ]


def test_a_file_name_cannot_command_the_terminal(news: Path) -> None:
    (news / "e\033[31mRED\n.txt").write_bytes(b"")
    done = briefing("make", news, *NOW, "--format", "txt", "--out", "o[/red]", cwd=news.parent)
    assert done.returncode == 3
    assert "\033" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "o[/red]" in done.stdout


def test_an_interrupt_ends_with_130_and_one_line(news: Path) -> None:
    """The process is interrupted while it waits for standard input."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "briefing", "make", "-", *NOW]
    # A test run in the background ignores interrupts, and its children would, too.
    process = subprocess.Popen(
        command,
        cwd=news.parent,
        env=environment,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    # It reads standard input once the folder for its output is made.
    for _ in range(600):
        if (news.parent / "out").is_dir():
            break
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.strip() == "briefing: error: interrupted; nothing was written half"
