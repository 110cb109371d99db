"""The theme of one page: what it prints is cited and doubted as everywhere, what it does not print is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser
from pypdf import PdfReader

from briefing.model import Brief
from briefing.render.catalogue import catalogue
from briefing.render.check import check
from briefing.render.context import context
from briefing.render.email import Edition
from briefing.render.email_clients import dropped
from briefing.render.environment import Look, Theme
from briefing.render.formats import render
from briefing.render.json import loads
from briefing.render.problems import ADVICE
from briefing.render.samples import SAMPLES, huge, rich, right_to_left
from tests.briefs import rich_brief
from tests.validators.cases import arabic_brief, japanese_brief

THEME = "compact"
LANGUAGES = ("ar", "de", "en", "es", "fr", "ja")
EXPECTED = Path(__file__).parents[2] / "samples" / "expected" / "brief.json"


@cache
def golden() -> Brief:
    """The brief that the sample articles make."""
    return loads(EXPECTED.read_text("utf-8"))


MAKERS: dict[str, Callable[[], Brief]] = {
    **SAMPLES,
    "golden": golden,
    "arabic": arabic_brief,
    "japanese": japanese_brief,
}


def sheet(brief: Brief, **options: Any) -> Any:
    """The markup that the PDF is made of."""
    filled = context(brief) | {"medium": "print", "css": ""}
    return parser.document_fromstring(Theme(THEME, Look(options)).render("brief.html", filled))


def screen(brief: Brief) -> Any:
    return parser.document_fromstring(render(brief, "html", theme=THEME).content.decode())


def pages(brief: Brief, **options: Any) -> list[str]:
    """The text of each page of the PDF."""
    content = render(brief, "pdf", theme=THEME, look=Look(options)).content
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def mail(brief: Brief, **options: Any) -> EmailMessage:
    raw = Edition(brief, sender="desk@news.example", theme=THEME, look=Look(options)).message("ana@mail.example")
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def of_class(page: Any, name: str) -> list[Any]:
    return list(page.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"))


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def said(brief: Brief) -> list[tuple[str, tuple[int, ...], str]]:
    """Every sentence of the stories with its numbers and what the checks hold against it."""
    page = context(brief)
    return [
        (each["text"], tuple(ref["number"] for ref in each["refs"]), each["doubt_label"])
        for story in (*page["lead"], *page["in_brief"])
        for each in (
            story["headline"],
            *(claim for paragraph in story["paragraphs"] for claim in paragraph["claims"]),
            *(side for conflict in story["conflicts"] for side in conflict["sides"]),
        )
    ]


def printed(page: Any) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Every sentence of a page with the numbers and the doubt that stand right after it."""
    for claim in of_class(page, "claim"):
        numbers, doubt = [], ""
        for after in claim.itersiblings():
            if after.get("class") == "doubt":
                doubt = text(after).strip("[]")
            if "claim" in (after.get("class") or "") or doubt:
                break
            numbers += [int(text(call)) for call in after.iter("a") if call.get("class") == "call"]
        yield text(claim), tuple(numbers), doubt


def test_nothing_is_wrong_with_the_theme() -> None:
    assert [p for p in check(THEME, formats=("html", "md", "txt")) if p.level != ADVICE] == []


@pytest.mark.parametrize("name", MAKERS)
def test_a_printed_sentence_has_its_numbers_and_its_doubt(name: str) -> None:
    brief = MAKERS[name]()
    known = {(" ".join(sentence.split()), numbers): doubt for sentence, numbers, doubt in said(brief)}
    for page in (sheet(brief), screen(brief)):
        for sentence, numbers, doubt in printed(page):
            assert (sentence, numbers) in known
            assert doubt.startswith(known[sentence, numbers])
            assert bool(doubt) == bool(known[sentence, numbers])


@pytest.mark.parametrize("name", MAKERS)
def test_the_sheet_lists_the_sources_of_what_it_prints_and_no_others(name: str) -> None:
    brief = MAKERS[name]()
    page = sheet(brief)
    called = {call.get("href") for call in of_class(page, "call")}
    listed = {f"#{source.get('id')}": text(source) for source in of_class(page, "source")}
    assert called == set(listed)
    for source in context(brief)["sources"]:
        if (line := listed.get(f"#{source['id']}")) is not None:
            assert line.startswith(str(source["number"]))
            assert source["publisher"] in line
            assert source["day"] in line
            opening = source["short"].rstrip("…")
            assert opening[: 20 if source["language"] == "ja" else 28].strip() in line


