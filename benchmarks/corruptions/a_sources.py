"""Corrupting patterns of set a, whose cases may be looked at: speakers, quotations, fused facts and causes."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from benchmarks.corruptions.scenes import Made, Patterns, Place, Scene
from benchmarks.corruptions.words import (
    SPOKEN,
    lower_first,
    other_person,
    persons,
    pick,
    put,
    unrelated,
)

A = Patterns("a")


# swapped speaker


@A.of("swapped speaker")
def another_person_said_it(scene: Scene, random: Random) -> str | None:
    """A quotation's or a statement's speaker becomes another person of the article."""
    found = [
        m
        for m in persons(scene.sentence)
        if re.search(rf"\b{SPOKEN} $", scene.sentence[: m.start()])
        or re.match(rf" {SPOKEN}\b", scene.sentence[m.end() :])
    ]
    match = pick(found, random)
    other = other_person(scene.sentence, scene.article.text, random)
    return put(scene.sentence, match, other) if match and other else None


@A.of("swapped speaker")
def another_office_said_it(scene: Scene, random: Random) -> str | None:
    """Police said becomes prosecutors said."""
    roles = (
        "police officials authorities prosecutors investigators witnesses researchers doctors lawyers experts"
        " neighbors scientists critics"
    ).split()
    match = pick(
        list(
            re.finditer(
                rf"\b({'|'.join(roles)})(?= (?:said|say|told)\b)|(?<=\bsaid )({'|'.join(roles)})(?=[.,])",
                scene.sentence,
                re.I,
            )
        ),
        random,
    )
    if match is None:
        return None
    # Investigators may well be police officers, authorities are officials.
    alike = [
        {"police", "investigators", "authorities", "officials", "prosecutors"},
        {"researchers", "scientists", "experts", "doctors"},
    ]
    near = next((group for group in alike if match.group().lower() in group), {match.group().lower()})
    free = [r for r in roles if r not in near and r not in scene.sentence.lower()]
    return put(scene.sentence, match, random.choice(free))


# invented quotation

_STOCK = (
    "We will not rest until this is finished",
    "It is worse than anything we expected",
    "Nobody told us anything about it",
    "This was always going to happen",
    "There is simply no other way",
    "We should have acted much sooner",
    "That is all I have to say about it",
    "People have a right to know",
)


@A.of("invented quotation")
def stock_quotation_added(scene: Scene, random: Random) -> str | None:
    """The named speaker of the sentence says something more that he never said."""
    if not re.search(r"\b(?:[Hh]e|[Ss]he|[A-Z][a-z]+) (?:said|says|told)\b", scene.sentence):
        return None
    if not re.search(r"[a-z]{3}\.$", scene.sentence) or re.search('["“]', scene.sentence):
        return None
    quote = random.choice([q for q in _STOCK if q not in scene.article.text])
    return f"{scene.sentence[:-1]}, adding: “{quote}.”"


@A.of("invented quotation")
def paraphrase_in_quotation_marks(scene: Scene, random: Random) -> str | None:
    """What is reported indirectly is printed as the speaker's own words."""
    match = re.fullmatch(
        r"((?:[A-Z][\w.’'-]+)(?: [\w.’'-]+){0,5} (?:said|says)(?: that)?) ((?:it|they|there|the|more|some|many"
        r"|people|police) [^\"“”]{30,})\.",
        scene.sentence,
    )
    if match is None or re.search(r"\b(?:if|when|as) ", match[1], re.I):
        return None
    return f"{match[1].removesuffix(' that')}, “{match[2][0].upper()}{match[2][1:]}.”"


# fused facts


@A.of("fused facts")
def person_of_another_source(scene: Scene, random: Random) -> Made | None:
    """What one source says of a person is told of a person of another source of the story; both are cited."""
    match = pick(persons(scene.sentence), random)
    place = _elsewhere(scene, random, lambda s: bool(persons(s)))
    if match is None or place is None:
        return None
    other = other_person(scene.sentence, place.text.sentence(place.at), random)
    return Made(put(scene.sentence, match, other), (place,)) if other else None


@A.of("fused facts")
def number_of_another_source(scene: Scene, random: Random) -> Made | None:
    """A number of one source is put before what another source counts; both are cited."""
    number = r"(?<![\w.,:/$£€-])(?!(?:19|20)\d\d\b)(\d{1,3}(?:,\d{3})*) (?=([a-z]{3,}s)\b)"
    match = pick(list(re.finditer(number, scene.sentence)), random)
    if match is None:
        return None
    noun = match[2]

    def fits(sentence: str) -> bool:
        return any(m[2] != noun and m[1] != match[1] for m in re.finditer(number, sentence)) and noun not in sentence

    place = _elsewhere(scene, random, fits)
    if place is None:
        return None
    free = [m[1] for m in re.finditer(number, place.text.sentence(place.at)) if m[1] not in scene.sentence]
    return Made(put(scene.sentence, match, random.choice(free), 1), (place,)) if free else None


def _elsewhere(scene: Scene, random: Random, fits: Callable[[str], bool]) -> Place | None:
    """A sentence that ``fits``, of another article of the same story."""
    found = [Place(t, i) for t in scene.others for i in range(len(t.sentences)) if fits(t.sentence(i))]
    return random.choice(found) if found else None


# invented cause


@A.of("invented cause")
def far_sentences_joined_by_because(scene: Scene, random: Random) -> Made | None:
    """Two sentences of an article that stand well apart: one is given as the reason of the other; both are cited."""
    text, far = scene.article, unrelated(scene)
    if not far:
        return None
    index = random.choice(far)
    reason = lower_first(text.sentence(index), text.text)
    return Made(f"{scene.sentence[:-1]} because {reason}", (Place(text, index),))


@A.of("invented cause")
def and_becomes_because(scene: Scene, random: Random) -> str | None:
    """Of two statements joined by a comma and "and" the second becomes the reason of the first."""
    subject = (
        r"(?:he|she|they|it|the [a-z]+|his [a-z]+|her [a-z]+|their [a-z]+|[A-Z][a-z]+) (?:was|were|is|are|had"
        r"|has|have|will|did|does)\b"
    )
    match = re.fullmatch(rf"([^\"“”]{{25,}}), (and|while) ({subject}[^\"“”]{{12,}})\.", scene.sentence)
    return put(scene.sentence, match, "because", 2) if match else None
