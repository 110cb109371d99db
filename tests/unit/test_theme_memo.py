"""The theme ``memo``: numbered points, the sources of each beside it, the same numbers in every format."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as parser
from pypdf import PdfReader

from briefing.model import Brief
from briefing.render.catalogue import LANGUAGES, catalogue
from briefing.render.check import check
from briefing.render.context import context
from briefing.render.contrast import ENOUGH, contrast
from briefing.render.email import Edition
from briefing.render.email_clients import dropped
from briefing.render.email_cut import LARGEST
from briefing.render.environment import Look, Theme
from briefing.render.formats import render
from briefing.render.pdf import PdfRenderer
from briefing.render.samples import SAMPLES, rich
from tests.briefs import empty_brief, foreign_brief, long_brief, rich_brief
from tests.browser import chromium

BRIEFS = {"rich": rich_brief, "foreign": foreign_brief, "long": long_brief, "sample": rich}
NUMBER = re.compile(r"\d+(\.\d+)?")


def text(brief: Brief, format: str) -> str:
    return render(brief, format, theme="memo").content.decode()


def page(brief: Brief) -> Any:
    return parser.document_fromstring(text(brief, "html").encode(), parser.HTMLParser(encoding="utf-8"))


def mail(brief: Brief) -> str:
    sent = message_from_bytes(Edition(brief, theme="memo").message(), policy=policy.default)
    assert isinstance(sent, EmailMessage)
    part = sent.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def classed(element: Any, name: str, within: str = "") -> list[Any]:
    """The elements of a class, in elements of the class ``within`` where one is named."""
    paths = [f"descendant::*[contains(concat(' ', @class, ' '), ' {n} ')]" for n in (within, name) if n]
    return list(element.xpath("/".join(paths)))


def said(element: Any) -> str:
    """What an element says, on one line and without what binds words."""
    return " ".join(element.text_content().replace("\u2060", "").split())


def numbered(brief: Brief) -> dict[str, str]:
    """What stands under each number: headlines, sentences, sides of a conflict."""
    seen = context(brief)
    found = {}
    for number, story in enumerate([*seen["lead"], *seen["in_brief"]], 1):
        sentences = [claim for paragraph in story["paragraphs"] for claim in paragraph["claims"]]
        sentences += [side for conflict in story["conflicts"] for side in conflict["sides"]]
        found[f"{number}"] = story["headline"]["text"]
        found |= {f"{number}.{n}": sentence["text"] for n, sentence in enumerate(sentences, 1)}
    return found


@pytest.mark.parametrize("name", BRIEFS)
def test_points_are_numbered_through(name: str) -> None:
    brief = BRIEFS[name]()
    points = classed(page(brief), "point", "story")
    assert {said(classed(p, "para")[0]): said(classed(p, "claim")[0]) for p in points} == numbered(brief)
    assert len(points) == len(numbered(brief))


@pytest.mark.parametrize("name", ["rich", "sample"])
def test_the_numbers_are_the_same_in_every_format(name: str) -> None:
    brief = BRIEFS[name]()
    plain = " ".join(text(brief, "txt").split())
    marked = text(brief, "md")
    sent = " ".join(" ".join(parser.document_fromstring(mail(brief)).itertext()).split())
    for number, sentence in numbered(brief).items():
        for printed in (plain, sent):
            # The name of a role, a language or a publisher may stand between.
            assert re.search(rf"(?<!\S){re.escape(number)} ([^.\d]{{0,40}}[: ] ?)?{re.escape(sentence)}", printed), (
                number
            )
        if "." in number:
            assert re.search(
                rf"^\*\*{re.escape(number)}\*\* (\*.*:\* )?{re.escape(sentence[:20])}", marked, re.MULTILINE
            )
        else:
            assert f"# {number} {sentence}" in marked


@pytest.mark.parametrize("name", BRIEFS)
def test_beside_each_sentence_stand_its_sources(name: str) -> None:
    brief = BRIEFS[name]()
    publishers = {str(source["number"]): source["publisher"] for source in context(brief)["sources"]}
    for point in classed(page(brief), "point", "story"):
        calls = [said(call) for call in classed(point, "call")]
        notes = classed(point, "sidenote")
        assert calls
        assert [said(classed(note, "number")[0]) for note in notes] == calls
        assert [said(classed(note, "publisher")[0]) for note in notes] == [publishers[call] for call in calls]


@pytest.mark.parametrize("name", BRIEFS)
def test_the_words_of_each_source_stand_beside_its_first_call(name: str) -> None:
    brief = BRIEFS[name]()
    root = page(brief)
    for source in context(brief)["sources"]:
        (note,) = root.xpath(f"//*[@id='sidenote-{source['number']}']")
        sentence = said(classed(note.xpath("ancestor::div[contains(@class, 'point')]")[0], "claim")[0])
        if sentence == " ".join(source["quote"].split()):
            assert said(classed(note, "verbatim")[0]) == "word for word"
        else:
            assert " ".join(source["short"].split()) in said(classed(note, "said")[0])


@pytest.mark.parametrize("name", [*BRIEFS, "empty"])
def test_no_level_of_headings_is_left_out(name: str) -> None:
    levels = [int(h.tag[1]) for h in page((BRIEFS | {"empty": empty_brief})[name]()).xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_judgements_lead_to_their_stories_and_say_how_many_report_them() -> None:
    root = page(rich_brief())
    items = root.xpath("//ol/li[div/a]")
    assert [said(classed(i, "para")[0]) for i in items] == ["1", "2", "3"]
    assert [classed(i, "para")[0].get("href") for i in items] == ["#story-1", "#story-2", "#story-3"]
    assert said(classed(items[0], "standing")[0]) == "2 independent sources"
    assert said(root.xpath("//h2[@id='bottom-line']")[0]) == "Key judgements"


def test_what_the_checks_doubt_stands_out() -> None:
    (point,) = classed(page(rich_brief()), "doubtful", "story")
    assert "90 million stands in one source only" in said(classed(point, "doubt")[0])
    values = Theme("memo").values
    for end in ("", "_dark"):
        assert contrast(values["doubt" + end], values["paper" + end]) >= ENOUGH


def test_whom_it_is_for_and_from_stands_in_every_head() -> None:
    brief = rich_brief()
    look = Look({"to": "The foreign desk", "sender": "Ida Voss & Co"})
    for format in ("html", "md", "txt"):
        printed = render(brief, format, theme="memo", look=look).content.decode()
        assert re.search(r"To\W[^F]*The foreign desk", printed)
        assert re.search(r"From\W.*Ida Voss", printed)
        assert "The foreign desk" not in text(brief, format)
    message = Edition(brief, theme="memo", look=look).message().decode("utf-8", "replace")
    assert "The foreign desk" in message


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_own_words_are_in_the_language_of_the_brief(language: str) -> None:
    brief = replace(rich(), language=language)
    root, labels = page(brief), catalogue(language)
    assert root.get("lang") == language
    assert root.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert said(classed(root, "kind")[0]) == labels["memo"]
    assert said(root.xpath("//h2[@id='bottom-line']")[0]) == labels["key_judgements"]
    terms = [labels[f"memo_{key}"] for key in ("date", "subject", "period", "basis")]
    assert [said(term) for term in root.xpath("//dt")] == terms
    for printed in (text(brief, "txt"), text(brief, "md"), mail(brief)):
        assert all(str(term).casefold() in printed.casefold() for term in (*terms, labels["key_judgements"]))


def test_nothing_is_wrong_with_it() -> None:
    assert [p for p in check("memo", formats=("html", "md", "txt", "eml")) if p.level != "advice"] == []


def test_a_mail_is_short_enough_and_needs_nothing_that_clients_drop() -> None:
    for make in (long_brief, SAMPLES["huge"]):
        assert len(mail(make()).encode()) <= LARGEST
    hidden = {"max-height: 0", "overflow: hidden", "opacity: 0"}
    assert {d.declaration for d in dropped(Theme("memo").text("email.css"))} <= hidden


@cache
def pdf(name: str, paper: str) -> PdfReader:
    return PdfReader(BytesIO(PdfRenderer(look=Look({"page": paper})).render(BRIEFS[name](), "memo").content))


def places(reader: PdfReader) -> dict[str, int]:
    """The page, from 0, of each id that a link could lead to."""
    found = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    return {name: number for name, number in found.items() if number is not None}


@pytest.mark.parametrize(("name", "paper"), [("long", "A4"), ("rich", "Letter")])
def test_on_paper_each_source_stands_once_on_the_page_of_its_call(name: str, paper: str) -> None:
    reader = pdf(name, paper)
    at = places(reader)
    notes = {int(id.removeprefix("sidenote-")): n for id, n in at.items() if id.startswith("sidenote-")}
    assert sorted(notes) == list(range(1, len(BRIEFS[name]().references) + 1))
    calls = [{str(a.get_object().get("/Dest", "")) for a in leaf.get("/Annots") or ()} for leaf in reader.pages]
    assert [number for number, leaf in notes.items() if f"ref-{number}" not in calls[leaf]] == []
    # No headline stands alone at the foot of a page.
    heads = [id.removesuffix("-title") for id in at if id.endswith("-title")]
    assert heads
    assert [id for id in heads if f"{id}-1" in at and at[f"{id}-title"] != at[f"{id}-1"]] == []


def test_on_paper_the_notes_are_printed_and_no_footnotes() -> None:
    printed = " ".join(" ".join(leaf.extract_text().split()) for leaf in pdf("long", "A4").pages)
    found = [int(n) for n in re.findall(r"(\d+) The [\w ]+ Register 2\d Nov 2026 · word for word", printed)]
    assert sorted(found) == list(range(1, len(long_brief().references) + 1))
    assert "Register, 22 Nov 2026." not in printed


def test_the_head_of_a_page_names_the_story_that_the_page_begins_with() -> None:
    heads = []
    for leaf in pdf("long", "A4").pages[1:]:
        printed = leaf.extract_text()
        if head := re.search(r"^The Long Brief (\d+) Council", printed, re.MULTILINE):
            heads.append((head[1], printed.split()[0].partition(".")[0]))
    assert len(heads) > 2
    assert [(named, first) for named, first in heads if named != first] == []


def test_bookmarks_have_the_numbers_of_the_stories() -> None:
    titles = [str(entry.title) for entry in pdf("rich", "Letter").outline if not isinstance(entry, list)]
    assert titles[:2] == [
        "1 Port Ellery tug crews end strike after eleven days",
        "2 Second levee gives way on the lower Mirow",
    ]


def test_the_paper_is_the_one_asked_for() -> None:
    assert pdf("long", "A4").pages[0].mediabox.width == pytest.approx(595.28, abs=0.1)
    assert pdf("rich", "Letter").pages[0].mediabox.width == pytest.approx(612, abs=0.1)


BOXES = """() => [...document.querySelectorAll(".story .point")].map(point => {
  const [text, notes] = [".claim", ".sidenotes"].map(name => point.querySelector(name).getBoundingClientRect());
  return {text: [text.left, text.right, text.top, text.bottom], notes: [notes.left, notes.right, notes.top]};
})"""


def test_sources_stand_beside_on_wide_screens_and_under_on_phones() -> None:
    with chromium() as browser:
        for language, width in (("en", 1280), ("ar", 1280), ("en", 768), ("en", 360), ("ar", 360)):
            tab = browser.new_page(viewport={"width": width, "height": 800})
            tab.set_content(text(replace(rich(), language=language), "html"))
            boxes = tab.evaluate(BOXES)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            tab.close()
            assert boxes
            for box in boxes:
                (left, right, top, bottom), (start, end, notes) = box["text"], box["notes"]
                if width < 700:
                    assert notes >= bottom - 8
                else:
                    assert end <= left if language == "ar" else start >= right
                    assert top - 48 < notes < bottom
