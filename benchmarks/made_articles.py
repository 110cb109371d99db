"""Articles made for timing: real sentences resampled into stories with names of their own, and planted copies."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.model import Article
from briefing.sources.files import Files
from briefing.text.paragraphs import paragraphs
from briefing.text.sentences import sentences

NOW = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
WORDS = 600
ARTICLES_A_STORY = 5
COPIES = 0.1
PUBLISHERS = tuple(f"Publisher {i}" for i in range(1, 41))
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_SYLLABLES = ("ka", "lo", "mer", "tis", "ran", "vel", "dor", "nim", "sha", "bel", "gor", "pin", "wes", "tol", "ur")


def texts(data: Path | None, samples: Path) -> list[str]:
    """Real texts to resample: the data folder's cluster files where it is there, else the samples."""
    if data and (data / "clusters").is_dir():
        lines = [line for f in sorted((data / "clusters").glob("*.jsonl")) for line in f.open(encoding="utf-8")]
        found = [json.loads(line)["text"] for line in lines]
    else:
        found = [a.text for a in Files([samples / "articles"]).collect() if isinstance(a, Article)]
    return [text for text in found if len(text.split()) > 150]


def write(folder: Path, count: int, pool: list[str], seed: int = 1) -> None:
    """Writes ``count`` text files of about 600 words; one in ten is an edited copy of the one before it."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    split = [[text[a:b] for p, q in paragraphs(text) for a, b in _sentences(text, p, q)] for text in pool]
    number = 0
    while number < count:
        story = _story(rng, split)
        last = ""
        for _ in range(min(rng.randint(1, 2 * ARTICLES_A_STORY - 1), count - number)):
            if last and rng.random() < COPIES:
                body = f"{rng.choice(PUBLISHERS)} has learnt more about this.\n\n{last.split(chr(10) * 2, 1)[1]}"
            else:
                body = "\n\n".join(_article(rng, story))
            last = body
            published = NOW - timedelta(minutes=rng.randint(10, 4000))
            title = " ".join(story[rng.randrange(len(story))].split()[:9])
            head = f"Title: {title}\nSource: {rng.choice(PUBLISHERS)}\nDate: {published.isoformat()}\n\n"
            (folder / f"{number:06}.txt").write_text(head + body + "\n", encoding="utf-8")
            number += 1


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for a, b in sentences(text[start:end]):
        if 6 <= len(text[start + a : start + b].split()) <= 60:
            yield start + a, start + b


def _story(rng: random.Random, split: list[list[str]]) -> list[str]:
    """Sentences of some real articles in which every name became another, the same one throughout.

    They are enough for articles that share a fifth of their sentences by chance, so that only planted copies are any.
    """
    names: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        name = names.setdefault(match.group(), "".join(rng.choices(_SYLLABLES, k=3)).capitalize())
        return name

    found: list[str] = []
    words = 0
    while words < 5 * WORDS:
        for sentence in rng.choice(split):
            found.append(_NAME.sub(renamed, sentence))
            words += len(sentence.split())
    return found


def _article(rng: random.Random, story: list[str]) -> list[str]:
    order = list(range(len(story)))
    rng.shuffle(order)
    chosen: list[int] = []
    words = 0
    for index in order:
        if words >= WORDS:
            break
        chosen.append(index)
        words += len(story[index].split())
    lines = [story[i] for i in sorted(chosen)]
    return [" ".join(lines[i : i + 3]) for i in range(0, len(lines), 3)]
