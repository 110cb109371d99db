"""What a theme makes of sample briefs: sentences without numbers, sources that are missing, things from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html as parser

from briefing.render.context import Context
from briefing.render.environment import Theme
from briefing.render.problems import ADVICE, ERROR, WARNING, Problem, problem
from briefing.render.samples import ATTACKS

# A number stands within so many characters after its sentence.
_NEAR = 60
_PARSER = parser.HTMLParser(encoding="utf-8")
_FETCHING = ("src", "srcset", "poster", "data", "background")
_REMOTE = re.compile(r"(?:https?:)?//[^\s\"')]+", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)|@import\s+["']?([^"';]+)""", re.IGNORECASE)


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


def marked_problems(page: str, name: str, marked: Marked, path: Path) -> Iterator[Problem]:
    """What a page of the marked context lacks."""
    text = _visible(page) if name.endswith(".html") else page
    bare: dict[str, None] = {}
    printed: list[str] = []
    for word, (where, numbers) in marked.claims.items():
        ends = [at.end() for at in re.finditer(word, text)]
        printed += [word] if ends else []
        for end in ends:
            after = text[end : end + _NEAR]
            if not any(re.search(rf"(?<!\d){number}(?!\d)", after) for number in numbers):
                bare[where] = None
    for where in bare:
        yield problem(ERROR, path, 0, f"{where} is printed without the numbers of its sources: its 'refs'")
    if not printed:
        yield problem(WARNING, path, 0, "prints no sentence of the brief")
    elif any(marked.doubts[word] not in text for word in printed):
        yield problem(ERROR, path, 0, "prints sentences without what the checks doubt of them: their 'doubt'")
    if printed and any(quote not in text for quote in marked.quotes):
        yield problem(ERROR, path, 0, "the list of sources is missing or leaves some out: 'sources'")
    told = (
        ("method.summary", marked.context["method"]["summary"], "how the brief was made"),
        ("left_out", str(marked.context["left_out"]["reasons"][0]["items"][0]["words"]), "what was left out"),
        ("failures", marked.context["failures"][0]["where"], "what could not be read"),
    )
    flat = _letters(text)
    for field, words, what in told:
        if _letters(words)[:30] not in flat:
            yield problem(ADVICE, path, 0, f"does not say {what}: {field!r}")


def page_problems(page: str, theme: Theme, path: Path) -> Iterator[Problem]:
    """What is wrong with a finished page of HTML: things from elsewhere, scripts, links that lead nowhere."""
    root = _parsed(page)
    ids = {element.get("id") for element in root.iter() if isinstance(element.tag, str)}
    lost: dict[str, None] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name == "href" and element.tag == "a":
                if value.startswith("#") and value[1:] not in ids and value != "#":
                    lost[value] = None
            elif name in _FETCHING or (name == "href" and element.tag != "a"):
                yield from _fetched(value, theme, path)
            elif name == "style":
                yield from _fetched_by_css(value, theme, path)
            elif name.startswith("on"):
                yield _located(WARNING, name, theme, path, f"{name!r} runs a script in the reader's browser")
        if element.tag == "style":
            yield from _fetched_by_css(element.text or "", theme, path)
        if element.tag == "img" and element.get("alt") is None:
            yield _located(ERROR, "<img", theme, path, "a picture without 'alt' cannot be read by everyone")
        if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield _located(ERROR, "refresh", theme, path, "sends the reader elsewhere")
    if lost:
        yield problem(
            ERROR, path, 0, f"links to {next(iter(lost))!r}, which is not on the page; so do {len(lost)} links"
        )
    if not root.get("lang"):
        yield problem(WARNING, path, 0, "<html> has no 'lang': a screen reader cannot know how to pronounce the page")
    if not (root.findtext(".//title") or "").strip():
        yield problem(WARNING, path, 0, "the page has no <title>")


def attack_problems(page: str, path: Path) -> Iterator[Problem]:
    """What of the attacks in the hostile sample came through."""
    for attack in ATTACKS:
        if attack in page:
            yield problem(ERROR, path, 0, f"prints what articles say without escaping it: {attack} … came through")


def _parsed(page: str) -> Any:
    # As bytes: a page may begin with an XML declaration. lxml refuses one without any content.
    return parser.document_fromstring((page if page.strip() else "<html></html>").encode(), _PARSER)


def _visible(page: str) -> str:
    root = _parsed(page)
    for element in list(root.iter("script", "style", "head", "nav")):
        element.drop_tree()
    # A line in a list of contents leads to the sentence that carries the numbers.
    for element in list(root.iter("a")):
        if (element.get("href") or "").startswith("#story"):
            element.drop_tree()
    return str(root.text_content())


def _fetched(value: str, theme: Theme, path: Path) -> Iterator[Problem]:
    if value[:5].lower() != "data:" and not value.startswith("#") and value.strip():
        yield _located(ERROR, value, theme, path, f"loads {value!r}; a page loads nothing from elsewhere")


def _fetched_by_css(css: str, theme: Theme, path: Path) -> Iterator[Problem]:
    for found in _URL.finditer(css):
        yield from _fetched((found[1] or found[2]).strip(), theme, path)


def _located(level: str, words: str, theme: Theme, path: Path, text: str) -> Problem:
    """A problem at the place where ``words`` stand in the theme's own files."""
    for folder in theme.folders.searched[:-1] or theme.folders.searched:
        for file in sorted(p for p in folder.iterdir() if p.suffix in (".html", ".css", ".js") and p.is_file()):
            content = file.read_text("utf-8", "replace")
            at = content.find(words)
            if at >= 0:
                line = content.count("\n", 0, at) + 1
                return Problem(level, str(file), line, at - (content.rfind("\n", 0, at) + 1) + 1, text)
    return problem(level, path, 0, text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
