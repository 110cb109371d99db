"""Themes as folders: where they are found, what they inherit, and the options that they declare and set."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import ConfigError, RenderError
from briefing.render import theme_file
from briefing.render.environment import DEFAULT, Look, Theme, find, packaged
from briefing.render.formats import render
from briefing.render.theme_file import Option
from tests.briefs import rich_brief

LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 10'><path d='M0 0h40v10H0z'/></svg>"


def theme(folder: Path, toml: str = "", **files: str) -> str:
    """A theme made of ``theme.toml`` and of files, of which ``__`` in a name stands for a full stop."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "theme.toml").write_text(toml, "utf-8")
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return str(folder)


def page(name: str, look: Look | None = None, context: dict[str, Any] | None = None, file: str = "brief.txt") -> str:
    return Theme(name, look).render(file, context or {})


def test_a_theme_is_looked_for_in_the_working_folder_then_the_users_then_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with pytest.raises(ConfigError) as caught:
        find("house")
    searched = [Path("templates/house"), tmp_path / "config/briefing/templates/house", packaged() / "house"]
    places = [str(caught.value).find(str(path)) for path in searched]
    assert -1 not in places
    assert places == sorted(places)
    theme(tmp_path / "config/briefing/templates/house")
    assert find("house") == tmp_path / "config/briefing/templates/house"
    theme(tmp_path / "templates/house")
    assert find("house") == tmp_path / "templates/house"


def test_files_that_are_missing_come_from_the_theme_that_it_extends(tmp_path: Path) -> None:
    theme(tmp_path / "base", brief__txt="base", subject__txt="subject of base")
    own = theme(tmp_path / "own", 'extends = "base"', brief__txt="own of {% include '!base/brief.txt' %}")
    assert page(own) == "own of base"
    assert page(own, file="subject.txt") == "subject of base"
    assert [level.folder.name for level in Theme(own).levels] == ["own", "base", "default"]


def test_a_theme_of_the_name_of_ours_stands_before_it_and_may_extend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    theme(
        tmp_path / "templates/default",
        brief__html='{% extends "!default/brief.html" %}{% block masthead %}<h1>Ours no more</h1>{% endblock %}',
    )
    text = render(rich_brief(), "html").content.decode()
    assert "<h1>Ours no more</h1>" in text
    assert 'id="sources"' in text


