"""True sentences that are not the source's own words: what people wrote of a text, and safe rewordings.

Imports nothing from ``briefing``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.corruptions.scenes import SEED, Scene, Text, text_of
from benchmarks.corruptions.words import COUNTS, inside_quotes, persons, put

# Each sentence of a source stands by itself: what is a heading and what a menu is not known.
_BETWEEN = "\n\n"


class Paraphrase(NamedTuple):
    """A claim that people hold to be supported by its texts; ``origin`` names the data.

    ``evidence`` are spans of the first text that people gave as its support, none where the data have none.
    """

    origin: str
    claim: str
    texts: tuple[Text, ...]
    evidence: tuple[tuple[int, int], ...] = ()


def read_claims(data: Path) -> list[Paraphrase]:
    """The supported claims of ``claims``. Some labels are plainly wrong; they stay."""
    found: list[Paraphrase] = []
    for path in sorted((data / "claims").glob("*.jsonl")) if (data / "claims").is_dir() else ():
        texts: dict[str, Text] = {}
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["supported"]:
                items = [unicodedata.normalize("NFC", item) for item in row["source"]]
                source = _BETWEEN.join(items)
                text = texts.setdefault(source, text_of(row["id"], "", source, _date(row, source)))
                evidence = _spans(items, min(row.get("evidence") or [[]], key=len))
                found.append(Paraphrase(path.stem, " ".join(row["claim"].split()), (text,), evidence))
    return found


def _spans(items: Sequence[str], chosen: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Where the chosen items stand when all are joined."""
    starts = [0]
    for item in items:
        starts.append(starts[-1] + len(item) + len(_BETWEEN))
    return tuple((starts[i], starts[i] + len(items[i])) for i in sorted(chosen))


def _date(row: dict[str, object], source: str) -> str:
    """When the source was published: the row's ``date``, else what the page's own data say."""
    told = re.search(r"PUBLISHED DATETIME: (\d{4}-\d\d-\d\d)", source)
    return str(row.get("date") or (told[1] if told else ""))


def read_references(data: Path, most: int = 200) -> list[Paraphrase]:
    """Sentences of the summaries that editors wrote of several articles. Nobody has labelled them one by one."""
    found: list[Paraphrase] = []
    for path in sorted((data / "summaries").glob("*.jsonl")) if (data / "summaries").is_dir() else ():
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            texts = tuple(text_of(d["id"], row["id"], d["text"], str(d.get("date") or "")) for d in row["documents"])
            reference = text_of(row["id"], row["id"], row["reference"])
            found.extend(
                Paraphrase(f"{path.stem} summaries", reference.sentence(i), texts)
                for i in range(len(reference.sentences))
            )
    Random(SEED).shuffle(found)
    return found[:most]


# What has no verb is no sentence of a brief, however true.
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|said|says|did|does|do|[a-z]+ed)\b")
_Reword = Callable[[str, Random], str | None]
REWORDINGS: list[_Reword] = []


def rewording(reword: _Reword) -> _Reword:
    """Registers a change that leaves a sentence true whatever it says."""
    REWORDINGS.append(reword)
    return reword


def reworded(scenes: Sequence[Scene], each: int = 25) -> Iterator[tuple[str, str, Scene]]:
    """For every rewording at most ``each`` times: its name, the new sentence, and the scene it was made from."""
    for reword in REWORDINGS:
        name = reword.__name__.replace("_", " ")
        random = Random(f"{SEED} {name}")
        order = list(scenes)
        random.shuffle(order)
        taken: set[str] = set()
        for scene in order:
            if len(taken) >= each:
                break
            if (
                scene.article.id not in taken
                and (text := reword(scene.sentence, random))
                and ".." not in text
                and _VERB.search(text)
            ):
                taken.add(scene.article.id)
                yield name, text[0].upper() + text[1:], scene


@rewording
def opening_word_dropped(sentence: str, random: Random) -> str | None:
    """However, Meanwhile... says nothing of the fact."""
    match = re.match(
        r"(?:However|Meanwhile|Still|In addition|Also|Moreover|Furthermore|Nonetheless|Instead|And|But),? ", sentence
    )
    return sentence[match.end() :] if match else None


@rewording
def bracket_dropped(sentence: str, random: Random) -> str | None:
    found = [m for m in re.finditer(r" \((?!\d)[^()]+\)", sentence) if not inside_quotes(sentence, m.start())]
    return put(sentence, found[0], "") if len(found) == 1 else None


