"""What a theme makes of sample briefs: sentences without numbers, sources that are missing, things from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import html as parser

from briefing.render.context import Context
from briefing.render.problems import ADVICE, ERROR, WARNING
from briefing.render.samples import ATTACKS

# A number stands within so many characters after its sentence.
_NEAR = 60
_SAID = re.compile(r"Said[a-j]{3}")
_PARSER = parser.HTMLParser(encoding="utf-8")
_FETCHING = ("src", "srcset", "poster", "data", "background")
# The relations of <link> that say something and load nothing.
_SAYING = {"canonical", "license", "author", "alternate", "help", "next", "prev", "search"}
# A picture in Markdown.
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(\s*<?((?:https?:)?//[^)\s>]+)", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)|@import\s+["']?([^"';]+)""", re.IGNORECASE)


class Finding(NamedTuple):
    """What is wrong with a page. Where: at the first match of ``pattern`` in it, or where an ``option`` is set."""

    level: str
    text: str
    pattern: str = ""
    option: str = ""


class Marked:
    """A context in which every sentence, each doubted, and every quotation is a word that stands nowhere else."""

    def __init__(self, context: Context) -> None:
        self.claims: dict[str, tuple[str, set[int]]] = {}
        self.doubts: dict[str, str] = {}
        self.context = context
        for bullet in context["bottom_line"]:
            self._claim(bullet, "the bottom line")
        for story in (*context["lead"], *context["in_brief"]):
            self._claim(story["headline"], "a headline")
            for paragraph in story["paragraphs"]:
                for claim in paragraph["claims"]:
                    self._claim(claim, "a sentence of a story")
            for conflict in story["conflicts"]:
                for side in conflict["sides"]:
                    self._claim(side, "a side of a conflict")
        for source in (*context["sources"], *(source for group in context["source_groups"] for source in group)):
            source["quote"] = source["short"] = self._word("Quoted", source["number"])
        self.quotes = [source["quote"] for source in context["sources"]]

    def _claim(self, claim: dict[str, Any], where: str) -> None:
        claim["text"] = self._word("Said", len(self.claims))
        self.claims[claim["text"]] = (where, {ref["number"] for ref in claim["refs"]})
        claim["doubt"] = claim["doubt_label"] = self.doubts[claim["text"]] = self._word("Doubted", len(self.doubts))

    @staticmethod
    def _word(stem: str, number: int) -> str:
        # Letters: a number in it would be taken for a reference.
        return stem + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def marked_findings(page: str, name: str, marked: Marked, sections: list[str]) -> Iterator[Finding]:
    """What a page of the marked context lacks. ``sections`` are those that the theme's options name."""
    text = visible(page) if name.endswith(".html") else page
    bare: dict[str, str] = {}
    printed: list[str] = []
    for word, (where, numbers) in marked.claims.items():
        ends = [at.end() for at in re.finditer(word, text)]
        printed += [word] if ends else []
        for end in ends:
            # What stands after the next sentence belongs to that one.
            after = _SAID.split(text[end : end + _NEAR])[0]
            if not any(re.search(rf"(?<!\d){number}(?!\d)", after) for number in numbers):
                bare.setdefault(where, word)
    for where, word in bare.items():
        yield Finding(ERROR, f"{where} is printed without the numbers of its sources: its 'refs'", word)
    undoubted = [word for word in printed if marked.doubts[word] not in text]
    if not printed:
        yield Finding(WARNING, "prints no sentence of the brief")
    elif undoubted:
        yield Finding(ERROR, "prints sentences without what the checks doubt of them: their 'doubt'", undoubted[0])
    # A page may print less than all sentences, but none without its sources.
    called = {number for word in printed for number in marked.claims[word][1]}
    missing = [quote for number, quote in enumerate(marked.quotes, 1) if number in called and quote not in text]
    if printed and missing:
        shown = [quote for quote in marked.quotes if quote in text]
        # Where the list stands, if there is one at all.
        yield Finding(
            ERROR, "the list of sources is missing or leaves some out: 'sources'", shown[0] if shown else printed[0]
        )
    told = (
        ("method", "method.summary", marked.context["method"]["summary"], "how the brief was made"),
        ("left_out", "left_out", marked.context["left_out"]["reasons"][0]["items"][0]["words"], "what was left out"),
        ("failures", "failures", marked.context["failures"][0]["where"], "what could not be read"),
    )
    flat = _letters(text)
    for section, field, words, what in told:
        if _letters(words)[:30] not in flat:
            yield Finding(ADVICE, f"does not say {what}: {field!r}", "", "" if section in sections else "sections")


