"""Bytes to visible text, dates, addresses, and the plain formats: text, Markdown."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.model import Article, Failure
from briefing.sources import dates, markdown, plain
from briefing.sources.articles import address, article_of, host
from briefing.sources.characters import decode, visible
from briefing.sources.raw import Flaw, Raw

GERMAN = "Die Brücke über den Fluß wird für Fußgänger geöffnet, sagte der Bürgermeister am Montag."
FRENCH = "L’été dernier, le conseil a rejeté le projet – déjà débattu à la mairie – du nouveau quai."
POLISH = "Burmistrz powiedział, że most zostanie otwarty w czerwcu, a ścieżka rowerowa później."
RUSSIAN = "Мэр заявил, что мост будет открыт в июне для пешеходов и велосипедистов города."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (POLISH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "utf-16"),
    ],
)
def test_encodings_are_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


def test_an_encoding_that_is_not_utf8_is_told() -> None:
    assert decode(GERMAN.encode())[1] == ""
    assert "windows-1252" in decode(GERMAN.encode("cp1252"))[1]


def test_a_declared_encoding_comes_first_and_a_wrong_one_is_not_believed() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), "koi8-r")[0] == RUSSIAN
    assert decode(GERMAN.encode(), "no-such-charset")[0] == GERMAN
    assert decode(GERMAN.encode(), "rot13")[0] == GERMAN
    assert decode(GERMAN.encode(), "iso-8859-1")[0] == GERMAN


def test_a_few_broken_bytes_do_not_turn_utf8_into_another_encoding() -> None:
    text, note = decode((GERMAN * 5).encode() + b"\xff end")
    assert text.startswith(GERMAN)
    assert "1 broken" in note


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"%PDF-1.7 ...", b"PK\x03\x04rest", b"\x89PNG\r\n", b"\x00" * 500]
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as refused:
        decode(data)
    assert refused.value.reason == "damaged"


def test_characters_that_are_not_seen_are_removed() -> None:
    hidden = "".join(chr(0xE0000 + ord(c)) for c in "obey")
    text = f"The\u200b may\u00ador\u202e said\x00 “no”{hidden}.\ufeff\r\nNext\u2028line\ud800"
    assert visible(text) == "The mayor said “no”.\nNext\nline"


def test_joiners_stay_where_a_script_needs_them() -> None:
    persian, family = "می‌خواهم", "👩\u200d👧"
    assert visible(persian) == persian
    assert visible(family) == family
    assert visible("pass\u200dword") == "password"


@given(st.text())
def test_visible_text_is_stable(text: str) -> None:
    once = visible(text)
    assert visible(once) == once
    assert "\r" not in once
    assert "\x00" not in once


@given(st.binary(max_size=400))
def test_any_bytes_become_text_or_a_named_failure(data: bytes) -> None:
    with suppress(SourceError):
        assert isinstance(decode(data)[0], str)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-04T05:06:07Z",
        "2026-03-04T05:06:07+00:00",
        "2026-03-04 05:06:07 UTC",
        "20260304T050607Z",
        "Wed, 04 Mar 2026 05:06:07 +0000",
        "Wed, 04 Mar 2026 05:06:07 GMT",
        "1772600767",
        "1772600767000",
    ],
)
def test_dates_in_the_usual_forms(value: str) -> None:
    assert dates.parse(value) == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    ["2026-03-04", "2026/3/4", "4 March 2026", "March 4, 2026", "4. März 2026", "4 mars 2026", "4 de marzo de 2026"],
)
def test_a_date_alone_is_midnight_in_the_zone(value: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert dates.parse(value, zone) == datetime(2026, 3, 4, tzinfo=zone)


def test_a_time_without_a_zone_is_taken_in_the_zone_and_one_with_it_is_kept() -> None:
    zone = timezone(timedelta(hours=9))
    assert dates.parse("2026-03-04 08:00", zone) == datetime(2026, 3, 4, 8, tzinfo=zone)
    assert dates.parse("2026-03-04T08:00+01:00", zone) == datetime(2026, 3, 4, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "31 February 2026",
        "2026-02-31",
        "9999-12-31",
        "0001-01-01T00:00:00Z",
        "03/04/2026",
        "2023-02-29",
        "9" * 200,
    ],
)
def test_dates_that_tell_nothing_give_none(value: str) -> None:
    assert dates.parse(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "March 4, 2026 10:30 PM",
        "4 March 2026, 22:30",
        "4. März 2026, 22:30 Uhr",
        "04.03.2026 22:30",
        "4 Mar 2026 22:30:10",
    ],
)
def test_the_time_of_day_is_read_with_its_half(value: str) -> None:
    found = dates.parse(value)
    assert found is not None
    assert found.replace(second=0) == datetime(2026, 3, 4, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", ["Wed, 04 Mar 2026 22:30 IST", "March 4, 2026 22:30 PM", "0000000000", "12 of 2026"])
def test_zones_and_halves_that_are_not_known_are_not_guessed(value: str) -> None:
    assert dates.parse(value) is None


def test_the_leap_day_is_a_day() -> None:
    assert dates.parse("2024-02-29") == datetime(2024, 2, 29, tzinfo=UTC)


@given(st.text(max_size=120))
def test_no_date_raises(value: str) -> None:
    found = dates.parse(value)
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//host/x",
        "/story",
        "http://",
        "https://me:pw@a.example",
        "http://[",
        "https://a.example/ x",
    ],
)
def test_only_whole_web_addresses_are_used(url: str) -> None:
    assert address(url) == ""


def test_the_host_stands_for_the_publisher() -> None:
    assert host(address(" https://www.harbour-post.example/a?b=c ")) == "harbour-post.example"


def _article(raw: Raw) -> Article:
    found = article_of(raw, where="in/a.txt", kind="text", zone=UTC)
    assert isinstance(found, Article)
    return found


def test_what_is_not_believed_is_told() -> None:
    found = _article(Raw(text=GERMAN, url="javascript:x", published="31 February 2026", language="en"))
    assert (found.url, found.published, found.language) == ("", None, "de")
    assert "address not used" in found.read_as
    assert "31 February 2026" in found.read_as
    assert "declared en, reads as de" in found.read_as


def test_the_publisher_is_the_one_named_or_the_host_or_unknown() -> None:
    assert _article(Raw(text="x y", source="Harbour Post", url="https://a.example/1")).source == "Harbour Post"
    assert _article(Raw(text="x y", url="https://www.a.example/1")).source == "a.example"
    assert _article(Raw(text="x y")).source == ""


def test_articles_are_nfc_and_titles_one_line() -> None:
    found = _article(Raw(text="Cafe\u0301 im Hafen", title="Two\r\nlines\x00 in\tone"))
    assert unicodedata.is_normalized("NFC", found.text)
    assert found.title == "Two lines in one"


def test_an_entry_that_is_flawed_or_empty_is_a_failure_of_that_entry() -> None:
    flaw = article_of(Flaw("3", "damaged", "why"), where="a.json", kind="json", zone=UTC)
    assert flaw == Failure("a.json#3", "damaged", "why")
    blank = article_of(Raw(text=" \u200b\n", entry="4"), where="a.json", kind="json", zone=UTC)
    assert isinstance(blank, Failure)
    assert (blank.where, blank.reason) == ("a.json#4", "empty")


def test_the_first_line_of_a_text_is_its_title_when_it_stands_alone() -> None:
    assert plain.from_text("Ferry to run again\n\nThe ferry runs.").title == "Ferry to run again"
    assert plain.from_text("The ferry runs again.\n\nIt does.").title == ""
    assert plain.from_text("Ferry to run again\nThe ferry runs.").title == ""
    assert plain.from_text("Only one line").text == "Only one line"


def test_a_title_that_stands_again_in_the_text_is_said_once() -> None:
    text = "HARBOUR POST\n\nFerry to run again!\n\nThe ferry runs."
    assert plain.without_title(text, "Ferry to run again") == "HARBOUR POST\n\nThe ferry runs."
    assert plain.without_title("Ferry", "Ferry") == "Ferry"
    assert plain.without_title("The ferry runs.", "") == "The ferry runs."


def test_a_block_of_keys_is_metadata() -> None:
    found = plain.from_text(
        "Title: Ferry to run again\nPublisher: Harbour Post\nDate: 2026-03-04\nURL: https://a.example/1\n\n"
        "The ferry runs."
    )
    assert (found.title, found.source, found.published) == ("Ferry to run again", "Harbour Post", "2026-03-04")
    assert found.text == "The ferry runs."


def test_a_first_line_with_a_colon_is_no_block_of_keys() -> None:
    text = "Title: only this\n\nThe ferry runs."
    assert plain.from_text(text).text.endswith("The ferry runs.")
    assert plain.from_text("Mayor: we will build\nDate: soon\n\nText here.").source == ""


MARKDOWN = """---
title: Ferry to run again
publisher: Harbour Post
authors: [Ada Brook, Tom Vale]
date: 2026-03-04
---
# Another heading