@rewording
def closing_relative_clause_dropped(sentence: str, random: Random) -> str | None:
    match = re.fullmatch(r"([^\"“”,]{40,}), (?:which|who) [^\"“”,]{15,}\.", sentence)
    return match[1] + "." if match else None


@rewording
def apposition_dropped(sentence: str, random: Random) -> str | None:
    """Ann Lee, a nurse at the hospital, said: without what she is."""
    match = re.fullmatch(
        r"((?:[A-Z][\w.-]+ )*[A-Z][\w-]+), (?:an?|the) [^\"“”,]{8,60}, ((?:said|says|was|is|has|had|told)\b.*)",
        sentence,
    )
    return f"{match[1]} {match[2]}" if match else None


@rewording
def attribution_moved_to_the_front(sentence: str, random: Random) -> str | None:
    """ "..., police said." becomes "According to police, ..."."""
    opener = "The|These|This|A|An|He|She|They|It|His|Her|Their|There|Two|Three|In|On|At|Over|More|Some"
    speaker = r"(?:[A-Z][\w.’'-]+|officials|police|authorities|prosecutors)(?: [A-Z][\w.’'-]+){0,2}"
    match = re.fullmatch(rf"((?:{opener}) [^\"“”]{{40,}}), ({speaker}) (?:said|says)\.", sentence)
    if match is None or re.search(r"\b(?:said|says)\b", match[1]):
        return None
    return f"According to {match[2]}, {match[1][0].lower()}{match[1][1:]}."


@rewording
def count_in_digits(sentence: str, random: Random) -> str | None:
    """Three people become 3 people."""
    found = [
        m
        for m in re.finditer(
            rf"(?<=[a-z] )(?<!to )(?<!or )(?<!aforementioned )(?<!between )({'|'.join(COUNTS)})(?= [a-z]+s\b)", sentence
        )
        if not inside_quotes(sentence, m.start())
    ]
    return put(sentence, found[0], str(COUNTS.index(found[0][1]) + 2)) if len(found) == 1 else None


@rewording
def percent_sign(sentence: str, random: Random) -> str | None:
    found = [m for m in re.finditer(r"(?<=\d) per ?cent\b", sentence) if not inside_quotes(sentence, m.start())]
    return put(sentence, found[0], "%") if found else None


@rewording
def number_rounded(sentence: str, random: Random) -> str | None:
    """26,530 becomes about 27,000."""
    found = [
        m
        for m in re.finditer(
            r"(?<=[a-z] )(?<!about )(?<!than )(?<!least )(?<!nearly )(?<!to )(?<!and )(\d{1,3},\d{3})(?= [a-z]+)",
            sentence,
        )
        if not inside_quotes(sentence, m.start())
    ]
    if len(found) != 1 or re.search(
        r"\b(?:about|around|some|nearly|almost|exactly|over|only|just|estimated|roughly|approximately|under) $",
        sentence[: found[0].start()],
    ):
        return None
    value = int(found[0][1].replace(",", ""))
    unit = 10 ** (len(str(value)) - 2)
    rounded = (value + unit // 2) // unit * unit
    return put(sentence, found[0], f"about {rounded:,}") if rounded != value else None


@rewording
def family_name_only(sentence: str, random: Random) -> str | None:
    """Ann Lee becomes Lee."""
    found = persons(sentence)
    if len(found) != 1 or inside_quotes(sentence, found[0].start()):
        return None
    return put(sentence, found[0], found[0][2].split()[-1])


@rewording
def negation_written_out(sentence: str, random: Random) -> str | None:
    """Didn't becomes did not."""
    found = [
        m
        for m in re.finditer(r"\b(was|were|is|are|has|have|had|did|does|do|could|would|should)n[’']t\b", sentence)
        if not inside_quotes(sentence, m.start())
    ]
    return put(sentence, found[0], f"{found[0][1]} not") if found else None


@rewording
def day_dropped(sentence: str, random: Random) -> str | None:
    """What was said on Monday was said."""
    match = re.search(
        r"(?<=\bsaid) (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?= (?:that|he|she|it|they|the)\b)", sentence
    )
    return put(sentence, match, "") if match and not inside_quotes(sentence, match.start()) else None