def page_findings(page: str, scripts: set[str]) -> Iterator[Finding]:
    """What is wrong with a finished page of HTML: things from elsewhere, scripts other than ``scripts``, links that
    lead nowhere."""
    root = _parsed(page)
    ids: set[str] = set()
    links: dict[str, None] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        yield from _element(element, scripts)
        id, href = element.get("id"), element.get("href") or ""
        if id and id in ids:
            yield Finding(ERROR, f"the id {id!r} stands twice", rf"<[^>]*\bid\s*=\s*[\"']?{re.escape(id)}\b")
        ids.add(id or "")
        if element.tag == "a" and href.startswith("#") and href != "#":
            links[href] = None
    lost = [href for href in links if href[1:] not in ids]
    if lost:
        more = f", nor are {len(lost) - 1} more" if len(lost) > 1 else ""
        text = f"links to {lost[0]!r}, which is not on the page{more}"
        yield Finding(ERROR, text, rf"<a\b[^>]*href\s*=\s*[\"']?{re.escape(lost[0])}\b")
    if not root.get("lang"):
        text = "<html> has no 'lang': a screen reader cannot know how to pronounce the page"
        yield Finding(WARNING, text, "<html")
    if not (root.findtext(".//title") or "").strip():
        yield Finding(WARNING, "the page has no <title>", "<title|<head")


def _element(element: Any, scripts: set[str]) -> Iterator[Finding]:
    tag = element.tag
    for name, value in element.attrib.items():
        scheme = re.sub(r"\s", "", value).partition(":")[0].lower()
        attribute = rf"\b{re.escape(name)}\s*=\s*[\"']?{re.escape(value)}"
        if name.startswith("on"):
            yield Finding(WARNING, f"{name!r} runs a script in the reader's browser", rf"\b{re.escape(name)}\s*=")
        elif scheme == "javascript":
            yield Finding(WARNING, f"{name}={value[:40]!r} runs a script in the reader's browser", attribute)
        elif name in ("action", "formaction"):
            yield Finding(ERROR, f"sends what the reader types to {value!r}", attribute)
        elif name in _FETCHING or (name.endswith("href") and tag not in ("a", "area") and not _says(element)):
            yield from _fetched(value)
        elif name == "style":
            yield from _fetched_by_css(value)
    match tag:
        case "style":
            yield from _fetched_by_css(element.text or "")
        case "script":
            if (element.text or "").strip() not in scripts:
                yield Finding(WARNING, "<script> runs in the reader's browser", r"<script\b")
        case "img":
            if element.get("alt") is None:
                yield Finding(
                    ERROR, "a picture without 'alt' cannot be read by everyone", r"<img\b(?![^>]*\balt\b)[^>]*"
                )
        case "meta":
            if (element.get("http-equiv") or "").lower() == "refresh":
                yield Finding(ERROR, "sends the reader elsewhere", r"<meta\b[^>]*refresh")


def attack_findings(page: str) -> Iterator[Finding]:
    """What of the attacks in the hostile sample came through."""
    for attack in ATTACKS:
        if attack in page:
            text = f"prints what articles say without escaping it: {attack} … came through"
            yield Finding(ERROR, text, re.escape(attack))


def markdown_findings(page: str) -> Iterator[Finding]:
    """Pictures from elsewhere on a page of Markdown, whose articles are escaped."""
    for found in _PICTURE.finditer(page):
        yield from _fetched(found[1])


def _parsed(page: str) -> Any:
    # As bytes: a page may begin with an XML declaration. lxml refuses one without any content.
    return parser.document_fromstring((page if page.strip() else "<html></html>").encode(), _PARSER)


def visible(page: str) -> str:
    """The words of a page of HTML without those of lists of contents, whose lines lead to what carries the numbers."""
    root = _parsed(page)
    for element in list(root.iter("script", "style", "head", "nav")):
        element.drop_tree()
    for element in list(root.iter("a")):
        if (element.get("href") or "").startswith("#story"):
            element.drop_tree()
    return str(root.text_content())


def _says(element: Any) -> bool:
    relations = set((element.get("rel") or "").lower().split())
    return element.tag == "link" and bool(relations) and relations <= _SAYING


def _fetched(value: str) -> Iterator[Finding]:
    if value[:5].lower() != "data:" and not value.startswith("#") and value.strip():
        yield Finding(ERROR, f"loads {value!r}; a page loads nothing from elsewhere", re.escape(value))


def _fetched_by_css(css: str) -> Iterator[Finding]:
    for found in _URL.finditer(css):
        yield from _fetched((found[1] or found[2]).strip())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
