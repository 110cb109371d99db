"""What a check of a theme finds, each at its place."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing import themes
from briefing.errors import ConfigError
from briefing.model import Brief
from briefing.render.check import check
from briefing.render.contrast import contrast
from briefing.render.environment import packaged
from briefing.render.json import dumps, loads
from briefing.render.problems import Problem
from briefing.render.samples import SAMPLES

HEAD = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>'
BLOCK = '{% extends "!default/brief.html" %}\n'
# A page that prints every sentence as it should be, but for what a case adds.
PLAIN = (
    HEAD + "{% for story in lead + in_brief %}<h2>{{ story.headline.text }}"
    '{% for ref in story.headline.refs %} <a href="#{{ sources[ref.number - 1].id }}">{{ ref.number }}</a>{% endfor %}'
    "</h2>{% endfor %}{% for source in sources %}"
    '<p id="{{ source.id }}">{{ source.number }} {{ source.quote }}</p>{% endfor %}'
)

NUMBERLESS = "{% for story in lead %}{{ story.headline.text }}{% endfor %}"


def found(folder: Path, toml: str = "", formats: tuple[str, ...] = ("html",), **files: str) -> list[Problem]:
    (folder / "theme.toml").write_text(toml, "utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return check(str(folder), formats=formats)


@pytest.mark.parametrize("make", SAMPLES.values(), ids=SAMPLES)
def test_samples_are_briefs_that_can_be_kept(make: Callable[[], Brief]) -> None:
    assert loads(dumps(make())) == make()


@pytest.mark.parametrize("theme", sorted(folder.name for folder in packaged().iterdir() if folder.is_dir()))
def test_nothing_is_wrong_with_our_own_themes(theme: str) -> None:
    assert [p for p in check(theme, formats=("html", "md", "txt", "eml")) if p.level != "advice"] == []


@pytest.mark.parametrize(
    ("page", "level", "place", "words"),
    [
        (BLOCK + "{% block mastheat %}x{% endblock %}", "error", ":2:10", "no block 'mastheat', so it is never"),
        (BLOCK + "<p>Our address</p>", "warning", ":2", "outside of all blocks"),
        ('\n{% extends "!defalt/brief.html" %}', "error", ":2", "no template '!defalt/brief.html'; searched: "),
        ('{% extends "brief.html" %}', "error", ":1", "extends itself; write {% extends '!default/brief.html' %}"),
        (BLOCK + "{% block masthead %}\n{{ masthead.titel }}{% endblock %}", "error", ":3:13", "no 'titel'; did"),
        (PLAIN + "{% if nothing %}{{ mastheed }}{% endif %}", "error", ":1", "no 'mastheed'; did you mean 'masthead'"),
        (
            PLAIN + "\n{% for story in lead %}{% if nothing %}{{ story.headline.txt }}{% endif %}{% endfor %}",
            "error",
            ":2:58",
            "there is no 'txt'; did you mean 'text'",
        ),
        (PLAIN + "{{ theme.logos }}", "error", ":1", "there is no 'logos'; did you mean 'logo'"),
        ("{% if %}", "error", ":1:7", "Expected an expression"),
        (PLAIN + "{{ masthead.title | saef }}", "error", ":1", "there is no filter 'saef'; did you mean 'safe'?"),
        (HEAD + "\n" + NUMBERLESS, "error", ":2:24", "a headline is printed without"),
        (HEAD + "\n" + NUMBERLESS, "error", ":2:24", "list of sources is missing"),
        ("\n" + PLAIN, "error", ":2:105", "without what the checks doubt"),
        (PLAIN, "advice", "", "does not say how the brief was made"),
        ("", "warning", "", "prints no sentence of the brief"),
        (HEAD + "<p>Nothing</p>", "warning", "", "prints no sentence of the brief"),
        (PLAIN + '\n<img src="https://tracker.example/p.png" alt="">', "error", ":2:11", "loads 'https://tracker.example/p.png'"),
        (PLAIN + '\n<link href="style.css" rel="stylesheet">', "error", ":2:13", "loads 'style.css'"),
        (PLAIN + '<p style="background: url(//tracker.example/p)">', "error", "", "loads '//tracker.example/p'"),
        (PLAIN + '\n<script>go()</script>', "warning", ":2:1", "<script> runs in the reader's browser"),
        (PLAIN + '\n <a href="javascript:go()">x</a>', "warning", ":2:5", "runs a script in the reader's browser"),
        (PLAIN + '\n<form action="https://tracker.example/"></form>', "error", ":2:7", "sends what the reader"),
        (PLAIN + '\n<i id="a"></i>\n<i id="a"></i>', "error", ":2:1", "the id 'a' stands twice"),
        (PLAIN + "<style>@import 'https://fonts.example/x'</style>", "error", "", "loads 'https://fonts.example/x'"),
        (PLAIN + '\n<p onclick="go()">x</p>', "warning", ":2:4", "runs a script"),
        (PLAIN + '\n <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "error", ":2:2", "without 'alt'"),
        (PLAIN + '\n<a href="#nowhere">x</a>', "error", ":2:1", "links to '#nowhere'"),
        (PLAIN.replace(' lang="en"', ""), "warning", ":1:16", "<html> has no 'lang'"),
        (PLAIN.replace("headline.text", "headline.text | safe"), "error", ":1:105", "without escaping it: <script>"),
        (PLAIN.replace("headline.text", "headline.text | safe"), "warning", ":1", "'safe' prints without escaping"),
    ],
)  # fmt: skip
def test_a_fault_of_a_page_is_found_at_its_place(tmp_path: Path, page: str, level: str, place: str, words: str) -> None:
    problems = found(tmp_path, brief__html=page)
    near = [p for p in problems if words in p.text]
    assert near, problems
    assert near[0].level == level
    assert near[0].place.startswith(f"{tmp_path / 'brief.html'}{place}")


def test_a_page_without_faults_has_none(tmp_path: Path) -> None:
    page = BLOCK + "{% block masthead %}{{ super() }}<p>{{ masthead.title | upper }}</p>{% endblock %}"
    assert found(tmp_path, brief__html=page, style__css="h1 { color: var(--ink) }") == []


@pytest.mark.parametrize("format", ["md", "txt"])
def test_sentences_need_numbers_in_every_format(tmp_path: Path, format: str) -> None:
    template = "{% for story in lead %}{{ story.headline.text }}\n{% endfor %}"
    problems = found(tmp_path, formats=(format,), **{f"brief__{format}": template})
    assert {p.text for p in problems if p.level == "error"} == {
        "a headline is printed without the numbers of its sources: its 'refs'",
        "prints sentences without what the checks doubt of them: their 'doubt'",
        "the list of sources is missing or leaves some out: 'sources'",
    }


def test_colours_that_are_hard_to_read_are_named_where_they_are_set(tmp_path: Path) -> None:
    problems = found(tmp_path, "[options]\nsoft = '#b0b0b0'\naccent = '#005a9c'")
    assert [(p.level, p.line, p.column) for p in problems] == [("warning", 2, 1), ("advice", 2, 1), ("advice", 3, 1)]
    assert "contrast of 2.1; readers need 4.5" in problems[0].text
    assert "'accent_dark' is not: dark pages keep ours" in problems[2].text


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


def test_a_wrong_theme_toml_is_a_finding(tmp_path: Path) -> None:
    assert found(tmp_path, "nam = 'x'") == [
        Problem("error", str(tmp_path / "theme.toml"), 1, 1, "unknown key 'nam'; did you mean 'name'?")
    ]
    with pytest.raises(ConfigError, match="unknown theme"):
        check("nowhere")


def test_a_new_theme_looks_as_ours_and_has_nothing_wrong(tmp_path: Path) -> None:
    folder = themes.new("house", tmp_path)
    assert check(str(folder), formats=("html",)) == []
    with pytest.raises(ConfigError, match="is there already"):
        themes.new("house", tmp_path)
    with pytest.raises(ConfigError, match="small letters"):
        themes.new("../house", tmp_path)


def test_an_ejected_file_says_where_it_is_from_and_what_changed_since(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    (base / "brief.txt").write_text("one\ntwo\n")
    own = tmp_path / "own"
    own.mkdir()
    (own / "theme.toml").write_text("extends = 'base'")
    path = themes.eject("brief.txt", str(own))
    assert path.read_text().startswith("{#- Ejected from briefing ")
    assert [c.difference for c in themes.changes(str(own))] == [""]
    path.write_text(path.read_text() + "mine\n")
    (base / "brief.txt").write_text("one\ntwo and a half\n")
    (change,) = themes.changes(str(own))
    assert change.original == "base/brief.txt"
    assert change.difference.splitlines()[-2:] == ["-two", "+two and a half"]
    assert "mine" not in change.difference


@pytest.mark.parametrize(
    ("file", "message"),
    [("brief.htm", "not a template"), ("breif.html", "did you mean 'brief.html'"), ("theme.toml", "not a template")],
)
def test_what_cannot_be_ejected_is_refused(tmp_path: Path, file: str, message: str) -> None:
    (tmp_path / "theme.toml").write_text("")
    with pytest.raises(ConfigError, match=message):
        themes.eject(file, str(tmp_path))


def test_ours_is_not_changed_by_ejecting() -> None:
    with pytest.raises(ConfigError, match="briefing templates new NAME"):
        themes.eject("brief.html", "default")


def test_ejected_files_render_as_before(tmp_path: Path) -> None:
    themes.new("house", tmp_path)
    for file in ("brief.html", "brief.md", "brief.txt"):
        themes.eject(file, str(tmp_path / "house"))
    assert check(str(tmp_path / "house"), formats=("html", "md", "txt")) == []


def _command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "briefing", "templates", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_commands_from_the_first_theme_to_its_check(tmp_path: Path) -> None:
    assert _command(tmp_path, "new", "house").returncode == 0
    listed = json.loads(_command(tmp_path, "list", "--json").stdout)
    assert (listed[0]["name"], listed[0]["ours"]) == ("house", False)
    assert "default" in {t["name"] for t in listed}
    assert _command(tmp_path, "eject", "brief.md", "house").stdout.strip().endswith("templates/house/brief.md")
    assert "is the same today" in _command(tmp_path, "diff", "house").stdout
    (tmp_path / "templates/house/brief.txt").write_text("{{ masthead.titel }}")
    checked = _command(tmp_path, "check", "house")
    assert checked.returncode == 1
    assert "error    templates/house/brief.txt:1:13: there is no 'titel'; did you mean 'title'?" in checked.stdout
    printed = json.loads(_command(tmp_path, "check", "house", "--json").stdout)
    problems = printed["problems"]
    assert (set(printed), set(problems[0])) == ({"theme", "problems"}, {"level", "file", "line", "column", "text"})
    assert problems[0]["line"] == 1
    assert _command(tmp_path, "check", "hous").returncode == 2
