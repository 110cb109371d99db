"""What a sentence counts: a number, the thing that it is a number of, and the words around it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import regex

from briefing.text.facts.compare import counted
from briefing.text.facts.cues import Kind, cues
from briefing.text.facts.numbers import Number, numbers
from briefing.text.facts.tokens import key, tokens
from briefing.text.words import fold

# Toll words meet across languages, so that "14 injured" and "17 Verletzte" are seen to differ.
_TOLLS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "killed": "killed kill kills killing dead died die dies deaths death fatalities toll lives perished",
        "injured": "injured injures injuring wounded wounding hurt injuries casualties",
        "missing": "missing unaccounted",
        "evacuated": "evacuated evacuees displaced evacuate evacuating",
        "arrested": "arrested arrests detained arresting",
    },
    "de": {
        "killed": "tote toten getötet ums todesopfer gestorben starben",
        "injured": "verletzte verletzten verletzt verletzter",
        "missing": "vermisst vermisste vermissten",
        "evacuated": "evakuiert evakuierte vertrieben",
        "arrested": "festgenommen festnahmen festgenommene verhaftet",
    },
    "fr": {
        "killed": "morts mort tués tué tuées décès",
        "injured": "blessés blessé blessées",
        "missing": "disparus disparues",
        "evacuated": "évacués évacuées évacuées déplacés",
        "arrested": "arrêtés arrestations interpellés",
    },
    "es": {
        "killed": "muertos muertas murieron fallecidos fallecieron víctimas",
        "injured": "heridos heridas lesionados",
        "missing": "desaparecidos desaparecidas",
        "evacuated": "evacuados evacuadas desplazados",
        "arrested": "detenidos detenidas detenciones",
    },
}
_PERSONS = frozenset(
    "people persons person passengers residents men victims individuals civilians leute menschen personen reisende "
    "fahrgäste passagiere personnes gens passagers personas pasajeros".split()
)
# A part of a whole, a comparison or another event: such a number is no rival of the plain one.
_PART = regex.compile(
    r"(?<!\w)(?:including|among them|among whom|of them|of whom|of those|others?|another|additional|further|more|"
    r"per|each|every|average|previous|previously|earlier|record|so far|total of|since|ago|darunter|davon|weitere[rn]?|"
    r"dont|autres|parmi|entre ellos|otr[oa]s|además)(?!\w)",
    regex.IGNORECASE,
)
_BREAK = regex.compile(r"[,;:.()—–\"”]|\s(?:and|but|while|as|when|und|aber|et|mais|y|pero)\s")
_DENIED = regex.compile(
    r"(?<!\w)(?:(?:and\s)?not|instead of|rather than|(?:said|reported|stated)(?:\s(?:that|it|there|were|was))*)\s+$"
    r"|(?<!\w)(?:nicht|statt|non pas|au lieu de|y no|en lugar de)\s+$",
    regex.IGNORECASE,
)
_CORRECTION = regex.compile(
    r"(?<!\w)(?:correction|corrected|wrongly|incorrectly|in error|mistakenly|an earlier version|berichtigung|korrektur|"
    r"fälschlich\w*|rectificati(?:f|on)|corrección|erróneamente)(?!\w)",
    regex.IGNORECASE,
)

# The sentence after a correction that says what is right: "The correct number is nine."
_RIGHT = regex.compile(
    r"(?<!\w)(?:(?:correct|right|actual|true|accurate|real) (?:number|figure|toll|total|count|amount|sum|share)"
    r"|(?:it|there) (?:is|was|were|are|should)|in fact|richtige zahl|richtig ist|korrekt ist|es (?:war|waren|sind)"
    r"|chiffre (?:correct|exact)|nombre exact|il s['’]agit|cifra correcta|número correcto)(?!\w)",
    regex.IGNORECASE,
)


# Clock times, scores, versions, scales and addresses: "10:14", "3-1", "magnitude 5 . 2", "7GHz", "at 91".
_NO_COUNT_BEFORE = regex.compile(
    r"(?:\d\s*[.,:/–-]\s*|[/_=]\s*|(?<!\w)(?:aged?|magnitude|page|chapter|section|article|no\.|number|im alter von|"
    r"à l'âge de)\s)$",
    regex.IGNORECASE,
)
_NO_COUNT_AFTER = regex.compile(
    r"\s*[:/_=]\s*\w|\s?,\s?\d{3}|\s?[.–-]\s?\d|\p{L}|\s?(?:[ap]\.?\s?m\b|o['’]clock|uhr|-?inch|block of)"
    r"|(?:[\s-]*years?)?[\s-]*old\b",
    regex.IGNORECASE,
)
_ADDRESS = regex.compile(r"https?\s?:|www\s?\.|\.\s?com\b")
# Words of content from a number to its toll word: "killing at least 12", "the death toll of the quake rose to 15".
_TOLL_GAP = 3


class Counted(NamedTuple):
    """A number and the thing it counts.

    ``thing`` is what two numbers have in common that may be compared; ``about`` says it in the text's own words.
    ``around`` are the stems near the number. ``part`` marks a number that is one of several by its own words,
    ``withdrawn`` one that a correction takes back.
    """

    number: Number
    thing: str
    about: str
    around: frozenset[str]
    part: bool = False
    withdrawn: bool = False


def counts(sentence: str, language: str = "en") -> tuple[Counted, ...]:
    """The numbers of one sentence with what they count, in order; ordinals, dates and vague numbers left out."""
    if not (numbers(sentence, language) and not _ADDRESS.search(sentence)):
        return ()
    made: list[Counted] = []
    for number in counted(sentence, language):
        if number.unit == "ordinal" or number.vague:
            continue
        if _NO_COUNT_BEFORE.search(sentence[: number.start]) or _NO_COUNT_AFTER.match(sentence, number.end):
            continue
        count = _counted(sentence, number, language)
        denied = _DENIED.search(sentence[: number.start]) and (_CORRECTION.search(sentence) or " not " in sentence)
        if denied and made and (count is None or count.thing != made[-1].thing):
            # "112 branches and not 121": what is taken back counts what stands.
            count = made[-1]._replace(number=number)
        if count is not None:
            made.append(count._replace(withdrawn=bool(denied)))
    return tuple(made)


def put_right(sentence: str, before: Counted, language: str = "en") -> Counted | None:
    """What a sentence gives in place of ``before``, which the sentence before it takes back; None if it does not.

    The number counts what the other did: "An earlier version said that ten people died. The correct number is nine."
    """
    right = _RIGHT.search(sentence)
    found = counted(sentence[right.start() :], language) if right else ()
    if not (right and found) or found[0].unit != before.number.unit:
        return None
    number = found[0]._replace(start=right.start() + found[0].start, end=right.start() + found[0].end)
    return before._replace(number=number, withdrawn=False)


def doubtful(sentence: str, count: Counted, language: str = "en") -> bool:
    """Whether the sentence gives the number as only possible."""
    doubts = {g for c in cues(sentence, language) if c.kind is Kind.DOUBT for g in c.governs}
    return bool(doubts & count.around)


def _counted(sentence: str, number: Number, language: str) -> Counted | None:
    clause_end = _BREAK.search(sentence, number.end)
    behind = sentence[number.end : clause_end.start() if clause_end else len(sentence)]
    start = max((m.end() for m in _BREAK.finditer(sentence, 0, number.start)), default=0)
    ahead = sentence[start : number.start]
    after = [t for t in tokens(behind, language) if not t.key[:1].isdigit()]
    before = [t for t in tokens(ahead, language) if not t.key[:1].isdigit()]
    toll = "" if number.unit else _toll(behind, ahead, language)
    if toll:
        who = _who(behind, language)
        thing, about = f"toll:{toll}:{who}", f"{who or 'people'} {toll}"
    elif number.unit and before:
        thing, about = f"unit:{number.unit}", ahead[before[-3:][0].start :].strip()
    elif number.unit and after:
        thing, about = f"unit:{number.unit}", behind[: after[:2][-1].end].strip()
    elif after and not number.unit:
        thing, about = f"noun:{after[0].key}", behind[after[0].start : after[:2][-1].end]
    else:
        return None
    around = frozenset(t.key for t in (*after[:4], *before[-4:]))
    return Counted(number, thing, about, around, part=bool(_PART.search(ahead[-30:] + " " + behind[:25])))


def _toll(after: str, before: str, language: str) -> str:
    """Which toll a number belongs to: the first toll word shortly behind it, else the last one shortly before it."""
    toll = _toll_words(language)
    behind = [fold(after[t.start : t.end]) for t in tokens(after, language)][:_TOLL_GAP]
    ahead = [fold(before[t.start : t.end]) for t in tokens(before, language)][: -_TOLL_GAP - 1 : -1]
    return next((toll[w] for w in (*behind, *ahead) if w in toll), "")


def _who(after: str, language: str) -> str:
    """The group that is counted, empty for people at large."""
    for token in tokens(after, language)[:1]:
        word = fold(after[token.start : token.end])
        if word not in _persons() and word not in _toll_words(language):
            return word
    return ""


@cache
def _toll_words(language: str) -> Mapping[str, str]:
    lists = _TOLLS.get(language, _TOLLS["en"])
    return {fold(word): toll for toll, words in lists.items() for word in words.split()}


@cache
def _persons() -> frozenset[str]:
    return frozenset(fold(w) for w in _PERSONS) | {key(fold(w)) for w in _PERSONS}
