"""Every printed sentence of the samples' brief leads to the characters that it cites, in every format.

Each walk goes both ways: what is printed leads to its words, and nothing is printed beside what the brief holds.
"""

from __future__ import annotations

import copy
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from briefing import wiring
from briefing.config import Settings
from tests.golden.update import ROOT

Claim = dict[str, Any]


@pytest.fixture(scope="module")
def documents() -> dict[str, bytes]:
    settings = Settings(paths=(str(ROOT / "samples" / "articles"),), now="2026-03-05T18:00", minutes=8)
    made, problems = wiring.documents(wiring.make(settings), settings)
    assert not problems
    return {document.name.split(".")[1]: document.content for document in made}


@pytest.fixture(scope="module")
def brief(documents: dict[str, bytes]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(documents["json"])
    return loaded


def _claims(brief: dict[str, Any]) -> list[Claim]:
    """Headlines, sentences and sides of conflicts, in reading order."""
    found: list[Claim] = []
    for index, story in enumerate(brief["stories"]):
        found += [story["headline"], *story["claims"]]
        found += [side for c in brief["conflicts"] if c["story"] == index for side in c["sides"]]
    return found


def _words(text: str) -> str:
    return "".join(text.split())


def test_the_brief_is_worth_walking(brief: dict[str, Any]) -> None:
    assert len(brief["stories"]) >= 8
    assert len(_claims(brief)) >= 40
    assert brief["conflicts"]


def test_json_citations_quote_the_characters_of_their_articles(brief: dict[str, Any]) -> None:
    articles = {a["id"]: a for a in brief["articles"]}
    for claim in _claims(brief):
        assert claim["citations"], claim["text"]
        for c in claim["citations"]:
            assert articles[c["article"]][c["part"]][c["start"] : c["end"]] == c["quote"]
        # The extractive engine prints the source's own words.
        assert _words(claim["text"]) == _words(claim["citations"][0]["quote"])


def test_numbers_follow_reading_order(brief: dict[str, Any]) -> None:
    numbers = [c["number"] for claim in _claims(brief) for c in claim["citations"]]
    firsts = list(dict.fromkeys(numbers))
    assert firsts == list(range(1, len(firsts) + 1))


def test_html_calls_lead_to_the_words(documents: dict[str, bytes], brief: dict[str, Any]) -> None:
    page = html.document_fromstring(documents["html"].decode())
    articles = {a["id"]: a for a in brief["articles"]}
    printed = page.find_class("claim")
    assert [c.text_content() for c in printed if not c.xpath("ancestor::*[contains(@class, 'bottom-line')]")] == [
        c["text"] for c in _claims(brief)
    ]
    for claim in printed:
        calls = list(_calls(claim))
        assert calls, claim.text_content()
        quotes = []
        for call in calls:
            source = page.get_element_by_id(call.get("href").removeprefix("#"))
            assert _marked(page.get_element_by_id(call.get("aria-describedby"))) == _marked(source)
            whole = articles[source.get("data-article")][source.get("data-part")]
            quotes.append(whole[int(source.get("data-start")) : int(source.get("data-end"))])
            assert _words(_marked(source)) == _words(quotes[-1])
        assert _words(claim.text_content()) == _words(quotes[0])


def _calls(claim: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The calls between a claim and the next."""
    for sibling in claim.itersiblings():
        if "claim" in sibling.classes:
            return
        yield from sibling.xpath("descendant-or-self::a[contains(@class, 'call')]")


def _marked(element: html.HtmlElement) -> str:
    return "".join(mark.text_content() for mark in element.iter("mark"))


def test_no_prose_of_the_page_stands_beside_the_claims(documents: dict[str, bytes]) -> None:
    page = html.document_fromstring(documents["html"].decode())
    main = page.get_element_by_id("main")
    for paragraph in main.xpath(".//p[contains(@class, 'cited')] | .//*[contains(@class, 'headline')]"):
        rest = copy.deepcopy(paragraph)
        for name in ("claim", "cite", "language"):
            for element in rest.find_class(name):
                element.drop_tree()
        left = rest.text_content()
        # A word joiner keeps a sentence and its number on one line.
        assert not left.replace("\u2060", "").replace(",", "").strip(), left


def test_markdown_notes_quote_the_words(documents: dict[str, bytes], brief: dict[str, Any]) -> None:
    text = _plain(documents["md"].decode())
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.*)$", text, re.MULTILINE))
    body = text[: text.index("\n## Sources")]
    for claim in _claims(brief):
        calls = "".join(f"[^{c['number']}]" for c in claim["citations"])
        assert f"{claim['text']}{calls}" in body, claim["text"]
        for c in claim["citations"]:
            assert " ".join(c["quote"].split()) in notes[str(c["number"])]


def _plain(markdown: str) -> str:
    """Markdown without its escapes and bold, so that words can be compared."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"</?b>", "", markdown)).replace("&lt;", "<")


def test_plain_text_sources_quote_the_words(documents: dict[str, bytes], brief: dict[str, Any]) -> None:
    text = " ".join(documents["txt"].decode().split())
    for claim in _claims(brief):
        number = claim["citations"][0]["number"]
        assert f"{' '.join(claim['text'].split())} [{number}]" in text, claim["text"]
        for c in claim["citations"]:
            assert _words(c["quote"]) in _words(text[text.rindex(f"[{c['number']}]") :])


def test_pdf_sentences_carry_their_numbers_and_sources(
    documents: dict[str, bytes], brief: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(documents["pdf"])
    # Reading order of the tagged structure, which is what a screen reader reads.
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True, timeout=60)
    text = _words(done.stdout)
    sources = text[text.rindex("SOURCES") :]
    for claim in _claims(brief):
        number = claim["citations"][0]["number"]
        assert re.search(_broken_by_pages(claim["text"]) + str(number), text), claim["text"]
        for c in claim["citations"]:
            assert re.search(_broken_by_pages(c["quote"]), sources), c["quote"]


def _broken_by_pages(sentence: str) -> str:
    """The sentence's words, between any two of which a page may end, with its notes, foot and head."""
    return r"(?:.{0,4000}?Pageof\d+.{0,200}?)?".join(re.escape(_words(w)) for w in sentence.split())
