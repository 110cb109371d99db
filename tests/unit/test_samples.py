"""The samples keep what ``samples/README.md`` promises; read here by simple means, without the package."""

from __future__ import annotations

import email
import email.policy
import email.utils
import json
import re
import tomllib
from collections import Counter
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

SAMPLES = Path(__file__).parents[2] / "samples"
ARTICLES = SAMPLES / "articles"
BROKEN = SAMPLES / "broken"
FILES = sorted(p for p in ARTICLES.rglob("*") if p.is_file())
PUBLISHERS = {
    "The Tarnholt Courier",
    "Sandmere Post",
    "Radio Halvern",
    "The Exchange Ledger",
    "Tessa Valley Echo",
    "Northway Dispatch",
}
STORIES = {
    "flood at Marrowby": ("Marrowby", "levee"),
    "flood at Brennick": ("Brennick", "Lunde"),
    "port strike": ("Sandmere", "Harbour Workers"),
    "power station": ("Greyford", "Marant"),
    "rail accident": ("Colder Junction", "4417|Kestrom"),
    "bank merger": ("Castellan", "Orbey"),
    "vaccine trial": ("Karsen", "KF-3"),
    "court ruling": ("Movement Data Act|location data", "Constitutional Court"),
}
AGENCY = {"CPA", "Corriden Press Agency"}
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


class Text(NamedTuple):
    file: str
    title: str
    text: str
    publisher: str = ""
    author: str = ""
    published: str = ""
    language: str = "en"


