"""Pages of the PDF as a reader's program sees them: notes, headings and running heads, read back with pdftotext."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from briefing.model import Brief
from briefing.render.environment import Look
from briefing.render.pdf import PdfRenderer
from tests.briefs import long_brief, rich_brief
from tests.validators.cases import arabic_brief
from tests.validators.tools import program, run

WORD = "{http://www.w3.org/1999/xhtml}word"
# A note: its number, the publisher, the day, the passage's first words.
NOTE = re.compile(r"\s*(\d+) +[A-Z][\w ]+, 2\d Nov 2026\. ")
# What belongs to the words after it: a headline, a story's line of sources, an article under Sources, a section's name.
HEADING = re.compile(
    r"Council of .* votes on budget number \d+ *\d*|\d+ (independent )?sources?\b.*|The .* Register .* UTC"
    r"|IN BRIEF|SOURCES"
)


def written(folder: Path, brief: Brief, paper: str = "A4") -> Path:
    file = folder / "brief.pdf"
    file.write_bytes(PdfRenderer(look=Look({"page": paper})).render(brief).content)
    return file


def pages(file: Path) -> list[list[str]]:
    """The lines of each page, as they stand."""
    texts = run(program("pdftotext"), "-layout", file, "-").split("\f")[:-1]
    return [[line for line in text.splitlines() if line.strip()] for text in texts]


def parts(page: list[str]) -> tuple[list[str], list[str]]:
    """A page's lines without its foot: those of the text, and those of the notes under it."""
    *lines, foot = page
    assert "Page" in foot
    first = next((n for n, line in enumerate(lines) if NOTE.match(line)), len(lines))
    return lines[:first], lines[first:]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("make", [rich_brief, long_brief])
def test_each_note_is_printed_once_on_the_page_of_its_call(
    make: Callable[[], Brief], paper: str, tmp_path: Path
) -> None:
    brief = make()
    printed: Counter[int] = Counter()
    for page in pages(written(tmp_path, brief, paper)):
        text, notes = parts(page)
        numbers = [int(found[1]) for line in notes if (found := NOTE.match(line))]
        # Every other number of the page is taken for a call, so a note whose page does not name it at all is found.
        assert set(numbers) <= set(map(int, re.findall(r"\d+", "\n".join(text))))
        assert not HEADING.fullmatch(text[-1].strip()), "a heading stands alone at the foot of its page"
        printed.update(numbers)
    assert printed == Counter(range(1, len(brief.references) + 1))


def test_pages_say_what_brief_and_where_in_it(tmp_path: Path) -> None:
    found = pages(written(tmp_path, long_brief()))
    for number, page in enumerate(found, 1):
        assert re.fullmatch(rf"\s*Sunday, 22 November 2026 +Page {number} of {len(found)}\s*", page[-1])
        assert number == 1 or re.match(r"\s*The Long Brief {3,}(Council of .*|Sources)", page[0])


def test_arabic_is_read_from_the_right(tmp_path: Path) -> None:
    file = written(tmp_path, arabic_brief())
    places = {}
    for word in ElementTree.fromstring(run(program("pdftotext"), "-bbox", file, "-")).iter(WORD):
        if float(word.get("yMin", 0)) > 780:
            places[word.text] = float(word.get("xMin", 0))
    # The number of the page on the left, the date on the right; pdftotext gives letters as they stand, from the left.
    assert places["صفحة"[::-1]] < 150
    assert places["2026"] > 400