def test_themes_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    theme(tmp_path / "a", 'extends = "b"')
    theme(tmp_path / "b", 'extends = "a"')
    with pytest.raises(ConfigError, match=r"b/theme\.toml:1: unknown theme 'a'"):
        Theme(str(tmp_path / "a"))


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("nam = 'House'", r"theme\.toml:1: unknown key 'nam'; did you mean 'name'\?"),
        ("\nname = 3", r":2: 'name' is a text, not 3"),
        ("options = 'x'", r"'options' is a table"),
        ("styles = 'replaced'", r"did you mean 'replace'\?"),
        ("[options]\nacent = '#fff'", r":2: unknown option 'acent'; did you mean 'accent'\?"),
        ("[options]\naccent = 'red'", r":2: 'accent' is a colour such as '#005a9c', not 'red'"),
        ("[options]\naccent = '#fff; } body { background: url(x)'", "is a colour"),
        ("[options]\nserif = 'x; } @import \"y\"'", "names of fonts"),
        ("[options]\nsections = ['leed', 'sources']", r"knows no 'leed'; did you mean 'lead'\?"),
        ("[options]\nsections = ['lead']", "'sections' must hold 'sources'"),
        ("[options]\nsections = ['lead', 'lead', 'sources']", "twice"),
        ("[options]\nlogo = '../logo.svg'", r"'\.\./logo\.svg' is no file in"),
        ("[options]\nlogo = 'https://pictures.example/logo.svg'", "is no file in"),
        ("[options]\nlogo = 'theme.toml'", "not a picture"),
        (
            "[options.tint]\ntype = 'color'\ndefault = ''",
            r":1: option 'tint' has no type 'color'; did you mean 'colour'",
        ),
        ("[options.tint]\ntype = 'colour'", "has no default"),
        ("[options.tint]\ntype = 'colour'\ndefault = 4", "the default of 'tint' is a colour"),
        ("[options.tint]\ndefalt = ''", r":2: unknown key 'defalt' of option 'tint'; did you mean 'default'"),
        ("[options.Tint]\ndefault = ''", "small letters"),
        ("[options.name]\ndefault = ''", "not 'name'"),
        ("extends = '../elsewhere'", "'extends' is the name of a theme"),
        ("name = ", r"theme\.toml: is not TOML"),
        ("a = " + "[" * 5000, "is not TOML"),
    ],
)
def test_a_wrong_theme_toml_says_where_and_what_was_meant(tmp_path: Path, toml: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Theme(theme(tmp_path / "house", toml))


def test_options_are_declared_with_a_default_and_set_by_heirs_and_users(tmp_path: Path) -> None:
    declares = "[options.tagline]\ndefault = 'by default'\n[options.columns]\ntype = 'number'\ndefault = 2"
    base = theme(tmp_path / "base", declares, brief__txt="{{ theme.name }}: {{ theme.tagline }}, {{ theme.columns }}")
    own = theme(tmp_path / "own", "extends = 'base'\n[options]\ntagline = 'by the heir'")
    assert page(base) == "base: by default, 2"
    assert page(own) == "own: by the heir, 2"
    assert page(own, Look({"tagline": "by the user", "columns": 3})) == "own: by the user, 3"
    with pytest.raises(ConfigError, match=r"\[theme\]: unknown option 'taglin'; did you mean 'tagline'"):
        Theme(own, Look({"taglin": "x"}))


def test_colours_and_fonts_reach_style_sheets_as_custom_properties(tmp_path: Path) -> None:
    toml = "[options]\naccent = '#05A'\nserif = 'Charter, \"Noto Serif\", serif'\n"
    toml += "[options.tint]\ntype = 'colour'\ndefault = '#ABCDEF'"
    css = Theme(theme(tmp_path / "house", toml)).text("style.css")
    assert "--tint: #abcdef;" in css
    last = css[css.rindex(":root {", 0, css.rindex("@media (prefers")) :]
    assert "--accent: #0055aa;" in last
    assert '--serif: Charter, "Noto Serif", serif;' in last
    # Else the light colour, which comes later, would win on dark pages.
    assert re.search(r"@media \(prefers-color-scheme: dark\) { :root { --accent: #f2a097; } }", last)


def test_a_logo_is_put_into_the_page(tmp_path: Path) -> None:
    own = theme(tmp_path / "house", "[options]\nlogo = 'logo.svg'\nlogo_text = 'The \"House\"'", logo__svg=LOGO)
    text = render(rich_brief(), "html", theme=own).content.decode()
    assert re.search(r'<img class="logo" src="data:image/svg\+xml;base64,[\w+/=]+" alt="The &#34;House&#34;">', text)
    assert Theme(own).picture("logo") == (LOGO.encode(), "image/svg+xml")
    assert Theme(own, Look({"logo": ""})).picture("logo") is None


def test_a_users_logo_counts_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "mine.svg").write_text(LOGO)
    assert Theme(DEFAULT, Look({"logo": "mine.svg"}, tmp_path)).picture("logo")


def test_a_large_logo_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="larger than 200 kB"):
        Theme(theme(tmp_path / "house", "[options]\nlogo = 'logo.svg'", logo__svg="x" * 200_001))


def test_sections_stand_in_the_order_that_is_set_and_may_be_left_out(tmp_path: Path) -> None:
    own = theme(tmp_path / "house", "[options]\nsections = ['in_brief', 'lead', 'method', 'sources']")
    for format, words in {
        "html": ('class="in-brief"', 'class="lead"', 'class="method"', 'class="sources"'),
        "md": ("## In brief", "## Port Ellery", "## How this brief", "## Sources"),
        "txt": ("IN BRIEF", "Port Ellery tug crews end strike", "HOW THIS BRIEF", "SOURCES"),
    }.items():
        text = render(rich_brief(), format, theme=own).content.decode()
        found = [text.find(w) for w in words]
        assert -1 not in found
        assert found == sorted(found), format
        assert "bottom line" not in text.lower()
        assert "left out, and why" not in text.lower()


