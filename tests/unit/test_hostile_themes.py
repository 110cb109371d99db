"""Themes by strangers: whatever they do ends in an error that says so, and the next brief is made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefing.errors import RenderError
from briefing.render import worker
from briefing.render.environment import Theme
from briefing.render.formats import render
from briefing.render.sandbox import Folders
from tests.briefs import rich_brief

SECONDS = 1.5
LOOP = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
HOSTILE = {
    "a loop without end": (LOOP, "took longer than 1.5 seconds and was ended"),
    "a text of 1 GB": ("{{ 'a' * 10**9 }}", "more than 10,000 times"),
    "a text of 10 GB": ("{{ 10**10 * 'a' }}", "more than 10,000 times"),
    "a text of 10 GB made at once": ("{% set a = [1] * 10**10 %}{{ a | length }}", "more than 10,000 times"),
    "a text of 10 GB by a filter": ("{{ 'a' | center(10**10) }}", "memory"),
    "a text of 10 GB by a format": ("{{ '%10000000000d' % 1 }}", "memory|too big"),
    "a page that grows": (
        "{% for a in range(99999) %}{{ 'a' * 10000 }}{% endfor %}",
        "larger than 64 MB|memory|longer",
    ),
    "a number without end": ("{{ 9**(9**9) }}", "more than 10,000 times"),
    "a huge range": ("{% for a in range(10**9) %}{% endfor %}", "too big"),
    "a list that doubles": (
        "{% set n = namespace(a=[1]) %}{% for i in range(60) %}{% set n.a = n.a + n.a %}{% endfor %}",
        "memory|longer",
    ),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "call themselves without end"),
    "a template that includes itself": ("{% include 'brief.txt' %}", "call themselves without end|broke down"),
    "brackets ten thousand deep": ("{{ " + "(" * 10_000 + "1" + ")" * 10_000 + " }}", "without end|broke down|memory"),
    "a file of the system": ("{% include '../../../../../../../../etc/passwd' %}", "no template"),
    "a file of the system by its whole path": ("{% include '/etc/passwd' %}", "no template"),
    "a file of the system by a name": ("{% include '!default/../../../../../../etc/passwd' %}", "no template"),
    "a link to a file of the system": ("{% include 'passwd.txt' %}", "no template"),
    "a pipe": ("{% include 'pipe.txt' %}", "no template"),
    "the insides of Python": ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "unsafe|no attribute|access"),
    "the insides of a function": ("{{ cycler.__init__.__globals__ }}", "unsafe|access"),
    "the environment": ("{{ self._TemplateReference__context.environment }}", "unsafe|no attribute|access"),
    "a change to what others see": ("{{ masthead.update({'title': 'x'}) }}", "unsafe"),
}


def _theme(folder: Path, template: str) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "brief.txt").write_text(template)
    if not (folder / "passwd.txt").is_symlink():
        (folder / "passwd.txt").symlink_to("/etc/passwd")
    if hasattr(os, "mkfifo") and not (folder / "pipe.txt").exists():
        os.mkfifo(folder / "pipe.txt")
    return str(folder)


def _fill(theme: Theme) -> str:
    return worker.fill(theme.folders, "brief.txt", {"masthead": {"title": "Morning"}}, SECONDS)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_theme_is_refused_and_the_next_one_rendered(tmp_path: Path, name: str) -> None:
    template, message = HOSTILE[name]
    theme = Theme(_theme(tmp_path / "theme", template))
    assert not theme.trusted
    with pytest.raises(RenderError, match=message):
        _fill(theme)
    assert _fill(Theme(_theme(tmp_path / "good", "{{ masthead.title }}"))) == "Morning"


@pytest.mark.parametrize("css", ["p { content: url(file:///etc/passwd) }", "@import 'file:///etc/passwd';"])
def test_a_pdf_reads_no_file_of_the_system(tmp_path: Path, css: str) -> None:
    (tmp_path / "print.css").write_text(css)
    with pytest.raises(RenderError, match=r"print\.css:1"):
        render(rich_brief(), "pdf", theme=str(tmp_path))


def test_a_pdf_that_takes_without_end_is_ended() -> None:
    page = "<div style='display:flex'>" * 14 + "word" + "</div>" * 14
    with pytest.raises(RenderError, match="the PDF of theme 'house' took longer than 2 seconds"):
        worker.pdf({"page": f"<html><body>{page}", "css": "", "more": "", "theme": "house"}, seconds=2)


def test_folders_of_a_theme_name_themselves() -> None:
    assert str(Folders((Path("a"), Path("b")), ())) == "a, b"
