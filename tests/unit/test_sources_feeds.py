"""Feeds, JSON and mail: files that hold many articles, or one in an envelope."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefing.errors import SourceError
from briefing.sources import feed, mail, records
from briefing.sources.raw import SUMMARY_ONLY, Flaw, Raw

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour Post</title><language>en</language>
<item><title>Ferry &lt;script&gt;alert(1)&lt;/script&gt;to run</title>
<link>https://a.example/1</link>
<pubDate>Wed, 04 Mar 2026 05:06:07 +0100</pubDate><author>ada@a.example (Ada Brook)</author>
<description>Short.</description><content:encoded>
<![CDATA[<p>The ferry runs.</p><script>steal()</script><p>It runs in June.</p>]]></content:encoded></item>
<item><title>Pier</title><link>javascript:alert(1)</link>
<description>Only &lt;b&gt;this&lt;/b&gt; is said.</description></item>
<item><title>Nothing more</title></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Hafenblatt</title>
<entry><title>F\xc3\xa4hre</title><link href="https://b.example/1"/><published>2026-03-04T05:06:07Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Die F\xc3\xa4hre f\xc3\xa4hrt.</p></div></content>
<author><name>Tom Vale</name></author></entry></feed>"""


def raw(item: Raw | Flaw) -> Raw:
    assert isinstance(item, Raw)
    return item


def test_every_entry_of_a_feed_is_an_article() -> None:
    first, second, third = feed.read(RSS)
    first, second = raw(first), raw(second)
    assert first.text == "The ferry runs.\n\nIt runs in June."
    assert (first.title, first.source, first.author) == ("Ferry to run", "Harbour Post", "Ada Brook")
    assert (first.published, first.language, first.entry) == ("2026-03-04T04:06:07+00:00", "en", "1")
    assert first.notes == ()
    assert (second.text, second.notes) == ("Only this is said.", (SUMMARY_ONLY,))
    assert isinstance(third, Flaw)
    assert (third.entry, third.reason) == ("3", "empty")


def test_atom_with_xhtml() -> None:
    (found,) = map(raw, feed.read(ATOM))
    assert (found.text, found.title) == ("Die Fähre fährt.", "Fähre")
    assert (found.source, found.author, found.language) == ("Hafenblatt", "Tom Vale", "de")


def test_an_entity_bomb_is_refused() -> None:
    inner = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    body = '<rss version="2.0"><channel><title>t</title><item><title>x</title><description>&l9;</description></item>'
    (found,) = feed.read(f'<!DOCTYPE r [<!ENTITY l0 "lol">{inner}]>{body}</channel></rss>'.encode())
    assert isinstance(found, Flaw)


@pytest.mark.parametrize(
    "entity",
    [b'<!ENTITY x SYSTEM "file:///etc/hostname">', b'<!ENTITY x SYSTEM "http://127.0.0.1:9/x">', b'<!ENTITY x "boom">'],
)
def test_entities_of_a_document_are_not_expanded(entity: bytes) -> None:
    body = (
        b"<rss version='2.0'><channel><title>t</title><item><description>a &x; b</description></item></channel></rss>"
    )
    (found,) = feed.read(b"<?xml version='1.0'?><!DOCTYPE rss [" + entity + b"]>" + body)
    assert raw(found).text.replace("&x;", "").split() in (["a", "b"], ["a", "boom", "b"])
    assert "boom" not in raw(found).text or entity.endswith(b'"boom">')


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><p>no feed</p></html>", "damaged"),
        (b"words", "damaged"),
        (b"<rss version='2.0'><channel></channel></rss>", "empty"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError) as refused:
        list(feed.read(data))
    assert refused.value.reason == reason


def read_json(value: Any) -> list[Raw | Flaw]:
    return list(records.read(json.dumps(value).encode()))


@pytest.mark.parametrize(
    "shape", [lambda a: a, lambda a: [a], lambda a: {"articles": [a]}, lambda a: {"articles": [a], "total": 1}]
)
def test_the_shapes_of_json(shape: Any) -> None:
    (found,) = read_json(shape({"title": "T", "text": "Words.", "published": 1772600767, "section": {"other": 1}}))
    assert (raw(found).title, raw(found).text, raw(found).published) == ("T", "Words.", "1772600767")


def test_html_in_json_becomes_text() -> None:
    (found,) = read_json({"html": "<p>One.</p><p>Two.</p>", "text": None})
    assert raw(found).text == "One.\n\nTwo."


