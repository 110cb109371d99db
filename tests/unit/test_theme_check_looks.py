"""Style sheets that make words hard to read, or hide what must be seen, are found where they say so."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from briefing.render.check import check
from briefing.render.check_looks import looks
from briefing.render.check_pages import Marked
from briefing.render.context import context
from briefing.render.environment import Theme
from briefing.render.samples import rich

PAGE = '{% extends "!default/brief.html" %}\n{% block masthead %}{{ super() }}\n'


@cache
def our_page() -> tuple[str, Marked]:
    marked = Marked(context(rich()) | {"medium": "screen", "css": ""})
    return Theme().render("brief.html", marked.context), marked


def looked(folder: Path, css: str, *, deep: str = "") -> list[tuple[str, str, str]]:
    """Level, place and text of what a style sheet of a theme's own does to our page."""
    (folder / "style.css").write_text(css, "utf-8")
    page, marked = our_page()
    seen = looks(Theme(str(folder)), page.replace("</header>", deep), marked, "style.css")
    return [(look.level, f"{look.line}:{look.column}", look.text) for look in seen]


def found(folder: Path, formats: tuple[str, ...] = ("html",), **files: str) -> list[tuple[str, str, str]]:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return [(p.level, p.place.removeprefix(f"{folder}/"), p.text) for p in check(str(folder), formats=formats)]


@pytest.mark.parametrize(
    ("css", "place", "text"),
    [
        ("p {}\n.topics { color: #bbb }", "2:11",
         "#bbbbbb on #fdfcf9 has a contrast of 1.8; readers need 4.5: p.topics"),
        (".masthead { background-color: silver; color: gray }", "1:39",
         "#808080 on #c0c0c0 has a contrast of 2.1"),
        ("h1 { color: var(--pale, rgb(170, 170, 170)) }", "1:6",
         "#aaaaaa on #fdfcf9 has a contrast of 2.2; readers need 3.0"),
        (":root { --pale: #bbb }\n.topics { color: var(--pale) }", "2:11", "has a contrast of 1.8"),
        (".conflict { background: #555 }", "1:13", "on #555555 has a contrast of 1.0"),
        (".topics { opacity: .4 }", "1:11", "has a contrast of 1.8"),
        ("@media (prefers-color-scheme: dark) { .topics { color: #333 } }", "1:49", "of 1.4 on dark pages"),
    ],
)  # fmt: skip
def test_words_that_are_hard_to_read_are_found_in_the_style_sheet(
    tmp_path: Path, css: str, place: str, text: str
) -> None:
    near = [each for each in looked(tmp_path, css) if text in each[2]]
    assert {each[:2] for each in near} == {("warning", place)}


@pytest.mark.parametrize(
    "css",
    [
        ".topics { color: #bbb }\n.masthead .topics { color: #333 }\n@media (prefers-color-scheme: dark) "
        "{ .masthead .topics { color: #ddd } }",
        "h1 { color: #888888; font-size: 40px }",
        ".topics { color: color-mix(in srgb, red, white) }",
        ".topics { color: white; background: linear-gradient(black, navy) }",
        ".topics::after { content: 'x'; color: #bbb }",
        "@media print { .topics { color: #bbb } }",
        ".skip { opacity: 0 }",
        "p:nth-child(n of { color: red }",
    ],
)
def test_what_can_be_read_or_cannot_be_known_is_not_reported(tmp_path: Path, css: str) -> None:
    assert looked(tmp_path, css) == []


@pytest.mark.parametrize(
    ("css", "place", "text"),
    [
        (".doubt { display: none }", "1:10", "hides what the checks doubt of sentences"),
        ("\n.sources { visibility: hidden }", "2:12", "hides sources"),
        (".passages { font-size: 0 }", "1:13", "hides sources"),
        (".call { opacity: 0 }", "1:9", "hides the numbers of sentences' sources"),
        (".in-brief { display: none }", "1:13", "hides sentences of the brief"),
    ],
)
def test_a_style_sheet_that_hides_what_must_be_seen_is_an_error(
    tmp_path: Path, css: str, place: str, text: str
) -> None:
    assert ("error", place, text) in looked(tmp_path, css)


def test_styles_of_a_page_itself_are_looked_at(tmp_path: Path) -> None:
    page = (
        PAGE + '<style>\n.x { color: #ddd }\n</style>\n  <p style="color: silver">a</p><p class="x">b</p>{% endblock %}'
    )
    assert [each[:2] for each in found(tmp_path, brief__html=page)] == [
        ("warning", "brief.html:4:13"),
        ("warning", "brief.html:6:3"),
    ]


def test_mails_are_looked_at_in_their_own_colours(tmp_path: Path) -> None:
    css = (
        ".dateline { color: #bbbbbb; }\n@media (prefers-color-scheme: dark) { .small { color: #444444 !important } }\n"
    )
    assert [each[:2] for each in found(tmp_path, ("eml",), email__css=css)] == [
        ("warning", "email.css:1:13"),
        ("warning", "email.css:2:48"),
    ]


def test_selectors_without_end_are_ended(tmp_path: Path) -> None:
    deep = "<div>" * 120 + "deep" + "</div>" * 120
    ((level, _, text),) = looked(tmp_path, "q " + "* " * 60 + "div { color: red }", deep=deep)
    assert (level, text) == ("error", "looking at the theme's style sheets took longer than 3 seconds and was ended")


def test_a_style_sheet_that_loads_something_is_an_error_at_its_place(tmp_path: Path) -> None:
    css = "h1 { color: #111 }\n.x { background: url(https://tracker.example/p) }"
    problems = found(tmp_path, style__css=css)
    assert [each[:2] for each in problems if each[0] == "error"] == [("error", "style.css:2:18")]
    assert "a theme loads nothing from elsewhere" in problems[0][2]
