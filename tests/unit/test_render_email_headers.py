"""No title, name or address starts a header of its own, whatever it is dressed up as."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import RenderError
from briefing.model import Brief
from briefing.render.email import Edition, message
from briefing.render.email_headers import address_field, one_line, text_field
from tests.briefs import HARBOUR, rich_brief, said

EXPECTED = {
    "from", "subject", "date", "list-id", "auto-submitted", "content-language", "mime-version", "message-id",
    "content-type", "to", "list-unsubscribe", "list-unsubscribe-post",
}  # fmt: skip


def _base64(words: bytes, charset: str = "utf-8") -> str:
    return f"=?{charset}?B?{b64encode(words).decode()}?="


ATTACKS = {
    "bare CR LF": "News\r\nBcc: eve@evil.example",
    "bare LF": "News\nBcc: eve@evil.example",
    "bare CR": "News\rBcc: eve@evil.example",
    "folded": "News\r\n Bcc: eve@evil.example",
    "folded with a tab": "News\r\n\tBcc: eve@evil.example",
    "an empty line and a body": "News\r\n\r\n<script>alert(1)</script>",
    "next line": "News\x85Bcc: eve@evil.example",
    "line separator": "News\u2028Bcc: eve@evil.example",
    "paragraph separator": "News\u2029Bcc: eve@evil.example",
    "vertical tab": "News\x0bBcc: eve@evil.example",
    "form feed": "News\x0cBcc: eve@evil.example",
    "null": "News\x00Bcc: eve@evil.example",
    "Q-encoded CR LF": "=?utf-8?q?News=0D=0ABcc:_eve=40evil.example?=",
    "Q-encoded LF": "=?utf-8?Q?News=0ABcc:_eve=40evil.example?=",
    "Q-encoded CR": "=?us-ascii?q?News=0DBcc:_eve=40evil.example?=",
    "B-encoded CR LF": _base64(b"News\r\nBcc: eve@evil.example"),
    "B-encoded LF": _base64(b"News\nBcc: eve@evil.example"),
    "B-encoded in Latin 1": _base64(b"News\r\nBcc: eve@evil.example", "iso-8859-1"),
    "encoded in UTF-16": _base64("News\r\nBcc: eve@evil.example".encode("utf-16"), "utf-16"),
    "encoded in UTF-7": "=?utf-7?q?News+AA0-+AAo-Bcc:_eve=40evil.example?=",
    "encoded with a language": "=?utf-8*en?q?News=0D=0ABcc:_eve=40evil.example?=",
    "encoded in a charset that there is none of": "=?none-such?q?News=0D=0ABcc:_eve=40evil.example?=",
    "in the middle": "News =?utf-8?q?=0D=0ABcc:_eve=40evil.example?= of today",
    "two words that make one": "=?utf-8?q?News=0D?= =?utf-8?q?=0ABcc:_eve=40evil.example?=",
    "encoded twice": _base64(b"=?utf-8?q?News=0D=0ABcc:_eve=40evil.example?="),
    "glued to a word": "News=?utf-8?q?=0D=0ABcc:_eve=40evil.example?=",
    "without its end": "=?utf-8?q?News=0D=0ABcc:_eve=40evil.example",
    "a separator of MIME": 'News"; boundary="x\r\n--x\r\nContent-Type: text/html',
    "a long word": "=?utf-8?q?" + "x" * 900 + "=0D=0ABcc:_eve=40evil.example?=",
}
NO_ADDRESSES = ("", "ana", "ana@", "@x.example", "a b@x.example", "ana@x.example, eve@evil.example", "<ana@x.example>",
                "ana@x..example", '"a b"@x.example', "añа@x.example", "ana@" + "x" * 300)  # fmt: skip
NAMES = ("Ana", "Doe, Jane", 'The "Desk"', "Jörg, der Ältere", "صحيفة الساحل", ("朝刊 " * 20).strip(), "a@b")
WITH_CONTROLS = [name for name, words in ATTACKS.items() if re.search(r"[\x00-\x1f\x85\u2028\u2029]", words)]


def _titled(words: str) -> Brief:
    """A brief whose own title and first headline are these words, as an article may bring them."""
    brief = rich_brief()
    first = replace(brief.stories[0], headline=replace(said(HARBOUR, HARBOUR.title), text=words))
    return replace(brief, title=words, stories=(first,), conflicts=(), dropped=())


def _names(raw: bytes) -> set[str]:
    parsed = message_from_bytes(raw, policy=policy.compat32)
    assert not parsed.defects
    return {name.lower() for name in parsed.keys()}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_title_adds_no_header(attack: str) -> None:
    raw = message(_titled(ATTACKS[attack]))
    assert _names(raw) <= EXPECTED
    subject = message_from_bytes(raw, policy=policy.compat32)["Subject"]
    # Whoever decodes it, however often, finds one line.
    seen = str(make_header(decode_header(subject)))
    for _ in range(3):
        assert not re.search(r"[\r\n\x00]", re.sub(r"\r\n(?=[ \t])", "", seen))
        seen = str(make_header(decode_header(seen)))
    # Read and written again by a program that decodes what it reads.
    again = message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(again, EmailMessage)
    assert _names(again.as_bytes(policy=policy.SMTP)) <= EXPECTED


PLACES: dict[str, Callable[[str], object]] = {
    "sender": lambda words: Edition(rich_brief(), sender=f"{words}@news.example"),
    "name": lambda words: Edition(rich_brief(), sender="desk@news.example", name=words),
    "recipient": lambda words: Edition(rich_brief()).message(f"ana@news.example{words}"),
    "recipient's name": lambda words: Edition(rich_brief()).message("ana@news.example", name=words),
    "list_id": lambda words: Edition(rich_brief(), list_id=f"{words}.news.example"),
    "unsubscribe": lambda words: Edition(rich_brief()).message(unsubscribe=(f"https://news.example/{words}",)),
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", PLACES)
def test_what_a_person_writes_is_refused(attack: str, place: str) -> None:
    with pytest.raises(RenderError):
        PLACES[place](ATTACKS[attack])


@pytest.mark.parametrize("attack", WITH_CONTROLS)
def test_control_characters_are_refused_with_their_place(attack: str) -> None:
    with pytest.raises(RenderError, match="subject"):
        one_line(ATTACKS[attack], "the subject")


@pytest.mark.parametrize("words", ["=?utf-8?q?=0D=0ABcc:_x?=", _base64(b"a\nb"), _base64(b"=?utf-8?q?a=0Ab?=")])
def test_control_characters_in_encoded_words_are_refused(words: str) -> None:
    with pytest.raises(RenderError, match="line break"):
        one_line(words, "the subject")


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_an_address_is_one_address(address: str) -> None:
    with pytest.raises(RenderError, match="mail address"):
        address_field("To", address)


def test_a_domain_in_another_script_is_written_as_the_wire_wants_it() -> None:
    assert address_field("To", "ana@zeitung-köln.example") == b"To: ana@xn--zeitung-kln-zfb.example\r\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_read_back_as_it_was(name: str) -> None:
    raw = address_field("From", "desk@news.example", name)
    # As the older way of the standard library reads it: the newer puts blanks between encoded words.
    header = re.sub(r"\r\n(?=[ \t])", "", raw.decode().removeprefix("From: ").removesuffix("\r\n"))
    ((words, address),) = getaddresses([header])
    assert (str(make_header(decode_header(words))), address) == (name, "desk@news.example")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=300))
def test_a_subject_is_read_back_as_it_was(words: str) -> None:
    try:
        expected = one_line(words, "the subject")
    except RenderError:
        return
    raw = text_field("Subject", words)
    parsed = message_from_bytes(raw + b"\r\n", policy=policy.compat32)["Subject"]
    read = str(make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", parsed)))) if parsed else ""
    assert read == expected
    assert all(len(line) <= 78 or b" " not in line.strip() for line in raw.split(b"\r\n"))
    assert all(len(word) <= 75 for word in re.findall(rb"=\?[^ ]*\?=", raw))