@pytest.mark.parametrize("name", MAKERS)
def test_the_page_on_a_screen_holds_all(name: str) -> None:
    brief = MAKERS[name]()
    page = screen(brief)
    assert {sentence for sentence, _, _ in printed(page)} == {" ".join(each.split()) for each, _, _ in said(brief)}
    for number, citation in enumerate(brief.references, 1):
        source = page.get_element_by_id(f"ref-{number}")
        assert text(source.find(".//mark")) == " ".join(citation.quote.split())
        for name in ("article", "part", "start", "end"):
            assert source.get(f"data-{name}") == str(getattr(citation, name))
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    assert {a.get("href")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")} <= ids


def test_a_closed_card_tells_what_is_in_it() -> None:
    brief = rich()
    first, *_ = screen(brief).iter("summary")
    told = text(first)
    assert told == "2 independent sources · 5 more sentences · partly supported · Where sources disagree"
    assert not any("open" in details.attrib for details in screen(brief).iter("details"))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_brief_of_usual_length_is_one_sheet(paper: str) -> None:
    (page,) = pages(golden(), page=paper)
    words = " ".join(page.split())
    assert all(story.headline.text in words for story in golden().stories)
    assert "Page 1 of 1" in words


@pytest.mark.parametrize(("first", "last"), [(0, 4), (2, 8)])
def test_shorter_ones_are_one_sheet_as_well(first: int, last: int) -> None:
    brief = golden()
    conflicts = tuple(replace(c, story=c.story - first) for c in brief.conflicts if first <= c.story < last)
    assert len(pages(replace(brief, stories=brief.stories[first:last], conflicts=conflicts))) == 1


def test_sheets_are_filled_and_no_more() -> None:
    told = [len(list(printed(sheet(golden(), claims=most)))) for most in (0, 1, 3)]
    assert told[0] < told[1] <= told[2] < len(said(golden()))
    assert told[0] == len(golden().stories) + sum(len(conflict.sides) for conflict in golden().conflicts)
    few = replace(golden(), stories=golden().stories[:1], conflicts=())
    assert len(list(printed(sheet(few, claims=9)))) == len(said(few))
    assert len(list(printed(sheet(few, claims=2)))) == 3


def test_a_long_brief_goes_on_on_the_next_page_and_says_so() -> None:
    first, *others = pages(huge())
    assert others
    assert f"Page 1 of {1 + len(others)}" in first
    page = sheet(huge())
    assert len(of_class(page, "headline")) == len(huge().stories)
    assert len(of_class(page, "conflict")) == len(huge().conflicts)


def test_a_conflict_without_room_is_named_all_the_same() -> None:
    page = sheet(replace(golden(), conflicts=golden().conflicts[:1] * 15))
    conflicts = of_class(page, "conflict")
    assert {text(conflict) for conflict in conflicts} == {"Where sources disagree: branches (corrected: 112, not 121)"}
    assert len(conflicts) == 15
    assert "Not shown here: " in text(of_class(page, "rest")[0])


@pytest.mark.parametrize("name", MAKERS)
def test_what_is_not_printed_is_counted(name: str) -> None:
    brief = MAKERS[name]()
    page = sheet(brief)
    hidden = len(said(brief)) - len(list(printed(page)))
    unlisted = len(brief.references) - len(of_class(page, "source"))
    rest = [text(line) for line in of_class(page, "rest")]
    if not hidden:
        assert rest == []
        assert not unlisted
        return
    numbers = re.findall(r"\d+", rest[0])
    assert "brief.html" in rest[0]
    assert "brief.json" in rest[0]
    if context(brief)["page"]["language"] != "ar":
        assert numbers[0] == str(hidden)
        assert numbers[1:] == ([str(unlisted)] if unlisted else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_speaks_the_language_of_the_brief(language: str) -> None:
    brief = replace(golden(), language=language)
    page = sheet(brief)
    labels = catalogue(language)
    assert page.get("lang") == language
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    (rest,) = of_class(page, "rest")
    assert text(rest).startswith(" ".join(str(labels["not_shown"]).split("{")[0].split()))
    assert [text(h) for h in page.xpath("//footer//h2")] == [labels[key] for key in ("sources", "left_out", "method")]


@pytest.mark.parametrize("make", [arabic_brief, right_to_left, japanese_brief])
def test_other_scripts_are_one_sheet(make: Callable[[], Brief]) -> None:
    (page,) = pages(make())
    assert page.strip()


def test_words_of_another_direction_are_set_apart() -> None:
    page = sheet(right_to_left())
    quoted = [source.find(".//mark") for source in of_class(page, "source")]
    assert {mark.get("dir") for mark in quoted if mark.get("lang") == "en"} == {"ltr"}
    assert {mark.get("dir") for mark in quoted if mark.get("lang") == "ar"} == {None}


def test_nothing_is_set_smaller_than_can_be_read() -> None:
    css = Theme(THEME).text("print.css")
    sizes = {
        selector.strip(): float(size)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
        for size in re.findall(r"font(?:-size)?:[^;]*?([\d.]+)pt", body)
    }
    assert sizes.pop("html") == 9.5
    assert sizes.pop(".call, .comma") > 6
    assert min(sizes.values()) == 8.5


def test_the_mail_is_short_and_says_what_it_leaves_out() -> None:
    made = mail(golden())
    page = part(made, "html")
    assert len(page.encode()) <= 95_000
    assert len(page) < len(part(mail(golden(), mail_claims=9), "html"))
    shown = text(parser.document_fromstring(page))
    labels = re.search(r"Not shown here: (\d+) sentences, (\d+) sources\. In full: the plain-text part", shown)
    assert labels
    listed = parser.document_fromstring(page).xpath("//p[contains(@class, 'source')]/b[1]")
    assert len(listed) + int(labels[2]) == len(golden().references)
    called = {int(n) for sup in parser.document_fromstring(page).iter("sup") for n in text(sup).split(", ")}
    assert called == {int(text(number)) for number in listed}
    assert all(" ".join(s.split()) in " ".join(part(made, "plain").split()) for s, _, _ in said(golden()))


def test_the_mail_needs_nothing_more_that_clients_drop() -> None:
    ours = {found.declaration for found in dropped(Theme().text("email.css"))}
    assert {found.declaration for found in dropped(Theme(THEME).text("email.css"))} <= ours


def test_the_subject_says_how_many_stories_there_are() -> None:
    assert mail(rich())["subject"] == (
        "The morning brief: Lindow closes its oldest bridge after cracks are found (and 3 more)"
    )
    assert mail(SAMPLES["empty"]())["subject"] == "The morning brief: Nothing relevant"


@pytest.mark.parametrize("name", ["huge", "hostile", "right-to-left", "empty"])
def test_every_mail_stays_under_the_limit(name: str) -> None:
    assert len(part(mail(SAMPLES[name]()), "html").encode()) <= 95_000


@pytest.mark.parametrize("format", ["txt", "md"])
@pytest.mark.parametrize("make", [golden, rich_brief, rich])
def test_texts_hold_every_sentence_with_its_numbers_and_every_quotation(make: Callable[[], Brief], format: str) -> None:
    brief = make()
    page = render(brief, format, theme=THEME).content.decode()
    flat = "".join(page.split()).replace("\\", "")
    call = "[^{}]" if format == "md" else "[{}]"
    for sentence, numbers, doubt in said(brief):
        ended = "**" if format == "md" and f"**{sentence}**" in page else ""
        cited = "".join(map(call.format, numbers))
        assert "".join((sentence + ended + cited).split()) in flat or "".join((sentence + "**" + cited).split()) in flat
        assert "".join(doubt.split()) in flat
    for citation in brief.references:
        assert "".join(citation.quote.split()) in flat


def test_a_macro_of_the_parent_wins_over_one_of_its_name(tmp_path: Path) -> None:
    """Why this theme imports its own; docs/templates.md says so to others."""
    (tmp_path / "own.html").write_text("{% macro claim(said) %}OWN {{ said.text }}{% endmacro %}")
    (tmp_path / "brief.html").write_text(
        '{% extends "!default/brief.html" %}{% import "own.html" as apart with context %}'
        "{% macro claim(said) %}MINE {{ said.text }}{% endmacro %}"
        "{% block lead %}{{ claim(lead[0].headline) }} {{ apart.claim(lead[0].headline) }}{% endblock %}"
    )
    page = render(rich(), "html", theme=str(tmp_path)).content.decode()
    assert "OWN Lindow closes" in page
    assert "MINE" not in page