class _Page(HTMLParser):
    """The words of a page's paragraphs and what its ``meta`` elements say."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.language = ""
        self.paragraphs: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        if tag == "html":
            self.language = values.get("lang", "")
        if tag == "meta":
            self.meta[values.get("property") or values.get("name", "")] = values.get("content", "")
        if tag == "p":
            self._open = True
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "p"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.paragraphs[-1] += data


def _page(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    return page


def _record(file: str, item: dict[str, Any]) -> Text:
    body = item.get("text") or "\n\n".join(_page(item.get("html") or item["content_html"]).paragraphs)
    return Text(
        file,
        item["title"],
        body,
        item.get("source") or "The Tarnholt Courier",
        item.get("author") or item["authors"][0]["name"],
        item.get("published") or item["date_published"],
        item["language"],
    )


def _feed(file: str, root: ElementTree.Element) -> list[Text]:
    made = []
    for item in root.iter("item"):
        when = email.utils.parsedate_to_datetime(item.findtext("pubDate", "")).isoformat()
        body = "\n\n".join(_page(item.findtext(CONTENT, "")).paragraphs)
        name, author = root.findtext("channel/title", ""), item.findtext(CREATOR, "")
        made.append(Text(file, item.findtext("title", ""), body, name, author, when))
    for entry in root.iter(f"{ATOM}entry"):
        body = "\n\n".join(_page(entry.findtext(f"{ATOM}content", "")).paragraphs)
        name, author = root.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}author/{ATOM}name", "")
        when = entry.findtext(f"{ATOM}published", "")
        made.append(Text(file, entry.findtext(f"{ATOM}title", ""), body, name, author, when))
    return made


def _mail(file: str, data: bytes) -> Text:
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    sender = message["From"].addresses[0].display_name
    words = body.get_content().split("\n-- \n")[0]
    return Text(file, message["Subject"], words, sender, "", message["Date"].datetime.isoformat())


def _read(path: Path) -> list[Text]:
    file = path.relative_to(ARTICLES).as_posix()
    match path.suffix:
        case ".html" | ".htm":
            page = _page(path.read_text(encoding="utf-8"))
            meta, body = page.meta, "\n\n".join(page.paragraphs)
            site, when = meta["og:site_name"], meta["article:published_time"]
            return [Text(file, meta["og:title"], body, site, meta["author"], when, page.language)]
        case ".md":
            _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
            keys = dict(line.split(": ", 1) for line in head.splitlines())
            title = json.loads(keys["title"])
            return [Text(file, title, body, keys["publisher"], keys["author"], keys["date"], keys["language"])]
        case ".json":
            data = json.loads(path.read_text(encoding="utf-8"))
            items = data if isinstance(data, list) else data.get("items", [data])
            return [_record(file, item) for item in items]
        case ".jsonl":
            return [_record(file, json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
        case ".xml":
            return _feed(file, ElementTree.parse(path).getroot())
        case ".eml":
            return [_mail(file, path.read_bytes())]
        case ".pdf":
            reader = PdfReader(path)
            info = {key: str(value) for key, value in (reader.metadata or {}).items()}
            body = "\n".join(page.extract_text() for page in reader.pages)
            when = datetime.strptime(info["/CreationDate"].replace("'", ""), "D:%Y%m%d%H%M%S%z").isoformat()
            return [Text(file, info["/Title"], body, info["/publisher"], info["/Author"], when)]
        case _:
            title, body = path.read_text(encoding="utf-8").split("\n\n", 1)
            return [Text(file, title, body)]


TEXTS = [text for path in FILES for text in _read(path)]


def _about(story: str) -> list[Text]:
    return [t for t in TEXTS if all(re.search(words, f"{t.title}\n{t.text}") for words in STORIES[story])]


def _one(file: str) -> Text:
    (found,) = [t for t in TEXTS if t.file.endswith(file)]
    return found


def test_every_format_is_there() -> None:
    endings = Counter(path.suffix for path in FILES)
    assert set(endings) == {".txt", ".md", ".html", ".htm", ".json", ".jsonl", ".eml", ".pdf", ".xml"}
    shapes = {type(json.loads(p.read_text(encoding="utf-8"))).__name__ for p in FILES if p.suffix == ".json"}
    assert shapes == {"dict", "list"}
    roots = {ElementTree.parse(p).getroot().tag for p in FILES if p.suffix == ".xml"}
    assert roots == {"rss", f"{ATOM}feed"}
    assert any("jsonfeed.org" in p.read_text(encoding="utf-8") for p in FILES if p.suffix == ".json")


def test_there_are_enough_texts_of_a_newspapers_length() -> None:
    assert len(TEXTS) >= 42
    assert [(t.file, t.title) for t in TEXTS if not 245 <= len(t.text.split()) <= 700] == []
    assert all(p.stat().st_size < 60_000 for p in FILES)


def test_three_days_and_six_publishers() -> None:
    days = {datetime.fromisoformat(t.published).date() for t in TEXTS if t.published}
    assert days == {date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5)}
    assert {t.publisher for t in TEXTS} - {""} == PUBLISHERS | {"Aldane Institute"}
    undated = {Path(t.file).suffix for t in TEXTS if not t.published}
    assert undated == {".txt"}, "only plain text has nowhere to say when it was published"
    assert all(datetime.fromisoformat(t.published).tzinfo for t in TEXTS if t.published)


@pytest.mark.parametrize("story", STORIES)
def test_each_story_has_independent_reports(story: str) -> None:
    reports = [t for t in _about(story) if t.author not in AGENCY]
    assert len(_about(story)) >= 4
    assert len({t.publisher for t in reports} - {""}) >= 2


def test_agency_texts_are_near_copies_under_three_mastheads() -> None:
    for story in ("port strike", "court ruling"):
        copies = [t for t in _about(story) if t.author in AGENCY]
        assert len({t.publisher for t in copies}) == 3
        openings = {t.text.strip().split("\n\n")[0] for t in copies}
        assert len(openings) == 3
        for a, b in combinations(copies, 2):
            assert len(_sentences(a) & _sentences(b)) >= 4


def test_texts_that_are_no_copies_share_no_long_sentence() -> None:
    own = [t for t in TEXTS if t.author not in AGENCY]
    shared = {(a.file, b.file): _sentences(a) & _sentences(b) for a, b in combinations(own, 2) if a.text != b.text}
    # Page furniture of one publisher repeats, as it does on real sites.
    furniture = re.compile(r"cookie|newsletter|subscri|©|copyright|by mail|morning (mail|letter)", re.IGNORECASE)
    assert {k: kept for k, v in shared.items() if (kept := {s for s in v if not furniture.search(s)})} == {}


def _sentences(text: Text) -> set[str]:
    flat = " ".join(text.text.split())
    parts = (part.strip(" “”\"'") for part in re.split(r"(?<=[.?!])\W*\s+", flat))
    return {part for part in parts if len(part.split()) >= 10}


def test_two_sources_disagree_on_the_injured() -> None:
    said = {n: t.publisher for t in TEXTS for n in re.findall(r"Colder Junction injured (\d+) passengers", t.text)}
    assert said == {"14": "Radio Halvern", "17": "The Tarnholt Courier"}


def test_a_figure_is_corrected_on_the_second_day() -> None:
    wrong, right = _one("castellan-orbey-branches.md"), _one("correction-branches.md")
    assert "close 121 branches" in wrong.text
    assert "close 112 branches and not 121" in right.text
    assert wrong.published < right.published
    assert [t.file for t in TEXTS if "121 branches" in t.text] == [wrong.file]


def test_the_aggregators_page_carries_other_stories() -> None:
    page, match = _one("todays-top-story.txt"), _one("seals-comets.txt")
    assert page.title.split()[0] == match.title.split()[0]
    assert "Seals" not in page.text
    teaser = page.text.index("Velor shares jump")
    assert page.text.index("Sandmere") < teaser < page.text.rindex("Sandmere")


def test_other_languages_keep_the_names() -> None:
    foreign = {t.language: t.text for t in TEXTS if t.language != "en"}
    assert set(foreign) == {"de", "es"}
    assert "Colder Junction" in foreign["de"]
    assert "Kestrom Signal" in foreign["de"]
    assert "Karsen" in foreign["es"]
    assert "KF-3" in foreign["es"]


def test_one_page_gives_orders_to_language_models() -> None:
    orders = re.compile("ignore (all )?previous instructions", re.IGNORECASE)
    (path,) = [p for p in FILES if p.suffix != ".pdf" and orders.search(p.read_text(encoding="utf-8"))]
    page = path.read_text(encoding="utf-8")
    assert re.search(r"<p>[^<]*ignore all previous instructions", page)
    assert re.search(r"<!--[^>]*Ignore previous instructions", page)
    assert re.search(r'<span style="display:none">Disregard the article', page)


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix in {".html", ".htm"}], ids=lambda p: p.name)
def test_pages_look_like_real_ones(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    for part in (
        "<nav|nav",
        "[Cc]ookie",
        "[Nn]ewsletter|inbox|Subscribe|subscription",
        "©|Copyright",
        'rel="canonical"',
    ):
        assert re.search(part, page), part


def test_mails_hold_both_alternatives() -> None:
    for path in ARTICLES.rglob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_broken_files_are_broken_each_in_its_way() -> None:
    data = {p.name: p.read_bytes() for p in BROKEN.iterdir()}
    assert data["empty.txt"] == b""
    assert not data["truncated.pdf"].rstrip().endswith(b"%%EOF")
    assert b"\0" in data["photograph.txt"]
    assert data["entity-bomb.xml"].count(b"<!ENTITY") == 10
    assert b'boundary="never-appears"' in data["broken-mime.eml"]
    assert b"--never-appears" not in data["broken-mime.eml"]
    assert PdfReader(BROKEN / "encrypted.pdf").is_encrypted
    with pytest.raises(json.JSONDecodeError):
        json.loads(data["truncated.json"])
    with pytest.raises(UnicodeDecodeError):
        data["garbled.txt"].decode("utf-8")


def test_settings_name_publishers_as_the_articles_do() -> None:
    settings = tomllib.loads((SAMPLES / "briefing.toml").read_text(encoding="utf-8"))
    assert set(settings["publishers"]) <= {t.publisher for t in TEXTS}
    latest = max(datetime.fromisoformat(t.published) for t in TEXTS if t.published)
    assert latest.replace(tzinfo=None) <= datetime.fromisoformat(settings["now"])


def test_the_guide_counts_right() -> None:
    guide = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert f"{len(TEXTS)} texts in {len(FILES)} files" in guide
    for name in re.findall(r"`(2026-[^`]+)`", guide):
        assert (ARTICLES / name).is_file(), name
