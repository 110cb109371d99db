"""A mail as it goes over the wire: its parts, its headers, and what of it no client may cut or load."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest

from briefing.errors import RenderError
from briefing.model import Brief, Document
from briefing.render.email import Edition, message
from briefing.render.email_cut import LARGEST
from briefing.render.email_inline import refused
from briefing.render.email_mime import quoted_printable
from briefing.render.formats import render
from tests.briefs import MADE_AT, empty_brief, foreign_brief, hostile_brief, long_brief, rich_brief

BRIEFS: dict[str, Callable[[], Brief]] = {
    "rich": rich_brief, "empty": empty_brief, "foreign": foreign_brief, "hostile": hostile_brief, "long": long_brief,
    "German": lambda: replace(rich_brief(), language="de"), "Arabic": lambda: replace(rich_brief(), language="ar"),
    "Japanese": lambda: replace(rich_brief(), language="ja"),
}  # fmt: skip
PDF = Document(b"%PDF-1.7 " + b"0" * 500, "application/pdf", "brief.pdf")
ONE_CLICK = "https://news.example/unsubscribe/" + "x" * 150
BY_MAIL = "mailto:leave@news.example?subject=leave-" + "y" * 80


def agreed_brief() -> Brief:
    """A brief without a conflict, and so without a chart."""
    return replace(rich_brief(), conflicts=())


def parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not [part.defects for part in mail.walk() if part.defects]
    return mail


def body(raw: bytes, kind: str) -> str:
    part = parsed(raw).get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("brief", BRIEFS)
def test_a_mail_is_plain_ascii_in_short_lines_and_always_the_same(brief: str) -> None:
    raw = render(BRIEFS[brief](), "eml").content
    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    # Quoted-printable and base64 in the bodies: at most 76; a header of a part, with its boundary, is longer.
    assert max(map(len, raw.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 100
    assert raw == render(BRIEFS[brief](), "eml").content


@pytest.mark.parametrize("brief", BRIEFS)
def test_no_client_clips_the_page_and_nothing_in_it_is_loaded(brief: str) -> None:
    html = body(message(BRIEFS[brief]()), "html")
    assert len(html.encode()) <= LARGEST
    assert refused(html) == []
    assert not re.search(r"<svg|<script|data:|var\(|display:\s*(flex|grid)|rgba?\(|<bdi|slot[0-9a-f]{8}", html)
    assert not re.findall(r'href="#', html)
    assert html.count("<table") == html.count('role="presentation"')


def test_the_text_comes_first_and_says_it_all() -> None:
    raw = message(agreed_brief())
    parts = [part.get_content_type() for part in parsed(raw).walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    text = body(raw, "plain").replace("\r\n", "\n")
    assert text.startswith(render(agreed_brief(), "txt").content.decode().rstrip())


def test_files_stand_beside_what_is_read() -> None:
    mail = parsed(message(agreed_brief(), attachments=(PDF,)))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content(), file.get_content_disposition()) == (
        "brief.pdf", PDF.content, "attachment",
    )  # fmt: skip


def test_a_file_of_another_script_keeps_its_name_and_no_name_starts_a_header() -> None:
    name = "نشرة الصباح, 22.pdf"
    (file,) = parsed(message(rich_brief(), attachments=(replace(PDF, name=name),))).iter_attachments()
    assert file.get_filename() == name
    for hostile in ("a\r\nBcc: eve@evil.example", "=?utf-8?q?a=0D=0ABcc:_eve?=.pdf", "../../etc/passwd"):
        with pytest.raises(RenderError, match="attachment"):
            message(rich_brief(), attachments=(replace(PDF, name=hostile),))
    with pytest.raises(RenderError, match="attachment"):
        message(rich_brief(), attachments=(replace(PDF, media_type="application/pdf\r\nBcc: eve"),))


def test_headers_say_who_when_and_that_a_machine_wrote() -> None:
    mail = parsed(Edition(rich_brief(), sender="desk@news.example").message("ana@x.example", name="Ana Ruiz"))
    assert mail["From"] == "The Morning Brief <desk@news.example>"
    assert mail["To"].addresses[0].addr_spec == "ana@x.example"
    assert parsedate_to_datetime(mail["Date"]) == MADE_AT
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-ID"].endswith("<the-morning-brief.news.example>")
    assert mail["Content-Language"] == "en"
    assert mail["MIME-Version"] == "1.0"
    assert len(mail.keys()) == len({k.lower() for k in mail.keys()})


def test_a_file_for_nobody_names_no_receiver_and_a_sender_that_cannot_exist() -> None:
    mail = parsed(render(rich_brief(), "eml").content)
    assert mail["To"] is None
    assert mail["From"].addresses[0].domain.endswith(".invalid")


def test_long_ways_to_unsubscribe_stand_as_they_are() -> None:
    raw = message(rich_brief(), recipient="ana@x.example", unsubscribe=(ONE_CLICK, BY_MAIL))
    assert f"List-Unsubscribe: <{ONE_CLICK}>, <{BY_MAIL}>\r\n".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert f'href="{ONE_CLICK}"' in body(raw, "html")
    assert ONE_CLICK in body(raw, "plain").splitlines()
    by_mail_only = message(rich_brief(), unsubscribe=(BY_MAIL,))
    assert b"List-Unsubscribe-Post" not in by_mail_only


def test_a_message_id_is_of_edition_and_receiver() -> None:
    def id(brief: Brief, recipient: str) -> str:
        return str(parsed(message(brief, sender="desk@news.example", recipient=recipient))["Message-ID"])

    first = id(rich_brief(), "ana@x.example")
    assert re.fullmatch(r"<[0-9a-f]{32}@news\.example>", first)
    assert first == id(rich_brief(), "ana@x.example")
    others = {id(rich_brief(), "bo@x.example"), id(rich_brief(), ""), id(empty_brief(), "ana@x.example")}
    assert len(others | {first}) == 4


def test_numbers_lead_to_the_words_at_their_publisher_and_nowhere_where_there_is_no_address() -> None:
    brief = rich_brief()
    html = body(message(brief), "html")
    numbers = re.findall(r"<sup[^>]*><b>(.*?)</b></sup>", html)
    links = re.findall(r'<a href="(https?://[^"#]+)#:~:text=([^"]+)"[^>]*>(\d+)</a>', " ".join(numbers))
    with_address = {n for n, c in enumerate(brief.references, 1) if brief.article(c.article).url}
    assert {int(number) for _, _, number in links} == with_address
    assert len(with_address) < len(brief.references)
    for citation in brief.references:
        assert citation.quote.split()[0] in html


def test_what_the_person_gets_is_put_in_last_and_escaped() -> None:
    edition = Edition(rich_brief(), sender="desk@news.example")
    address = "https://news.example/u?a=1&b=%22%3E"
    ana = edition.message("ana@x.example", unsubscribe=(address,))
    bo = edition.message("bo.and.co@x.example", unsubscribe=(address + "2",))
    assert "ana@x.example" in body(ana, "html")
    assert "ana@x.example" in body(ana, "plain")
    assert f'href="{address.replace("&", "&amp;")}"' in body(ana, "html")
    assert b"ana@x" not in bo
    assert max(map(len, bo.partition(b"\r\n\r\n")[2].split(b"\r\n"))) <= 100
    assert body(ana, "html").replace("ana@x", "bo.and.co@x") == body(bo, "html").replace("%3E2", "%3E")


def test_an_article_cannot_hold_the_place_of_what_is_a_persons() -> None:
    first = body(Edition(rich_brief()).message("ana@x.example"), "plain")
    brief = replace(rich_brief(), topics=("slot" + "0" * 32 + "addressx",))
    assert "slot000" in body(Edition(brief).message("ana@x.example"), "plain")
    assert first.count("ana@x.example") == 1


@pytest.mark.parametrize(("language", "words"), [("de", "Quellen"), ("fr", "Sources"), ("es", "Fuentes"),
                                                 ("ar", "المصادر"), ("ja", "出典")])  # fmt: skip
def test_a_mail_speaks_the_language_of_its_brief(language: str, words: str) -> None:
    raw = message(replace(rich_brief(), language=language), recipient="ana@x.example", unsubscribe=(ONE_CLICK,))
    assert parsed(raw)["Content-Language"] == language
    html = body(raw, "html")
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert words in html
    assert "Unsubscribe" not in html


def test_a_doubtful_headline_is_no_subject() -> None:
    brief = rich_brief()
    doubtful = replace(brief.stories[0], headline=replace(brief.stories[0].headline, verdict=None))
    subject = parsed(message(replace(brief, stories=(doubtful, *brief.stories[1:]))))["Subject"]
    assert subject == brief.title
    assert parsed(message(brief))["Subject"] == f"{brief.title}: {brief.stories[0].headline.text}"


def test_the_date_is_told_in_the_zone_of_the_brief() -> None:
    mail = parsed(message(replace(rich_brief(), zone="Asia/Tokyo")))
    assert mail["Date"].datetime.utcoffset() == datetime.fromisoformat("2026-11-22T15:00+09:00").utcoffset()


@pytest.mark.parametrize("text", ["", "a", "a\r\nb \r\n.\r\nFrom me", "x" * 300, "صباح " * 60, "=" * 100, "a \t"])
def test_quoted_printable_is_read_back(text: str) -> None:
    from quopri import decodestring

    raw = quoted_printable(text)
    assert decodestring(raw).decode().replace("\r\n", "\n") == text.replace("\r\n", "\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 76
