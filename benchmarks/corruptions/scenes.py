"""Sentences of real text, and the false ones that patterns make of them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

KINDS = (
    "number",
    "date",
    "name",
    "unit",
    "negation",
    "lost hedge",
    "lost attribution",
    "swapped speaker",
    "invented quotation",
    "swapped direction",
    "fused facts",
    "invented cause",
)
SEED = 20260101
# So that no pattern outweighs the others of its kind, and no long article the others.
PER_PATTERN = 40
PER_ARTICLE = 2

_FOLDERS = ("summaries", "clusters")
_END = re.compile(r"(?<=[.!?])([\"”’']?)\s+(?=[\"“‘']?[A-Z0-9])")
_NO_END = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Jr|Sr|No|vs|Inc|Co|Corp|Ltd|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept?|Oct|Nov|Dec|Calif|Mass|Pa|Fla|Ga|Va|Wis|Ill|Conn|Ariz|Tex|Mt|Ft|Ave|Blvd|Rd)|\b[A-Za-z])\.$"
)
# Bylines, captions, menus and the like hold no fact that could be made false.
_NOISE = re.compile(
    r"https?:|www\.|[|©•→@#_*\[\]{}<>]|\.\.\.|…|Photo|Getty|Image|AP\)|Reuters\)|Copyright|Read more|Subscribe|Click"
    r"|[Aa]dvertise|\bvideo\b|Sign [Uu]p|Twitter|contributed to this|\s[-–—]+\s*$|\s{2}|``|\s,|[ap]\.m\. [A-Z]"
)


class Text(NamedTuple):
    """An article: the story it belongs to ("" where none is given), its text (NFC) and spans of plain sentences.

    ``date`` is when it was published, in ISO 8601, "" where the data does not say.
    """

    id: str
    story: str
    text: str
    sentences: tuple[tuple[int, int], ...]
    date: str = ""

    def sentence(self, index: int) -> str:
        return self.text[slice(*self.sentences[index])]


class Place(NamedTuple):
    """A sentence of an article."""

    text: Text
    at: int


class Scene(NamedTuple):
    """A true sentence, the article it comes from, the others of its story, and an article of another story.

    ``place`` is None where the sentence is a paraphrase that stands in no article word by word.
    """

    sentence: str
    article: Text
    place: Place | None
    others: tuple[Text, ...]
    foreign: Text


class Made(NamedTuple):
    """A false sentence, and the sentences that it is drawn from besides the scene's own."""

    text: str
    besides: tuple[Place, ...] = ()


_Make = Callable[[Scene, Random], Made | str | None]


class Pattern(NamedTuple):
    kind: str
    set: str
    name: str
    make: _Make


class Case(NamedTuple):
    """A false sentence, the true one it was made from, and where that and the others it is drawn from stand."""

    pattern: Pattern
    text: str
    scene: Scene
    besides: tuple[Place, ...]


class Patterns(list[Pattern]):
    """A list that functions register in."""

    def __init__(self, set: str) -> None:
        self.set = set

    def of(self, kind: str) -> Callable[[_Make], _Make]:
        """Registers a function that makes a false sentence of a scene, or None where it cannot."""

        def register(make: _Make) -> _Make:
            self.append(Pattern(kind, self.set, make.__name__.replace("_", " "), make))
            return make

        return register


def cases(scenes: Sequence[Scene], patterns: Sequence[Pattern], per_pattern: int = PER_PATTERN) -> list[Case]:
    """At most ``per_pattern`` cases of every pattern, no sentence twice in a set's kind; the same ones at every run."""
    made: list[Case] = []
    used: set[tuple[str, str, str]] = set()
    for one in patterns:
        random = Random(f"{SEED} {one.kind} {one.name}")
        order = list(scenes)
        random.shuffle(order)
        taken: Counter[str] = Counter()
        for scene in order:
            if taken.total() >= per_pattern:
                break
            if taken[scene.article.id] >= PER_ARTICLE or (one.set, one.kind, scene.sentence) in used:
                continue
            result = one.make(scene, random)
            if result is None:
                continue
            text, besides = result if isinstance(result, Made) else (result, ())
            if text == scene.sentence:
                continue
            taken[scene.article.id] += 1
            used.add((one.set, one.kind, scene.sentence))
            made.append(Case(one, text, scene, besides))
    return made


