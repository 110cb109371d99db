"""Mails of every theme in every language: their structure, what mail programs drop of them, their size, and axe."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from briefing.render.email_clients import dropped
from briefing.render.email_cut import LARGEST
from briefing.render.email_inline import refused
from briefing.render.formats import render
from tests.browser import chromium
from tests.validators.cases import odd, spoken
from tests.validators.tools import axe

# What hides the line that lists of mails show hides it by several means, each for other programs.
_HIDDEN = re.compile(r'<[^>]*style="[^"]*display: ?none[^"]*"[^>]*>')
_STYLE = re.compile(r'style="([^"]*)"')
_WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@pytest.fixture(scope="module")
def mails() -> dict[str, EmailMessage]:
    made = {}
    for name, (theme, brief) in (spoken() | odd()).items():
        made[name] = message_from_bytes(render(brief, "eml", theme=theme).content, EmailMessage, policy=policy.default)
    return made


def html(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def test_every_mail_has_a_text_and_a_page_and_no_fault_of_form(mails: dict[str, EmailMessage]) -> None:
    for name, mail in mails.items():
        assert [(part.get_content_type(), part.defects) for part in mail.walk() if part.defects] == [], name
        kinds = [part.get_content_type() for part in mail.walk()]
        first = kinds.index("multipart/alternative")
        assert kinds[first + 1] == "text/plain", name
        assert "text/html" in kinds[first + 2 : first + 4], name
        plain = mail.get_body(("plain",))
        assert plain is not None
        assert len(plain.get_content()) > 200, name
        assert mail["Subject"], name
        assert mail["Content-Language"], name


def test_every_picture_of_a_mail_is_in_it_and_has_words(mails: dict[str, EmailMessage]) -> None:
    for name, mail in mails.items():
        shown = set(re.findall(r'src="cid:([^"]+)"', html(mail)))
        held = {part["Content-ID"].strip("<>") for part in mail.walk() if part["Content-ID"]}
        assert shown == held, name


def test_no_mail_holds_what_programs_drop_or_is_clipped(mails: dict[str, EmailMessage]) -> None:
    for name, mail in mails.items():
        page = html(mail)
        assert len(page.encode()) <= LARGEST, name
        assert refused(page) == [], name
        styles = dict.fromkeys(_STYLE.findall(_HIDDEN.sub("", page)))
        assert [d for style in styles for d in dropped(f"x {{ {style} }}")] == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_mail_is_hard_to_read(mails: dict[str, EmailMessage], scheme: str, tmp_path: Path) -> None:
    faults = []
    with chromium() as browser:
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page = context.new_page()
        for name in spoken():
            file = tmp_path / f"{name}.html"
            file.write_text(re.sub(r'src="cid:[^"]+"', 'src="data:,"', html(mails[name])), "utf-8")
            page.goto(file.as_uri())
            faults += [f"{name}: {fault}" for fault in axe(page, _WCAG)]
    assert faults == []
