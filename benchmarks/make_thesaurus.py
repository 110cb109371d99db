"""Makes ``briefing/text/facts/thesaurus.txt.gz`` out of the database files of WordNet 3.0.

    python -m benchmarks.make_thesaurus DIR

``DIR`` holds ``data.noun``, ``data.verb``, ``data.adj`` and ``data.adv`` (Debian: the package ``wordnet-base``). Single
words without capitals are kept, under the stem by which the package compares words. The file has four parts,
separated by an empty line: senses by stem (each begins with the letter of its part of speech), links between senses
(similar, derived, entailed), opposite stems, and each sense with those that it is a kind of.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from briefing.text.facts.tokens import key
from briefing.text.words import fold

OUT = Path(__file__).parent.parent / "briefing" / "text" / "facts" / "thesaurus.txt.gz"
_OPPOSITE = "!"
# Similar to, see also, verb group, derivationally related.
_NEAR = frozenset("&$+^")
_KIND_OF = frozenset({"@", "@i"})


class Sense(NamedTuple):
    id: str
    words: list[str]
    links: list[tuple[str, str, int, int]]


def read(folder: Path) -> Iterator[Sense]:
    """The senses of the database; the format is that of wndb(5WN)."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text("latin-1").splitlines():
            if line.startswith("  "):
                continue
            fields = line.partition(" | ")[0].split()
            count = int(fields[3], 16)
            words = [fields[4 + 2 * i].partition("(")[0] for i in range(count)]
            at = 5 + 2 * count
            links = []
            for i in range(at, at + 4 * int(fields[at - 1]), 4):
                symbol, offset, kind, ends = fields[i : i + 4]
                links.append((symbol, _kind(kind) + offset, int(ends[:2], 16), int(ends[2:], 16)))
            yield Sense(_kind(fields[2]) + fields[0], words, links)


def main(folder: Path) -> None:
    senses = {sense.id: sense for sense in read(folder)}
    by_stem: dict[str, set[str]] = defaultdict(set)
    for sense in senses.values():
        for word in sense.words:
            if _plain(word):
                by_stem[key(fold(word))].add(sense.id)
    near: set[tuple[str, str]] = set()
    opposite: set[tuple[str, str]] = set()
    for sense in senses.values():
        for symbol, other, mine, theirs in sense.links:
            if symbol in _NEAR:
                near.add((min(sense.id, other), max(sense.id, other)))
            elif symbol == _OPPOSITE and mine and theirs:
                a, b = sense.words[mine - 1], senses[other].words[theirs - 1]
                if _plain(a) and _plain(b) and key(fold(a)) != key(fold(b)):
                    opposite.add((key(fold(a)), key(fold(b))))
    used = {s for stems in by_stem.values() for s in stems}
    near = {pair for pair in near if set(pair) <= used}
    kinds = {(s, parent) for s in used for parent in _parents(senses, s, used)}
    linked = {s for pair in (*near, *kinds) for s in pair}
    shared = {s for s in used if len({key(fold(w)) for w in senses[s].words if _plain(w)}) > 1} | linked
    number = {sense: f"{sense[0]}{i:x}" for i, sense in enumerate(sorted(shared))}
    lines = [
        f"{stem} {' '.join(sorted(number[s] for s in ids & shared))}"
        for stem, ids in sorted(by_stem.items())
        if ids & shared
    ]
    lines += ["", *sorted(f"{number[a]} {number[b]}" for a, b in near)]
    lines += ["", *sorted(f"{a} {b}" for a, b in opposite)]
    lines += ["", *sorted(f"{number[a]} {number[b]}" for a, b in kinds)]
    with OUT.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write("\n".join(lines).encode())
    print(f"{OUT}: {len(lines):,} lines, {OUT.stat().st_size:,} bytes")


def _parents(senses: dict[str, Sense], child: str, used: set[str]) -> Iterator[str]:
    """What a sense is a kind of; what has no word of its own ("social unit") is passed over."""
    for symbol, parent, _, _ in senses[child].links:
        if symbol in _KIND_OF:
            yield from (parent,) if parent in used else _parents(senses, parent, used)


def _kind(letter: str) -> str:
    return "a" if letter == "s" else letter


def _plain(word: str) -> bool:
    return word.isalpha() and word.islower()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
