"""Mails of themes, ours and other people's: their pictures, colours and blocks; what they may not do."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html as parser
from PIL import Image

from briefing.errors import RenderError
from briefing.render.context import context
from briefing.render.contrast import ENOUGH_LARGE, contrast, seen_on_both
from briefing.render.email import Edition, message
from briefing.render.email_inline import inlined, refused
from briefing.render.environment import Look, Theme
from briefing.render.json import loads
from briefing.render.samples import charted
from tests.briefs import rich_brief
from tests.validators.cases import THEMES

# The brief that the sample articles make.
SAMPLE = Path(__file__).parents[2] / "samples" / "expected" / "brief.json"
# One pixel.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def _theme(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("_", ".", 1)).write_text(text)
    return str(folder)


def _mail(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def _html(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_a_logo_goes_along_and_is_named_by_its_content_id(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    theme = _theme(tmp_path, theme_toml='name = "house"\n[options]\nlogo = "logo.png"\nlogo_text = "The House"\n')
    mail = _mail(message(replace(rich_brief(), conflicts=()), theme=theme))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    ]  # fmt: skip
    image = list(mail.walk())[-1]
    assert image.get_content_disposition() == "inline"
    assert image.get_content() == PNG
    assert f'src="cid:{image["Content-ID"].strip("<>")}" alt="The House"' in _html(mail)


def test_a_logo_that_mails_cannot_show_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    theme = _theme(tmp_path, theme_toml='[options]\nlogo = "logo.svg"\n')
    mail = _mail(message(replace(rich_brief(), conflicts=()), theme=theme))
    assert "multipart/related" not in [part.get_content_type() for part in mail.walk()]
    assert "<img" not in _html(mail)


def test_colours_fonts_and_sections_are_those_of_the_options() -> None:
    look = Look({"accent": "#123456", "paper": "#ffffff", "serif": "Charter", "sections": ["sources", "lead"]})
    html = _html(_mail(Edition(rich_brief(), look=look).message()))
    assert "#123456" in html
    assert "#8f1d21" not in html
    assert "font-family:Charter" in html.replace(": ", ":")
    assert html.index(">Sources<") < html.index("The vote passed")
    assert "The bottom line" not in html
    assert "How this brief was made" not in html


def test_a_theme_replaces_a_block_a_subject_and_a_style(tmp_path: Path) -> None:
    theme = _theme(
        tmp_path,
        email_html='{% extends "!default/email.html" %}{% block masthead %}<h1>The House</h1>{% endblock %}',
        subject_txt="House brief of {{ masthead.date }}",
        preheader_txt="{{ masthead.minutes }} minutes",
        email_css="h1 { color: var(--accent); letter-spacing: 1px; }",
    )
    mail = _mail(message(rich_brief(), theme=theme))
    assert mail["Subject"] == "House brief of Sunday, 22 November 2026"
    html = _html(mail)
    assert "1 minutes" in html
    assert "letter-spacing:1px" in html.replace(": ", ":")
    assert "The House</h1>" in html


@pytest.mark.parametrize("name", ["subject_txt", "preheader_txt"])
@pytest.mark.parametrize("words", ["one\ntwo", "one\r\nBcc: eve@evil.example", "{{ '\\r\\nBcc: eve' }}x", "a\x07b"])
def test_a_subject_is_one_line(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(RenderError, match=name.replace("_", ".")):
        message(rich_brief(), theme=_theme(tmp_path, **{name: f"x{words}"}))


REFUSED = {
    "a picture from elsewhere": '<img src="https://evil.example/pixel.png">',
    "a picture in the page": '<img src="data:image/png;base64,AAAA">',
    "a picture that is not there": '<img src="cid:nothing.png">',
    "a picture of the system": '<img src="cid:../../etc/passwd">',
    "a set of pictures": '<img srcset="https://evil.example/pixel.png 2x">',
    "a background": '<table background="https://evil.example/b.png"></table>',
    "a background in a style": "<p style=\"background: url('https://evil.example/b.png')\">x</p>",
    "a font": '<style>@font-face { font-family: x; src: url("https://evil.example/f.woff") }</style>',
    "an import": '<style>@import "https://evil.example/s.css";</style><p>x</p>',
    "an escaped address in a style": '<p style="background: u\\72l(//evil.example/b.png)">x</p>',
    "a script": "<script>alert(1)</script>",
    "a script of an element": '<p onclick="alert(1)">x</p>',
    "an address that is a script": '<a href=" javascript:alert(1)">x</a>',
    "a file of the system": '<a href="file:///etc/passwd">x</a>',
    "a drawing": "<svg><circle r='1'/></svg>",
    "a form": '<form action="https://evil.example/"><input></form>',
    "a frame": '<iframe src="https://evil.example/"></iframe>',
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_mail_that_loads_something_is_refused(tmp_path: Path, what: str) -> None:
    theme = _theme(tmp_path, email_html=f"<html><head></head><body>{REFUSED[what]}</body></html>")
    with pytest.raises(RenderError, match=r"email\.html"):
        message(rich_brief(), theme=theme)


def test_a_variable_that_is_no_option_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"--acent.*did you mean 'accent'"):
        message(rich_brief(), theme=_theme(tmp_path, email_css="p { color: var(--acent) }"))


GREEDY: dict[str, Callable[[], str]] = {
    "ten thousand elements in each other": lambda: "<div>" * 10_000,
    "long selectors on many elements": lambda: (
        "<style>" + "i i i i i i i b { color: red } " * 3_000 + "</style>" + "<i>" * 200 + "<b>x</b>" * 8_000
    ),
    "a page of many megabytes": lambda: "{% for n in range(9000) %}" + "x" * 1000 + "{% endfor %}",
}


@pytest.mark.parametrize("what", GREEDY)
def test_a_greedy_mail_ends_in_an_error_and_the_next_is_made(tmp_path: Path, what: str) -> None:
    theme = _theme(tmp_path, email_html=f"<html><head></head><body>{GREEDY[what]()}</body></html>")
    with pytest.raises(RenderError, match=r"broke down|took longer|bytes long"):
        message(rich_brief(), theme=theme)
    assert message(rich_brief())


def test_what_stands_in_media_rules_stays_and_the_rest_is_on_the_elements() -> None:
    html = inlined("<html><head><style>p{color:#111111}@media (max-width:9px){p{color:red!important}}</style></head>"
                   "<body><p>x</p></body></html>")  # fmt: skip
    assert 'style="color:#111' in html
    assert html.count("<style>") == 1
    assert "@media" in html
    assert refused(html) == []


def _bars(theme: str, **options: str) -> list[EmailMessage]:
    mail = _mail(Edition(charted(), theme=theme, look=Look(options)).message())
    return [part for part in mail.walk() if isinstance(part, EmailMessage) and part.get_content_type() == "image/png"]


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_that_sources_give_side_by_side_are_seen_as_bars(theme: str) -> None:
    page = parser.document_fromstring(_html(_mail(Edition(charted(), theme=theme).message())))
    (about,) = [conflict for story in context(charted())["lead"] for conflict in story["conflicts"]]
    number = "(ancestor::td[1]//b | ancestor::td[1]/preceding-sibling::td[1]//b)[@dir='ltr'][last()]"
    shown = {img.get("src"): img.xpath(number)[0].text for img in page.iter("img") if img.get("alt") == ""}
    assert {point["text"] for point in about["chart"]["points"]} <= set(shown.values())
    assert set(shown) == {"cid:" + part["Content-ID"].strip("<>") for part in _bars(theme)}


@pytest.mark.parametrize("theme", THEMES)
def test_bars_are_seen_on_light_and_dark_mails(theme: str) -> None:
    values = Theme(theme).values
    for part in _bars(theme):
        colours = Image.open(BytesIO(part.get_content())).convert("RGBA").getcolors() or []
        (drawn,) = [colour for _, colour in colours if isinstance(colour, tuple) and colour[3] == 255]
        for paper in ("paper", "paper_dark"):
            assert contrast("#" + bytes(drawn[:3]).hex(), str(values[paper])) >= ENOUGH_LARGE, paper


def test_a_colour_that_is_seen_on_both_is_left_as_it_is() -> None:
    assert seen_on_both("#767676", "#eeeeee", "#ffffff", "#000000") == "#767676"
    assert seen_on_both("#000000", "#ffffff", "#ffffff", "#ffffff") == "#000000"


@pytest.mark.parametrize("theme", THEMES)
def test_the_mail_of_a_usual_brief_is_whole(theme: str) -> None:
    mail = Edition(loads(SAMPLE.read_text("utf-8")), theme=theme).message()
    assert "This mail is shortened" not in _html(_mail(mail))
