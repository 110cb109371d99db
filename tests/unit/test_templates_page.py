"""What docs/templates.md teaches works, and what it lists is what the code has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from briefing.render.check import check
from briefing.render.context import context
from briefing.render.environment import Theme
from briefing.render.fields import FIELDS, schema
from briefing.render.formats import render
from briefing.render.samples import SAMPLES
from tests.golden.reference import PAGE, SCHEMA, page, schema_text

TEXT = PAGE.read_text("utf-8")
_FILE = re.compile(r"^`(templates/[^`]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def example(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes the files of an example into ``folder`` and goes there."""
    (part,) = re.findall(rf"^## {number}\. .*?(?=^## )", TEXT, re.MULTILINE | re.DOTALL)
    files = _FILE.findall(part)
    assert files
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    monkeypatch.chdir(folder)


def rendered(format: str, theme: str = "house") -> str:
    return render(SAMPLES["rich"](), format, theme=theme).content.decode()


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_nothing_is_wrong_with_the_examples(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example(number, tmp_path, monkeypatch)
    (theme,) = (tmp_path / "templates").iterdir()
    assert [p for p in check(theme.name, formats=("html", "md", "txt")) if p.level != "advice"] == []


def test_logo_and_colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example(1, tmp_path, monkeypatch)
    html = rendered("html")
    assert 'alt="The Ellery Institute"' in html
    assert "--accent: #005a9c;" in html
    assert "--serif: Charter, Georgia, serif;" in html


def test_moving_a_section(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example(2, tmp_path, monkeypatch)
    html = rendered("html")
    assert html.index('class="in-brief"') < html.index('class="bottom-line"')
    assert 'class="left-out"' not in html


def test_adding_a_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example(3, tmp_path, monkeypatch)
    html = rendered("html")
    assert re.search(r"From 64 articles, with \d+ quotations", html)
    assert 'class="dateline"' in html


def test_a_theme_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example(4, tmp_path, monkeypatch)
    assert rendered("txt", "bulletin").startswith("Good morning.\n\n* Lindow closes its oldest bridge")
    assert rendered("html", "bulletin") == rendered("html", "default")


def test_style_sheets_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example(5, tmp_path, monkeypatch)
    assert "border-bottom: 4px solid var(--accent)" in rendered("html")
    css = Theme("house").text("print.css")
    assert css.index("size: A4") < css.index("size: Letter")


def test_the_blocks_that_are_named_are_those_of_the_page() -> None:
    told = set(re.findall(r"`(\w+)`", TEXT[TEXT.index("The blocks of `brief.html` are") :].partition(".\n")[0]))
    source = Theme().text("brief.html")
    assert told - {"brief", "html"} == set(re.findall(r"{% block (\w+)", source))


def test_the_tables_and_the_schema_are_those_of_the_code() -> None:
    assert page(TEXT) == TEXT, "type: python -m tests.golden.reference"
    assert SCHEMA.read_text("utf-8") == schema_text(), "type: python -m tests.golden.reference"


def test_every_noun_is_used() -> None:
    kinds = {kind.rstrip("[]?") for fields in FIELDS.values() for kind, _ in fields.values()}
    assert set(FIELDS) - kinds == {"context"}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_schema_fits_what_templates_see(name: str) -> None:
    Draft202012Validator.check_schema(schema())
    seen = context(SAMPLES[name]()) | {"theme": {"name": "x"}, "medium": "screen", "css": ""}
    assert [e.message for e in Draft202012Validator(schema()).iter_errors(seen)] == []