def scenes(texts: Sequence[Text]) -> list[Scene]:
    """Every plain sentence of the texts."""
    stories: dict[str, list[Text]] = {}
    for text in texts:
        if text.story:
            stories.setdefault(text.story, []).append(text)
    found = []
    for number, text in enumerate(texts):
        foreign = _foreign(texts, number)
        others = tuple(other for other in stories.get(text.story, ()) if other is not text)
        for index in range(len(text.sentences)):
            found.append(Scene(text.sentence(index), text, Place(text, index), others, foreign))
    return found


def paraphrase_scenes(claims: Sequence[tuple[str, Text]], foreign: Sequence[Text]) -> list[Scene]:
    """Scenes of claims that people wrote of a text."""
    return [Scene(claim, text, None, (), foreign[n * 7 % len(foreign)]) for n, (claim, text) in enumerate(claims)]


def _foreign(texts: Sequence[Text], number: int) -> Text:
    for step in range(1, len(texts)):
        other = texts[(number + 17 * step) % len(texts)]
        if not other.story or other.story != texts[number].story:
            return other
    return texts[number]


def read_texts(data: Path) -> list[Text]:
    """The articles of ``summaries`` and ``clusters`` in ``data``, each text once, by path and row."""
    found: dict[str, Text] = {}
    for folder in _FOLDERS:
        for path in sorted((data / folder).glob("*.jsonl")) if (data / folder).is_dir() else ():
            for line in path.read_text("utf-8").splitlines():
                for id, story, raw, date in _articles(json.loads(line), path.stem):
                    # Tokenised text (" , " and " . ") has no sentences as they are printed.
                    if raw.count(" ,") + raw.count(" . ") > 5 or len(raw) < 400:
                        continue
                    found.setdefault(" ".join(raw.split())[:300], text_of(id, story, raw, date))
    return list(found.values())


def _articles(row: dict[str, object], name: str) -> Iterator[tuple[str, str, str, str]]:
    listed = row.get("documents", [row])
    assert isinstance(listed, list)
    for number, item in enumerate(listed):
        story = item.get("story", "") if item is row else row["id"]
        yield (
            str(item.get("id", f"{name}-{row['id']}-{number}")),
            str(story),
            str(item["text"]),
            str(item.get("date") or ""),
        )


def text_of(id: str, story: str, raw: str, date: str = "") -> Text:
    text = unicodedata.normalize("NFC", raw)
    return Text(id, story, text, tuple(_sentences(text)), date)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for paragraph in re.finditer(r"[^\n]+", text):
        start = paragraph.start()
        ends = [
            paragraph.start() + m.end(1)
            for m in _END.finditer(paragraph.group())
            if not _NO_END.search(paragraph.group()[max(0, m.start() - 12) : m.start()])
        ]
        for end in [*ends, paragraph.end()]:
            while start < end and text[start].isspace():
                start += 1
            stop = end
            while stop > start and text[stop - 1].isspace():
                stop -= 1
            if _plain(text[start:stop]):
                yield start, stop
            start = end


def _plain(sentence: str) -> bool:
    """Whole, of 8 to 45 words, quotation marks in pairs, and prose."""
    words = sentence.split()
    if (
        not 8 <= len(words) <= 45
        or not re.match(r"[\"“]?[A-Z0-9]", sentence)
        or not re.search(r"[.!][\"”]?$", sentence)
    ):
        return False
    if (
        sentence.count('"') % 2
        or sentence.count("“") != sentence.count("”")
        or sentence.count("(") != sentence.count(")")
    ):
        return False
    return not _NOISE.search(sentence) and sum(w[0].isupper() for w in words) < len(words) / 2
