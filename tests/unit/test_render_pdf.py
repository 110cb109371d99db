"""The PDF: its notes, numbers, bookmarks and metadata, read back with pypdf."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from briefing.model import Brief, BriefStory
from briefing.render.environment import Look
from briefing.render.formats import render
from briefing.render.pdf import APT, PdfRenderer, load
from tests.briefs import empty_brief, foreign_brief, hostile_brief, long_brief, rich_brief, said

MAKERS = {f.__name__: f for f in (rich_brief, foreign_brief, long_brief, hostile_brief, empty_brief)}


@cache
def pdf(name: str) -> PdfReader:
    return read(MAKERS[name]())


def read(brief: Brief) -> PdfReader:
    return PdfReader(BytesIO(render(brief, "pdf").content))


def calls(reader: PdfReader, page: int) -> list[int]:
    """Numbers of the references that a page links to, as often as it does."""
    found = []
    for annotation in reader.pages[page].get("/Annots") or ():
        target = str(annotation.get_object().get("/Dest", ""))
        if target.startswith("ref-"):
            found.append(int(target.removeprefix("ref-")))
    return found


def notes(reader: PdfReader) -> dict[int, int]:
    """The page, from 0, of the note of each number."""
    return {
        int(name.removeprefix("note-")): reader.get_destination_page_number(place)  # type: ignore[misc]
        for name, place in reader.named_destinations.items()
        if name.startswith("note-")
    }


@pytest.mark.parametrize("name", ["rich_brief", "foreign_brief", "long_brief"])
def test_each_note_stands_once_on_the_page_of_its_call(name: str) -> None:
    reader = pdf(name)
    placed = notes(reader)
    assert sorted(placed) == list(range(1, len(MAKERS[name]().references) + 1))
    for number, page in placed.items():
        assert number in calls(reader, page), f"note {number} on page {page + 1}"


def test_the_words_of_each_note_are_printed_once_beside_the_sources() -> None:
    reader = pdf("long_brief")
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    noted = Counter(int(n) for n in re.findall(r"(\d+) The [\w ]+ Register, \d+ Nov 2026\.", text))
    assert noted == Counter(range(1, len(long_brief().references) + 1))


def test_every_call_leads_to_a_source_and_sources_to_the_web() -> None:
    reader = pdf("rich_brief")
    targets = set(reader.named_destinations)
    web = []
    for number in range(len(reader.pages)):
        assert {f"ref-{n}" for n in calls(reader, number)} <= targets
        for annotation in reader.pages[number].get("/Annots") or ():
            action: Any = annotation.get_object().get("/A", {})
            if "/URI" in action:
                web.append(str(action["/URI"]))
    assert "https://ellerygazette.example/harbour/strike-ends" in web
    assert all(address.startswith("https://") for address in web)


def test_a_hostile_brief_links_nowhere() -> None:
    reader = pdf("hostile_brief")
    for page in reader.pages:
        for annotation in page.get("/Annots") or ():
            assert "/URI" not in annotation.get_object().get("/A", {})


def test_the_whole_quotation_of_each_reference_is_under_sources() -> None:
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf("rich_brief").pages)
    sources = text[text.index("Each number leads") :]
    for citation in rich_brief().references:
        assert citation.quote in sources


def test_metadata_and_structure() -> None:
    reader = pdf("rich_brief")
    assert reader.metadata is not None
    assert reader.metadata.title == "The Morning Brief – Sunday, 22 November 2026"
    assert reader.metadata.author == "briefing"
    assert str(reader.metadata["/Keywords"]) == "harbour strike, floods"
    assert reader.metadata.creation_date == rich_brief().made_at
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()


def test_bookmarks_are_the_headlines() -> None:
    titles = [str(item["/Title"]) for item in pdf("rich_brief").outline if isinstance(item, dict)]
    assert titles[:4] == [
        "Port Ellery tug crews end strike after eleven days",
        "Second levee gives way on the lower Mirow",
        "Central Bank of Tarsk holds its rate at 3.25%",
        "In brief",
    ]
    assert titles[4] == "Sources"


def test_pages_are_numbered_and_carry_a_running_head() -> None:
    reader = pdf("long_brief")
    last = len(reader.pages)
    for number, page in enumerate(reader.pages, 1):
        assert f"Page {number} of {last}" in page.extract_text()
        assert "Sunday, 22 November 2026" in page.extract_text()
    assert "The Long Brief" in reader.pages[1].extract_text()
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width), round(height)) == (595, 842)


def test_the_paper_is_an_option_of_the_theme() -> None:
    letter = PdfRenderer(look=Look({"page": "Letter"})).render(rich_brief())
    pages = PdfReader(BytesIO(letter.content)).pages
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {(612, 792)}


@pytest.mark.parametrize(
    ("language", "number"), [("fr", "Page 1 sur 2"), ("ja", "1／2ページ"), ("de", "Seite 1 von 2")]
)
def test_pages_are_numbered_in_the_language_of_the_brief(language: str, number: str) -> None:
    reader = read(replace(long_brief(), stories=long_brief().stories[:2], language=language))
    assert len(reader.pages) == 2
    assert number in reader.pages[0].extract_text()


def test_a_long_headline_is_one_line_in_the_running_head() -> None:
    brief = long_brief()
    stories = tuple(
        replace(s, headline=said(a, a.text[:200])) for a, s in zip(brief.articles, brief.stories, strict=True)
    )
    text = read(replace(brief, title="The Long Brief " * 8, stories=stories)).pages[1].extract_text()
    assert "The Long Brief The Long Brief…" in text
    assert re.search(r"The council of \w+ passed its budget for \d+ by 31 votes…", text)
    assert text.count("The Long Brief") == 2


def test_an_empty_brief_is_one_page_that_says_so() -> None:
    reader = pdf("empty_brief")
    assert len(reader.pages) == 1
    assert "None of the 2 articles" in reader.pages[0].extract_text()


def test_more_notes_than_a_page_holds_do_not_fail() -> None:
    brief = long_brief()
    story = brief.stories[0]
    crowded = replace(story.claims[0], citations=brief.references)
    many = replace(brief, stories=(BriefStory(story.headline, (crowded,) * 3, 1),))
    text = " ".join(" ".join(page.extract_text().split()) for page in read(many).pages)
    assert text.count(brief.references[-1].quote) >= 1


def test_nothing_is_read_from_disk_or_network() -> None:
    _, fetcher = load()
    for address in ("file:///etc/passwd", "http://127.0.0.1:9/x.css", "ftp://127.0.0.1/x"):
        with pytest.raises(ValueError, match=r"(?i)protocol|forbid|allow"):
            fetcher(address)


def test_nothing_is_said_on_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    render(foreign_brief(), "pdf")
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_without_pango_the_message_is_what_to_type(tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
    code = (
        "from tests.briefs import empty_brief\nfrom briefing.errors import MissingLibrary\n"
        "from briefing.render.formats import render\n"
        "try:\n    render(empty_brief(), 'pdf')\nexcept MissingLibrary as error:\n    print(error)"
    )
    root = Path(__file__).parents[2]
    path = os.pathsep.join((str(tmp_path), str(root)))
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert APT in done.stdout
