"""Words and small finders that the corrupting patterns share. Imports nothing from ``briefing``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from random import Random

from benchmarks.corruptions.scenes import Scene

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
COUNTS = "two three four five six seven eight nine ten eleven twelve".split()

GIVEN = frozenset(
    "Aaron Adam Adrian Alan Albert Alec Alex Alexander Alice Alison Allen Amanda Amy Andrea Andrew Andy Angela "
    "Ann Anna Anne Anthony Antonio Arthur Ashley Barack Barbara Ben Benjamin Bernie Beth Betty Bill Bob Bobby "
    "Brad Brandon Brenda Brett Brian Bruce Bryan Calvin Carl Carla Carlos Carol Caroline Catherine Cathy Charles "
    "Charlie Chelsea Cheryl Chris Christian Christina Christine Christopher Chuck Cindy Claire Colin Courtney "
    "Craig Crystal Cynthia Dale Dan Daniel Danny Darren David Dawn Dean Deborah Debra Dennis Derek Diana Diane "
    "Don Donald Donna Doris Dorothy Doug Douglas Drew Dylan Ed Eddie Edward Elaine Elena Eli Elizabeth Ellen "
    "Emily Emma Eric Erica Erik Erin Ethan Eugene Evan Evelyn Frances Francis Frank Fred Gary Gavin Gene George "
    "Gerald Gina Glenn Gloria Gordon Grace Greg Gregory Hannah Harold Harry Harvey Heather Heidi Helen Henry "
    "Hillary Holly Howard Ian Irene Isaac Ivan Jack Jackie Jacob Jacqueline Jake James Jamie Jan Jane Janet "
    "Janice Jared Jason Jay Jean Jeff Jeffrey Jennifer Jenny Jeremy Jerry Jesse Jessica Jill Jim Jimmy Joan "
    "Joanna Joe Joel John Johnny Jon Jonathan Jordan Jose Joseph Josh Joshua Joyce Juan Judith Judy Julia Julian "
    "Julie Justin Karen Karl Kate Katherine Kathleen Kathryn Kathy Katie Keith Kelly Ken Kenneth Kevin Kim "
    "Kimberly Kirk Kristen Kurt Kyle Larry Laura Lauren Laurie Lawrence Lee Leo Leon Leonard Leslie Lewis Liam "
    "Linda Lindsay Lindsey Lisa Liz Lori Louis Louise Lucas Lucy Luis Luke Lynn Madison Marc Marcus Margaret "
    "Maria Marie Marilyn Mario Marion Mark Martha Martin Mary Matt Matthew Maureen Max Megan Melanie Melissa "
    "Michael Michele Michelle Miguel Mike Mikhail Mitch Mitt Molly Monica Morgan Nancy Naomi Natalie Nathan Neil "
    "Newt Nicholas Nick Nicole Nina Noah Nora Norman Oliver Olivia Oscar Owen Pamela Pat Patricia Patrick Paul "
    "Paula Pedro Peggy Penny Peter Phil Philip Phillip Phyllis Rachel Ralph Randy Ray Raymond Rebecca Renee Rex "
    "Rhonda Richard Rick Ricky Rob Robert Roberta Robin Rodney Roger Roland Ron Ronald Rory Rosa Rose Ross Roy "
    "Russell Ruth Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Seth Shannon Sharon Shawn Sheila "
    "Shirley Simon Sophie Stacy Stan Stanley Stella Stephanie Stephen Steve Steven Stuart Sue Susan Suzanne Tara "
    "Ted Teresa Terry Theresa Thomas Tiffany Tim Timothy Tina Todd Tom Tony Tracy Travis Tyler Valerie Vanessa "
    "Veronica Victor Victoria Vincent Virginia Vladimir Walter Wanda Warren Wayne Wendy William Willie Zach "
    "Zachary".split()
)
# States, countries and large cities; a place is replaced by one of its own row.
PLACES: Sequence[Sequence[str]] = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Florida Hawaii Idaho Illinois Indiana Iowa "
    "Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana "
    "Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Wisconsin Wyoming".split(),
    "Afghanistan Argentina Australia Austria Belgium Brazil Canada Chile China Cuba Denmark Egypt England France "
    "Germany Greece Hungary India Indonesia Iran Iraq Ireland Israel Italy Japan Jordan Kenya Kuwait Libya Mexico "
    "Norway Pakistan Peru Poland Portugal Russia Scotland Spain Sweden Switzerland Syria Thailand Turkey Ukraine "
    "Venezuela Vietnam Yemen".split(),
    "Atlanta Baltimore Boston Chicago Cincinnati Cleveland Dallas Denver Detroit Houston Indianapolis Miami "
    "Milwaukee Minneapolis Nashville Orlando Philadelphia Pittsburgh Portland Sacramento Seattle Tampa".split(),
    "Amsterdam Athens Baghdad Beijing Berlin Brussels Cairo Damascus Dublin Geneva Istanbul London Madrid "
    "Manchester Melbourne Milan Moscow Paris Prague Rome Stockholm Sydney Tehran Tokyo Vienna Warsaw".split(),
)

PERSON = re.compile(
    r"(?<![\w.’'-])([A-Z][a-z]+)((?: [A-Z]\.)? (?:Mc|Mac|O['’])?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)(?![\w-]| [A-Z])"
)
SPOKEN = r"(?:said|says|told|added|asked|explained|wrote|tweeted|noted|testified|recalled)"
_OPENERS = frozenset("The A An He She They It His Her Their This That These Those There In On At For".split())
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


def pick(found: list[re.Match[str]], random: Random) -> re.Match[str] | None:
    return random.choice(found) if found else None


def persons(text: str) -> list[re.Match[str]]:
    """Full names whose first word is a common given name."""
    return [
        m
        for m in PERSON.finditer(text)
        if m[1] in GIVEN
        and text[max(0, m.start() - 20) : m.start()].rstrip().rpartition(" ")[2] not in GIVEN | {"King", "St.", "San"}
        and text[m.end() : m.end() + 1] != ":"
        and m[2].split()[-1] not in GIVEN | {"Street", "Avenue", "Day"}
    ]


def other_person(sentence: str, text: str, random: Random) -> str | None:
    """A person named in ``text`` none of whose names stands in ``sentence``."""
    names = sorted({m.group() for m in persons(text)})
    free = [n for n in names if not set(n.split()) & set(re.findall(r"\w+", sentence))]
    return random.choice(free) if free else None


def inside_quotes(sentence: str, at: int) -> bool:
    return any(m.start() < at < m.end() for m in _QUOTED.finditer(sentence))


def outside_quotes(sentence: str, words: str) -> list[re.Match[str]]:
    """Where the pattern ``words`` stands outside quotations."""
    return [m for m in re.finditer(words, sentence) if not inside_quotes(sentence, m.start())]


def follows(match: re.Match[str], words: str) -> bool:
    """Whether what the pattern ``words`` matches stands right before ``match``."""
    return bool(re.search(rf"(?:\b|(?<=n))(?:{words}) $", match.string[: match.start()], re.I))


def any_of(words: Iterable[str]) -> str:
    """A pattern, with one group, of any of the whole words or phrases, the longest first."""
    return rf"(?<![\w'’-])({'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?![\w-])"


def quotations(sentence: str, words: int = 1) -> list[re.Match[str]]:
    """Quotations of at least ``words`` words."""
    return [m for m in _QUOTED.finditer(sentence) if len(m.group().split()) >= words]


def put(sentence: str, match: re.Match[str], new: str, group: int = 0) -> str:
    """``sentence`` with the group of the match replaced, its capital kept."""
    old = match[group]
    if old[:1].isupper() and new[:1].islower() and not sentence[: match.start(group)].strip('"“ '):
        new = new[0].upper() + new[1:]
    return sentence[: match.start(group)] + new + sentence[match.end(group) :]


def swap_word(sentence: str, words: Mapping[str, str], random: Random, *, quoted: bool = False) -> str | None:
    """``sentence`` with one of ``words`` (lower case, whole, outside quotations unless ``quoted``) replaced."""
    keys = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    found = [
        m
        for m in re.finditer(rf"(?<![\w'’-])(?:{keys})(?![\w'’-])", sentence)
        if quoted or not inside_quotes(sentence, m.start())
    ]
    if not found:
        return None
    match = random.choice(found)
    return put(sentence, match, words[match.group()])


def both_ways(pairs: str) -> dict[str, str]:
    """``"rose/fell up/down"`` as a mapping in both directions; ``_`` stands for a space."""
    table: dict[str, str] = {}
    for pair in pairs.replace("_", " ").split(";"):
        left, right = (side.strip() for side in pair.split("/"))
        table.setdefault(left, right)
        table.setdefault(right, left)
    return table


def one_way(pairs: str) -> dict[str, str]:
    """``"may/will"`` as a mapping in this direction only."""
    return {left.strip(): right.strip() for left, right in (pair.split("/") for pair in pairs.split(";"))}


def lower_first(sentence: str, names: str) -> str:
    """Its first letter small, unless the first word is written with a capital inside ``names`` too."""
    first = re.match(r"[\w’']+", sentence)
    if first is None or first.group() == "I":
        return sentence
    if first.group() not in _OPENERS and re.search(rf"[a-z,] {re.escape(first.group())}\b", names):
        return sentence
    return sentence[0].lower() + sentence[1:]


def bare(sentence: str) -> bool:
    """A short statement without quotation, conjunction or cause of its own."""
    linked = r"because|since|so|as|due|after|led|if|but|also|however|this|that|these|those|said|says|yes"
    return (
        len(sentence.split()) <= 18
        and bool(re.search(r"[a-z]{3}\.$", sentence))
        and not re.search(rf"[\"“”;:?(]|\b(?:{linked})\b", sentence, re.I)
        and bool(re.match(r"(?:The|A|An|He|She|They|It|His|Her|Their|[A-Z][a-z]+ [A-Z][a-z]+) ", sentence))
    )


def long_words(sentence: str) -> set[str]:
    return set(re.findall(r"\w{4,}", sentence.lower()))


def unrelated(scene: Scene) -> list[int]:
    """Plain sentences of the scene's article, by number, that stand well apart from its own and share no long word."""
    if scene.place is None or not bare(scene.sentence):
        return []
    text, own = scene.article, long_words(scene.sentence)
    return [
        i
        for i in range(len(text.sentences))
        if abs(i - scene.place.at) >= 4
        and bare(text.sentence(i))
        and not re.match("(?:He|She|They|It|His|Her|Their) ", text.sentence(i))
        and not own & long_words(text.sentence(i))
    ]