def test_one_bad_article_does_not_sink_the_others() -> None:
    good = {"text": "Words."}
    found = read_json([good, {"text": 7}, "words", {"title": "no text"}, {"text": "  "}, None, good])
    assert [type(f) for f in found] == [Raw, Flaw, Flaw, Flaw, Flaw, Flaw, Raw]
    assert [f.entry for f in found] == list("1234567")
    bad = found[1]
    assert isinstance(bad, Flaw)
    assert "text" in bad.detail


def test_json_lines() -> None:
    first, second, third = records.read_lines(b'{"text": "One."}\n\n{"text": \n{"text": "Two."}\n')
    assert (raw(first).entry, raw(third).entry) == ("1", "4")
    assert isinstance(second, Flaw)
    assert second.entry == "3"


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b"[]", b'"words"', b"7", b"NaN", b'{"articles": []}'])
def test_json_that_holds_no_article_is_refused_by_name(data: bytes) -> None:
    try:
        found = list(records.read(data))
    except SourceError as error:
        found = [Flaw("", error.reason, error.detail)]
    assert all(isinstance(f, Flaw) and f.detail for f in found)


def test_a_json_feed() -> None:
    first, second = read_json(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Harbour Post",
            "language": "en",
            "items": [
                {
                    "content_html": "<p>The ferry runs.</p>",
                    "url": "https://a.example/1",
                    "authors": [{"name": "Ada Brook"}],
                },
                {"summary": "Only this.", "date_published": "2026-03-04T05:06:07Z"},
            ],
        }
    )
    assert (raw(first).text, raw(first).source, raw(first).author) == ("The ferry runs.", "Harbour Post", "Ada Brook")
    assert (raw(second).text, raw(second).notes) == ("Only this.", (SUMMARY_ONLY,))


PLAIN = "The harbour office says that the ferry will run again in June. " * 5


def message(*lines: str, body: str = PLAIN) -> bytes:
    return "\r\n".join([*lines, "", body]).encode()


def test_a_mail_is_an_article() -> None:
    (found,) = mail.read(
        message(
            "From: Harbour Post <news@a.example>",
            "Subject: =?utf-8?q?F=C3=A4hre_f=C3=A4hrt?=",
            "Date: Wed, 04 Mar 2026 05:06:07 +0100",
        )
    )
    found = raw(found)
    assert (found.title, found.source, found.published) == (
        "Fähre fährt",
        "Harbour Post",
        "Wed, 04 Mar 2026 05:06:07 +0100",
    )
    assert found.text.startswith("The harbour office says")


def test_an_address_is_no_publisher() -> None:
    (found,) = mail.read(message("From: news@a.example", "Subject: s"))
    assert raw(found).source == ""


def test_the_html_part_is_read_where_the_plain_one_says_little() -> None:
    html = f"<p>{PLAIN}</p><p>{PLAIN.replace('ferry', 'tram')}</p>"
    parts = f"--b\nContent-Type: text/plain\n\nView in browser\n--b\nContent-Type: text/html\n\n{html}\n--b--"
    (found,) = mail.read(
        message("Subject: s", "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=b", body=parts)
    )
    assert "tram will run" in raw(found).text
    assert "browser" not in raw(found).text


def test_flowed_lines_belong_together() -> None:
    body = "The ferry \r\nruns.\r\n\r\nIt runs in June."
    (found,) = mail.read(message("Subject: s", "Content-Type: text/plain; format=flowed", body=body))
    assert raw(found).text == "The ferry runs.\n\nIt runs in June."


def test_what_is_no_mail_is_refused() -> None:
    with pytest.raises(SourceError) as refused:
        list(mail.read(b"Just some words.\n\nAnd more."))
    assert refused.value.reason == "damaged"


def nested(levels: int) -> bytes:
    heads = (f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n' for i in range(levels))
    return ("Subject: s\n" + "".join(heads) + "\n\nText inside").encode()


@pytest.mark.parametrize(
    "data",
    [
        nested(1000),
        b"Subject: s\nTo: " + b"(" * 2000 + b"\n\nText",
        b"From: " + b"(" * 2000 + b"\nSubject: s\n\nText",
        b"Subject: s\nContent-Type: text/plain; charset=no-such\n\n\xff\xfeText",
        b"Subject: s\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Subject: =?x?b?\xff?=\nDate: \x00\nFrom: <<>>,,\n\nText",
    ],
)
def test_hostile_mails_end_in_text_or_a_named_failure(data: bytes) -> None:
    try:
        assert all(isinstance(item, Raw) for item in mail.read(data))
    except SourceError as error:
        assert error.reason  # noqa: PT017