def test_a_section_that_is_left_out_leaves_no_link_to_it(tmp_path: Path) -> None:
    own = theme(tmp_path / "house", "[options]\nsections = ['lead', 'sources']")
    html = render(rich_brief(), "html", theme=own).content.decode()
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r'id="([^"]+)"', html))
    assert "Sorrel Courier" in render(rich_brief(), "html").content.decode()
    assert "Sorrel Courier" not in html


def test_a_style_sheet_is_added_to_the_parents_or_put_in_their_place(tmp_path: Path) -> None:
    own = theme(tmp_path / "house", style__css="h1 { color: green }")
    css = Theme(own).text("style.css")
    assert css.index(".masthead") < css.index("h1 { color: green }")
    theme(tmp_path / "house", "styles = 'replace'")
    css = Theme(own).text("style.css")
    assert ".masthead" not in css
    assert "h1 { color: green }" in css
    assert ".masthead" in Theme(own).text("print.css")


def test_a_style_sheet_takes_pictures_and_fonts_of_its_folder_only(tmp_path: Path) -> None:
    own = theme(
        tmp_path / "house", style__css="p { background: url(dot.svg); mask: url('#m') } q { x: url(\"dot.svg\") }"
    )
    (tmp_path / "house/dot.svg").write_text(LOGO)
    css = Theme(own).text("style.css")
    assert css.count("data:image/svg+xml;base64,") == 2
    assert "url('#m')" in css or 'url("#m")' in css
    assert "dot.svg" not in css


@pytest.mark.parametrize(
    "css",
    [
        "@import url(https://fonts.example/x.css);",
        "@\\69mport 'x.css';",
        "p { background: url(https://tracker.example/p.png) }",
        "p { background: \\75rl(http://tracker.example/p.png) }",
        "p { background: image-set('//tracker.example/p.png' 1x) }",
        "p { background: url(file:///etc/passwd) }",
        "p { background: url('../../secret.png') }",
        "p { background: url(theme.toml) }",
        "a { b: url(x) " + "{" * 20_000,
    ],
)
def test_a_style_sheet_loads_nothing_from_elsewhere(tmp_path: Path, css: str) -> None:
    own = theme(tmp_path / "house", style__css="\n" + css)
    with pytest.raises(RenderError, match=r"style\.css"):
        render(rich_brief(), "html", theme=own)


def test_an_unknown_field_names_the_one_that_was_meant(tmp_path: Path) -> None:
    own = theme(tmp_path / "house", brief__txt="\n{{ masthead.titel }}")
    with pytest.raises(RenderError, match=r"brief\.txt:2: there is no 'titel'; did you mean 'title'\?"):
        render(rich_brief(), "txt", theme=own)
    theme(tmp_path / "house", brief__txt="{{ mast.title }}")
    with pytest.raises(RenderError, match=r"brief\.txt:1: 'mast' is undefined; did you mean 'masthead'\?"):
        render(rich_brief(), "txt", theme=own)


def test_our_own_theme_needs_no_other_process() -> None:
    assert Theme(DEFAULT).trusted


@given(st.sampled_from(["colour", "font"]), st.text(max_size=60))
def test_no_colour_or_font_ends_a_declaration(kind: str, value: str) -> None:
    option = Option("x", kind, "")
    try:
        accepted = option.accept(value)
    except ConfigError:
        return
    assert not set(accepted) & set("{};()\\/<>@!\n\r\f")


@given(st.text(max_size=200))
def test_any_theme_toml_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("theme")
    (folder / "theme.toml").write_text(text, "utf-8", "surrogatepass")
    with suppress(ConfigError):
        theme_file.read(folder)
