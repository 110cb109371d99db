"""Charts say what cited passages say, or there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from briefing.model import Article, Brief, BriefStory, Citation, Claim, Conflict, Part
from briefing.render.charts import COLUMNS, TEXTS, Chart, numbers, volume
from briefing.render.charts_draw import LONG, THICK, png, svg
from briefing.render.context import context
from briefing.render.formats import render
from briefing.render.labels import Words
from briefing.render.samples import SAMPLES

MADE_AT = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
ENGLISH = Words("en", UTC)


def side(text: str, language: str = "en", source: str = "A") -> tuple[Article, Claim]:
    article = Article.of(text=text, language=language, source=source, published=MADE_AT)
    citation = Citation(article.id, Part.TEXT, 0, len(text), text)
    return article, Claim(text, (citation,), language)


def told(*texts: str, about: str = "", words: Words = ENGLISH, language: str = "en") -> Chart | None:
    sides = [side(text, language, f"Paper {n}") for n, text in enumerate(texts, 1)]
    names = [article.source for article, _ in sides]
    conflict = Conflict(about, tuple(claim for _, claim in sides))
    return numbers(conflict, {a.id: a for a, _ in sides}, names, words)


def texts(*texts: str, **more: Any) -> list[str]:
    chart = told(*texts, **more)
    return [bar.text for bar in chart.bars] if chart else []


def test_numbers_of_one_thing_stand_side_by_side() -> None:
    chart = told("The bridge carried 31,000 vehicles a day.", "It carried some 26,000 vehicles on Sunday.")
    assert chart is not None
    assert [(b.label, b.value, b.side) for b in chart.bars] == [("Paper 1", 31000, 0), ("Paper 2", 26000, 1)]


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ("The flood killed 14 people.", "The flood killed 17 people.", ["14", "17"]),
        ("The flood killed at least 17 people.", "The flood killed 14 people.", ["≥\u00a017", "14"]),
        ("Turnout reached 41 percent.", "Turnout reached 62 percent.", ["41%", "62%"]),
        ("The fire burned 300 hectares of forest.", "The fire burned 500 hectares of forest.", ["300 ha", "500 ha"]),
        ("Repairs cost 4 million euros.", "Repairs cost 5 million euros.", ["4,000,000 EUR", "5,000,000 EUR"]),
    ],
)  # fmt: skip
def test_units_and_bounds_are_told(first: str, second: str, shown: list[str]) -> None:
    assert texts(first, second) == shown


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The flood killed 14 people.", "The flood injured 17 people."),
        ("The flood killed 14 people.", "The flood killed people."),
        ("The flood killed 14 people.", "The flood killed dozens of people."),
        ("The flood killed at least 12 people.", "The flood killed 15 people."),
        ("The road is 14 km long.", "The road is 9 miles long."),
        ("It killed 14 people in the town and killed 3 people in the hills.", "The flood killed 17 people."),
        ("The flood killed 14 people.", "The flood killed 12 people, not 14 people."),
        ("The bank lost 40 barrels.", "The bank lost 50 barrels."),
    ],
)
def test_what_is_not_certain_is_not_drawn(first: str, second: str) -> None:
    assert texts(first, second) == []


def test_of_several_things_the_one_is_drawn_that_the_conflict_is_about() -> None:
    first = "The quake killed 14 people and damaged 200 houses."
    second = "The quake killed 17 people and damaged 300 houses."
    assert texts(first, second, about="houses") == ["200", "300"]
    assert texts(first, second, about="people killed") == ["14", "17"]
    assert texts(first, second, about="numbers") == []


def test_a_number_is_read_from_the_words_that_are_cited() -> None:
    article, claim = side("The flood killed 14 people.")
    other, rival = side("The flood killed 17 people.", source="B")
    sides = (replace(claim, text="The flood killed 99 people."), rival)
    chart = numbers(Conflict("", sides), {a.id: a for a in (article, other)}, ["A", "B"], ENGLISH)
    assert chart is not None
    assert [bar.text for bar in chart.bars] == ["14", "17"]


def test_numbers_are_written_as_the_language_of_the_page_does() -> None:
    pair = ("The bridge carried 31,000 vehicles.", "The bridge carried 26,000 vehicles.")
    assert texts(*pair, words=Words("de", UTC)) == ["31.000", "26.000"]
    assert texts("Turnout reached 4.5 percent.", "Turnout reached 6.2 percent.", words=Words("fr", UTC)) == [
        "4,5\u00a0%", "6,2\u00a0%",
    ]  # fmt: skip


def hours(*ago: float) -> list[datetime]:
    return [MADE_AT - timedelta(hours=h) for h in ago]


def test_a_story_of_several_days_is_told_by_day() -> None:
    chart = volume(hours(70, 50, 46, 20, 8, 7), ENGLISH)
    assert chart is not None
    assert chart.title == "Texts cited, by day"
    assert [(b.label, b.text) for b in chart.bars] == [("6 Mar", "1"), ("7 Mar", "2"), ("8 Mar", "3")]


def test_a_story_of_a_day_is_told_by_hours_and_empty_ones_are_nothing() -> None:
    chart = volume(hours(1, 2, 3, 10, 20), ENGLISH)
    assert chart is not None
    assert chart.title == "Texts cited, every 3 hours"
    assert [b.value for b in chart.bars] == [1, 0, 0, 1, 0, 0, 3]
    assert [b.label for b in chart.bars][:2] == ["8 Mar, 09:00", "12:00"]
    assert [b.label for b in chart.bars][5:] == ["9 Mar, 00:00", "03:00"]


def test_days_are_those_of_the_zone() -> None:
    chart = volume(hours(70, 50, 46, 20, 8, 7), Words("en", ZoneInfo("Pacific/Auckland")))
    assert chart is not None
    assert [b.text for b in chart.bars] == ["1", "2", "1", "2"]


@pytest.mark.parametrize(
    "published",
    [
        [],
        hours(70, 50, 20, 8),
        hours(5, 5, 5, 5, 5),
        hours(1, 1, 1, 30, 30),
        hours(1, 30, 60, 90, 24 * 40),
        hours(1, 25, 49, 73, 97),
    ],
    ids=["none", "few", "at once", "two periods", "too long", "one each day"],
)
def test_what_says_nothing_over_time_is_not_drawn(published: list[datetime]) -> None:
    assert volume(published, ENGLISH) is None


def test_a_text_that_carries_its_day_only_is_told_by_its_day() -> None:
    midnight = MADE_AT.replace(hour=0)
    assert volume([midnight, *hours(1, 3, 12, 20)], ENGLISH) is None


@given(st.lists(st.integers(0, 24 * 60 * 20), max_size=40))
def test_no_text_is_lost_or_counted_twice(minutes: list[int]) -> None:
    chart = volume([MADE_AT - timedelta(minutes=m) for m in minutes], ENGLISH)
    if chart:
        assert len(minutes) >= TEXTS
        assert len(chart.bars) <= COLUMNS
        assert sum(bar.value for bar in chart.bars) == len(minutes)


@given(st.sampled_from(["numbers", "volume"]), st.floats(0, 1), st.text(), st.sampled_from(["ltr", "rtl"]))
def test_a_bar_is_as_long_as_its_number_and_its_title_is_no_markup(
    kind: str, share: float, title: str, direction: str
) -> None:
    drawn = svg(
        kind, share, title.translate(dict.fromkeys(range(32))).replace("\ufffe", "").replace("\uffff", ""), direction
    )
    root = ElementTree.fromstring(drawn)
    assert root[0].tag.endswith("title")
    bars = [child for child in root if child.tag.endswith("rect") and "opacity" not in child.attrib]
    if kind == "numbers" and share > 0:
        (bar,) = bars
        assert abs(int(bar.attrib["width"]) - share * LONG) <= 2
        assert int(bar.attrib["x"]) == (0 if direction == "ltr" else LONG - int(bar.attrib["width"]))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_picture_shows_the_same_bar_in_the_colour_asked_for(direction: str) -> None:
    image = Image.open(BytesIO(png("numbers", 0.25, "#8f1d21", direction)))
    assert image.size == (2 * LONG, 2 * THICK)
    row = [image.getpixel((x, THICK)) for x in range(2 * LONG)]
    full = [x for x, pixel in enumerate(row) if pixel == (0x8F, 0x1D, 0x21, 255)]
    assert (full[0], full[-1]) == ((0, LONG // 2 - 1) if direction == "ltr" else (LONG * 3 // 2, 2 * LONG - 1))


def test_each_bar_of_a_conflict_leads_to_the_passage_that_gives_it() -> None:
    page = context(SAMPLES["charted"](), UTC)
    chart = page["lead"][0]["conflicts"][0]["chart"]
    assert chart["alt"] == "Lindow Courier: 31,000; Midland Wire: ≈\u00a026,000"
    for point in chart["points"]:
        (ref,) = point["refs"]
        assert point["text"].removeprefix("≈\u00a0") in page["sources"][ref["number"] - 1]["quote"]
    assert page["lead"][1]["chart"]["kind"] == "volume"
    assert sum(point["value"] for point in page["lead"][1]["chart"]["points"]) == 8


def test_sides_of_several_days_have_them_in_their_names() -> None:
    first, claim = side("The flood killed 14 people.")
    second, rival = side("The flood killed 17 people.", source="B")
    later = replace(second, published=MADE_AT + timedelta(days=1))
    story, conflict = BriefStory(claim, (), 2), Conflict("people", (claim, rival))
    brief = Brief("T", MADE_AT, "en", "extractive", (first, later), (story,), (conflict,))
    chart = context(brief, UTC)["lead"][0]["conflicts"][0]["chart"]
    assert [p["label"] for p in chart["points"]] == ["A, 9 Mar 2026", "B, 10 Mar 2026"]


@pytest.mark.parametrize("format", ["md", "txt"])
def test_pages_of_text_say_the_numbers_in_a_line(format: str) -> None:
    text = render(SAMPLES["charted"](), format).content.decode().replace("\n", " ")
    assert "Midland Wire: ≈\u00a026,000" in text
    assert "5 Mar: 1; 6 Mar: 2; 7 Mar: 3; 8 Mar: 2" in text


def test_bars_go_with_the_mail_as_pictures_each_once() -> None:
    mail = message_from_bytes(render(SAMPLES["charted"](), "eml").content, policy=policy.default)
    images = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    html = next(part for part in mail.walk() if part.get_content_type() == "text/html").get_content()
    # Two numbers, and days of one, two, three and two texts.
    assert len(images) == 5
    assert html.count('src="cid:') == 6
    for image in images:
        assert f"cid:{image['Content-ID'].strip('<>')}" in html
    assert "31,000" in html
    assert "<svg" not in html


def test_a_hostile_publisher_puts_nothing_into_a_drawing() -> None:
    name = "</title><script>alert(1)</script>"
    brief = SAMPLES["charted"]()
    articles = tuple(replace(a, source=name) if a.source == "Midland Wire" else a for a in brief.articles)
    page = render(replace(brief, articles=articles), "html").content.decode()
    assert page.count("<svg") == 6
    assert "<script>alert" not in page
