"""Formats and themes by name, and what hostile text cannot do on a page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.errors import ConfigError, RenderError
from briefing.render.context import context
from briefing.render.environment import Look, Theme, find, packaged
from briefing.render.formats import FORMATS, render
from briefing.render.html import HtmlRenderer
from briefing.render.sandbox import environment
from tests.briefs import empty_brief, foreign_brief, hostile_brief, rich_brief


def page(format: str, brief: object = None) -> str:
    return render(brief or rich_brief(), format).content.decode()  # type: ignore[arg-type]


def test_an_unknown_format_is_named_with_a_suggestion() -> None:
    with pytest.raises(ConfigError, match="unknown format 'htm'; did you mean 'html'"):
        render(rich_brief(), "htm")
    assert FORMATS == ("html", "pdf", "md", "txt", "eml", "json")


def test_an_unknown_theme_names_the_folders_searched() -> None:
    with pytest.raises(ConfigError) as caught:
        render(rich_brief(), "html", theme="defalt")
    message = str(caught.value)
    assert "did you mean 'default'" in message
    assert str(Path("templates/defalt")) in message
    assert str(packaged() / "defalt") in message


def test_importing_the_formats_loads_no_heavy_library() -> None:
    code = (
        "import sys, briefing.render.formats, briefing.render.json;"
        "print([m for m in ('jinja2', 'weasyprint', 'numpy', 'jsonschema') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_themes_stand_in_the_package_or_beside_it(tmp_path: Path) -> None:
    package = tmp_path / "briefing"
    package.mkdir()
    assert packaged(package) == tmp_path / "templates"
    (package / "templates").mkdir()
    assert packaged(package) == package / "templates"
    assert (packaged() / "default" / "brief.html").is_file()


def test_an_own_theme_is_a_folder_and_takes_what_it_lacks_from_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "templates" / "house"
    own.mkdir(parents=True)
    (own / "brief.html").write_text(
        '{% extends "!default/brief.html" %}{% block masthead %}<h1>House of {{ masthead.title }}</h1>{% endblock %}'
    )
    (own / "style.css").write_text('h1::after { content: "</style>"; }')
    for theme in (str(own), "house"):
        monkeypatch.chdir(tmp_path)
        text = render(rich_brief(), "html", theme=theme).content.decode()
        assert "<h1>House of The Morning Brief</h1>" in text
        assert r'content: "<\/style>"' in text
        assert text.count("</style>") == 1
        assert render(rich_brief(), "md", theme=theme).content == render(rich_brief(), "md").content
    assert find("house") == own.resolve()


def test_a_folder_that_stands_about_does_not_hide_a_theme_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "default").mkdir()
    (tmp_path / "default" / "notes.txt").write_text("mine")
    monkeypatch.chdir(tmp_path)
    assert find("default") == (packaged() / "default").resolve()
    assert find("./default") == tmp_path / "default"
    for nothing in ("", "nowhere/at/all", "a\0b"):
        with pytest.raises(ConfigError):
            find(nothing)


def test_a_missing_field_names_template_and_line(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("one\n{{ masthead.titel }}\n")
    with pytest.raises(RenderError, match=r"brief\.txt:2: .*titel"):
        render(rich_brief(), "txt", theme=str(tmp_path))


def test_a_fault_of_syntax_names_template_and_line(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("one\ntwo\n{% if %}\n")
    with pytest.raises(RenderError, match=r"brief\.txt:3"):
        render(rich_brief(), "txt", theme=str(tmp_path))


def test_a_missing_template_names_the_folders_searched(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text('{% include "nowhere.txt" %}')
    with pytest.raises(RenderError, match=re.escape(str(tmp_path))) as caught:
        render(rich_brief(), "txt", theme=str(tmp_path))
    assert "nowhere.txt" in str(caught.value)


@pytest.mark.parametrize("name", ["../secret.txt", "!../secret.txt", "!default/../../secret.txt"])
def test_a_theme_reads_no_file_outside_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "brief.txt").write_text(f'{{% include "{name}" %}}')
    with pytest.raises(RenderError):
        render(rich_brief(), "txt", theme=str(theme))


def test_templates_run_in_a_sandbox(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").write_text("{{ masthead.title.__class__.__mro__ }}")
    with pytest.raises(RenderError):
        render(rich_brief(), "txt", theme=str(tmp_path))
    assert "lipsum" not in environment(Theme(str(tmp_path)).folders).globals


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def test_hostile_text_adds_nothing_to_the_page() -> None:
    tags = _Tags()
    tags.feed(page("html", hostile_brief()))
    assert tags.tags.count("script") == 1
    assert tags.tags.count("style") == 1
    assert "img" not in tags.tags
    assert not [a for a in tags.attributes if a[0].startswith("on")]
    assert not [v for k, v in tags.attributes if k in ("href", "src") and "javascript" in v.lower()]
    assert {v for k, v in tags.attributes if k == "lang"} == {"en"}


def test_a_page_needs_nothing_from_elsewhere() -> None:
    tags = _Tags()
    tags.feed(page("html"))
    assert not [v for k, v in tags.attributes if k == "src"]
    assert not {"link", "img", "iframe"} & set(tags.tags)
    assert "@import" not in page("html")
    assert "url(" not in page("html")


def test_text_is_never_run_as_a_template() -> None:
    for format in ("html", "txt"):
        assert "{{ 7*7 }}" in page(format, hostile_brief())
        assert "{{ config }}" in page(format, hostile_brief())
    assert "7\\*7" in page("md", hostile_brief())


def test_hostile_text_makes_no_markdown() -> None:
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark").render(page("md", hostile_brief()))
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in re.findall(r'href="([^"]*)"', html)
    assert html.count("<h1>") == 1


@pytest.mark.parametrize("format", ["html", "md", "txt"])
def test_no_control_characters_reach_a_page(format: str) -> None:
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", page(format, hostile_brief()))


def test_plain_text_fits_78_columns_but_for_addresses() -> None:
    lines = page("txt").splitlines()
    assert max(len(line) for line in lines if "://" not in line) <= 78


def test_markdown_defines_each_footnote_once() -> None:
    text = page("md")
    called = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert called == set(defined)
    assert defined == [str(n) for n in range(1, len(defined) + 1)]


@pytest.mark.parametrize("format", ["html", "md", "txt"])
def test_an_empty_brief_says_so_and_keeps_its_ledger(format: str) -> None:
    text = page(format, empty_brief()).lower()
    assert "nothing relevant" in text
    assert "off topic: 2" in text


@pytest.mark.parametrize("format", ["html", "md", "txt"])
def test_the_period_asked_for_stands_at_the_head_and_in_the_method(format: str) -> None:
    flat = " ".join(page(format).split())
    assert flat.count("from 20 Nov 2026, 06:00 UTC to 22 Nov 2026, 06:00 UTC") == 2


@pytest.mark.parametrize("format", ["html", "md", "txt"])
def test_every_sentence_number_and_failure_is_on_the_page(format: str) -> None:
    brief = rich_brief()
    text = page(format).replace("\\", "").replace("&#39;", "'")
    flat = " ".join(text.split())
    for story in brief.stories:
        for claim in (story.headline, *story.claims):
            assert claim.text in flat
    for words in ("inbox/scan-17.pdf", "encrypted", "partly supported", "Where sources disagree", "PWNED"):
        assert words in flat


@pytest.mark.parametrize("format", ["md", "txt"])
def test_articles_off_the_topic_are_named(format: str) -> None:
    lines = [line.strip() for line in page(format).splitlines()]
    at = lines.index("- Off topic: 40" if format == "md" else "Off topic: 40")
    assert lines[at + 1 : at + 5] == [*(f"- Recipe of the day number {n}" for n in range(3)), "- and 37 more"]


def test_a_page_shows_up_to_twelve_of_each_reason_on_demand() -> None:
    shown = re.findall(r"Recipe of the day number (\d+)", page("html"))
    assert shown == [str(n) for n in range(12)]
    assert "and 28 more" in page("html")
    assert "<summary>Show some</summary>" in page("html")


def test_a_title_stands_in_plain_text_as_it_was_given() -> None:
    title = "Energy <i>daily</i>"
    lines = page("txt", replace(rich_brief(), title=title)).splitlines()
    assert lines[:2] == [title, "=" * 78]


def test_what_is_said_of_a_story_stands_on_its_side() -> None:
    arabic, japanese = re.findall(r'class="(sources-line[^"]*)"', page("html", foreign_brief()))
    assert (arabic, japanese) == ("sources-line opposite", "sources-line")


def test_the_documents_name_every_field() -> None:
    docs = Path(__file__).parents[2] / "docs"
    told = set(re.findall(r"\w+", (docs / "templates.md").read_text("utf-8")))
    # The catalogues name the labels.
    assert _keys(context(rich_brief(), UTC) | {"labels": ""}) <= told
    told = set(re.findall(r"\w+", (docs / "brief-json.md").read_text("utf-8")))
    assert _keys(json.loads(page("json"))) <= told


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    return set()


@pytest.mark.parametrize("format", ["html", "md"])
def test_each_source_leads_to_its_publisher_and_to_its_passage(format: str) -> None:
    text = page(format)
    for source in context(rich_brief(), UTC)["sources"]:
        assert source["link"] in text
        assert source["url"] in text


def test_the_contents_lead_to_stories_and_sections_in_the_order_of_the_page() -> None:
    html = page("html")
    nav = html[html.index('<nav class="outline" aria-label="Contents">') : html.index("</nav>")]
    ids = re.findall(r'href="#([^"]+)"', nav)
    leads = [story["id"] for story in context(rich_brief(), UTC)["lead"]]
    assert ids == [
        "bottom-line", *(f"{id}-title" for id in leads), "in-brief", "sources", "left-out", "failures", "method",
    ]  # fmt: skip
    places = [html.index(f' id="{id}"') for id in ids]
    assert places == sorted(places)


def test_a_page_of_two_parts_has_no_contents() -> None:
    alone = replace(rich_brief(), stories=rich_brief().stories[:1], conflicts=())
    look = Look({"sections": ["lead", "sources"]})
    assert 'class="outline"' not in HtmlRenderer(UTC, look).render(alone).content.decode()
    look = Look({"sections": ["lead", "sources", "method"]})
    assert 'class="outline"' in HtmlRenderer(UTC, look).render(alone).content.decode()


def test_no_level_of_headings_is_left_out() -> None:
    for brief in (rich_brief(), empty_brief()):
        levels = [int(level) for level in re.findall(r"<h(\d)", page("html", brief))]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