The [ferry](https://a.example) runs **again**, the office said.
![a picture](x.png)

```
code
```

- First point.
- Second point.
"""


def test_markdown_becomes_plain_words() -> None:
    (found,) = markdown.read(MARKDOWN.encode())
    assert isinstance(found, Raw)
    assert (found.title, found.source, found.author) == ("Ferry to run again", "Harbour Post", "Ada Brook, Tom Vale")
    assert found.published == "2026-03-04"
    assert "The ferry runs again, the office said." in found.text
    assert "First point.\n\nSecond point." in found.text
    assert "code" not in found.text
    assert "picture" not in found.text


def test_the_first_top_heading_is_the_title() -> None:
    (found,) = markdown.read(b"# Ferry to run again\n\nThe ferry runs.\n\n## More\n\nIt does.")
    assert isinstance(found, Raw)
    assert (found.title, found.text) == ("Ferry to run again", "The ferry runs.\n\nMore\n\nIt does.")


@pytest.mark.parametrize(
    "front", ["a: &a [x]\nb: [*a, *a]", "a: [", "- just\n- a list", "a: !!python/object:os.system x"]
)
def test_front_matter_that_is_no_plain_mapping_is_passed_over(front: str) -> None:
    (found,) = markdown.read(f"---\n{front}\n---\nThe ferry runs.".encode())
    assert isinstance(found, Raw)
    assert found.text == "The ferry runs."
    assert found.notes == ("front matter not understood",)
