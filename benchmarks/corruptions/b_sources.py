"""Corrupting patterns of set b, held out: speakers, quotations, fused facts and causes."""

from __future__ import annotations

import re
from random import Random

from benchmarks.corruptions.scenes import Made, Patterns, Place, Scene
from benchmarks.corruptions.words import (
    PLACES,
    SPOKEN,
    WEEKDAYS,
    any_of,
    bare,
    follows,
    inside_quotes,
    lower_first,
    one_way,
    other_person,
    outside_quotes,
    persons,
    pick,
    put,
    quotations,
    unrelated,
)

B = Patterns("b")
_MARKS = '"“”'


def _speakers(sentence: str) -> list[re.Match[str]]:
    """Full names beside a word of saying."""
    return [
        m
        for m in persons(sentence)
        if follows(m, r"(?:said|says|added|wrote|explained|noted)(?: [A-Z][\w.]+){0,2}")
        or re.match(rf" {SPOKEN}\b", sentence[m.end() :])
    ]


# swapped speaker


@B.of("swapped speaker")
def person_of_another_story_said_it(scene: Scene, random: Random) -> str | None:
    match = pick(_speakers(scene.sentence), random)
    other = other_person(scene.sentence + scene.article.text, scene.foreign.text, random)
    return put(scene.sentence, match, other) if match and other else None


@B.of("swapped speaker")
def speaker_of_another_sentence(scene: Scene, random: Random) -> Made | None:
    """What one speaker of an article says is said by another of its speakers; both sentences are cited."""
    match = pick(_speakers(scene.sentence), random)
    if match is None or scene.place is None:
        return None
    family = match[2].split()[-1]
    found = [
        (Place(scene.article, i), m)
        for i in range(len(scene.article.sentences))
        if family not in scene.article.sentence(i)
        for m in _speakers(scene.article.sentence(i))
        if m[2].split()[-1] not in scene.sentence
    ]
    if not found:
        return None
    place, other = random.choice(found)
    return Made(put(scene.sentence, match, other.group()), (place,))


@B.of("swapped speaker")
def speaker_and_listener_swapped(scene: Scene, random: Random) -> str | None:
    """Ann told Bob becomes Bob told Ann."""
    crowd = "police|reporters|officials|investigators|deputies|detectives|lawmakers|jurors"
    no_name = rf"(?!(?:He|She|They|It|I|We|But|And|That|One|{'|'.join(WEEKDAYS)})\b)"
    name = rf"{no_name}((?:[A-Z][\w.-]+ ){{0,3}}[A-Z][\w.-]+|(?:{crowd})\b)"
    start = r"(?:^|(?<=, )|(?<=[”\"] )|(?<=\. ))"
    rest = r"(?=[.,] ?| (?:that|in|on|about|last|during|earlier|by|after|she|he|they|the|it|at) |\.$)"
    found = outside_quotes(scene.sentence, rf"{start}{name} (told|assured|informed|warned) {name}{rest}")
    match = pick([m for m in found if not any(day in m[3] for day in WEEKDAYS)], random)
    return put(scene.sentence, match, f"{match[3]} {match[2]} {match[1]}") if match else None


@B.of("swapped speaker")
def family_name_of_another_said_it(scene: Scene, random: Random) -> str | None:
    """Wilson said becomes Harper said, Harper being another person of the article."""
    known = sorted({m[2].split()[-1] for m in persons(scene.article.text)})
    form = r"\b[A-Z][a-z]{3,}(?= (?:said|says|told|added)\b)|(?<=\bsaid )[A-Z][a-z]{3,}(?=[.,])"
    found = [
        m for m in re.finditer(form, scene.sentence) if m.group() in known and not follows(m, r"(?-i:[A-Z])[\w.]*")
    ]
    match = pick(found, random)
    free = [n for n in known if n not in scene.sentence]
    return put(scene.sentence, match, random.choice(free)) if match and free else None


# invented quotation


_TURNED = one_way(
    "is/is not;are/are not;was/was not;will/will never;can/cannot;should/should not;always/never;never/always;good/bad"
    ";bad/good;great/terrible;everyone/no one;some/all;many/few;more/less;believe/doubt;know/doubt;best/worst"
    ";first/last"
    ";better/worse;safe/dangerous;dangerous/safe;important/pointless;right/wrong;happy/sad;sad/happy;strong/weak"
    ";true/false;huge/tiny;simple/complex;easy/hard"
)


@B.of("invented quotation")
def word_changed_inside_a_quotation(scene: Scene, random: Random) -> str | None:
    """What is quoted is not what was said."""
    spans = [(m.start(), m.end()) for m in quotations(scene.sentence, 4)]
    found = [
        m
        for m in re.finditer(rf"{any_of(_TURNED)}(?!['’]| not| never)", scene.sentence)
        if any(a < m.start() < b for a, b in spans)
        and not follows(m, r"not|n[’']t|any|what|how|who|all|right|there|the|to|at")
    ]
    match = pick(found, random)
    return put(scene.sentence, match, _TURNED[match[1]]) if match else None


@B.of("invented quotation")
def quotation_of_another_sentence(scene: Scene, random: Random) -> str | None:
    """The speaker is given words that someone says elsewhere in the article; only his own sentence is cited."""
    mine = quotations(scene.sentence, 4)
    if len(mine) != 1 or scene.place is None:
        return None
    own = mine[0].group().strip(_MARKS)
    whole = own.endswith(",")
    found = [
        text
        for i in range(len(scene.article.sentences))
        if abs(i - scene.place.at) > 1
        for m in quotations(scene.article.sentence(i), 5)
        if (text := m.group().strip(_MARKS)).endswith(",") == whole
        and text[:1].isupper() == own[:1].isupper()
        and text != own
        and len(set(re.findall(r"\w{4,}", text.lower())) & set(re.findall(r"\w{4,}", own.lower()))) < 2
    ]
    if not found or not own.endswith((",", ".")):
        return None
    text = random.choice(found)
    return put(scene.sentence, mine[0], mine[0].group().replace(own, text)) if text[-1] == own[-1] else None


_SHORT = (
    "a complete failure",
    "beyond belief",
    "the only way forward",
    "a sad day for everyone",
    "utterly unacceptable",
    "a dream come true",
)


@B.of("invented quotation")
def short_quotation_added(scene: Scene, random: Random) -> str | None:
    """He is said to have called it something that he never called it."""
    found = _speakers(scene.sentence) or persons(scene.sentence)
    if not found or not re.search(r"[a-z]{3}\.$", scene.sentence) or re.search('["“”]', scene.sentence):
        return None
    quote = random.choice([words for words in _SHORT if words not in scene.article.text])
    return f"{scene.sentence[:-1]}, which {found[0][2].split()[-1]} called “{quote}.”"


# fused facts


@B.of("fused facts")
def two_deeds_of_one_person(scene: Scene, random: Random) -> Made | None:
    """What another source says of another person is told of this one too; both are cited."""
    own = _deed(scene.sentence)
    if own is None:
        return None
    found = []
    for text in scene.others:
        for i in range(len(text.sentences)):
            deed = _deed(text.sentence(i))
            if deed and deed[1].split()[-1].strip(",") not in scene.sentence:
                found.append((Place(text, i), deed))
    if not found:
        return None
    place, deed = random.choice(found)
    return Made(f"{scene.sentence[:-1]} and {deed[2]}", (place,))


def _deed(sentence: str) -> re.Match[str] | None:
    """A short sentence that begins with a person's full name and a verb of the past."""
    deed = r"(?:was|has|had|told|said|says|[a-z]{3,}ed) [^\"“”:;]{12,140}\."
    match = re.fullmatch(rf"((?:[A-Z][\w.’'-]*,? ){{2,6}}?)({deed})", sentence)
    return match if match and persons(match[1].strip()) and not re.search("because|which", match[2]) else None


@B.of("fused facts")
def weekday_of_another_source(scene: Scene, random: Random) -> Made | None:
    """What happened on one day is dated by what another source tells of another day; both are cited."""
    day = rf"\b({'|'.join(WEEKDAYS)})(?!s|['’]s|-| [A-Z])\b"
    found = [m for m in re.finditer(day, scene.sentence) if not inside_quotes(scene.sentence, m.start())]
    if len(found) != 1:
        return None
    places = [
        (Place(t, i), other[0])
        for t in scene.others
        for i in range(len(t.sentences))
        if len(other := re.findall(day, t.sentence(i))) == 1 and other[0] != found[0][1]
    ]
    if not places:
        return None
    place, new = random.choice(places)
    return Made(put(scene.sentence, found[0], new), (place,))


@B.of("fused facts")
def place_of_another_source(scene: Scene, random: Random) -> Made | None:
    """What happened in one place is put where another source tells of something else; both are cited."""
    for row in random.sample(PLACES, len(PLACES)):
        form = rf"(?<=\b(?:in|at) )({'|'.join(row)})(?![\w-]| [A-Z])"
        found = list(re.finditer(form, scene.sentence))
        places = [
            (Place(t, i), name)
            for t in (*scene.others, *([scene.article] if found else []))
            for i in range(len(t.sentences))
            for name in re.findall(form, t.sentence(i))
            if name not in scene.sentence
        ]
        if found and places:
            place, new = random.choice(places)
            return Made(put(scene.sentence, random.choice(found), new), (place,))
    return None


# invented cause


@B.of("invented cause")
def far_sentences_joined_by_so(scene: Scene, random: Random) -> Made | None:
    """Of two sentences of an article that stand well apart one is given as the result of the other; both are cited."""
    text, far = scene.article, unrelated(scene)
    if not far:
        return None
    at = random.choice(far)
    link = random.choice((", and as a result ", ", which is why ", "; for that reason "))
    return Made(scene.sentence[:-1] + link + lower_first(text.sentence(at), text.text), (Place(text, at),))


_CAUSES = (
    "bad weather",
    "a lack of money",
    "pressure from investors",
    "a computer error",
    "a strike",
    "old rivalries",
    "poor planning",
    "a family quarrel",
)


@B.of("invented cause")
def stock_cause_added(scene: Scene, random: Random) -> str | None:
    """The sentence gets a reason that no source gives."""
    if not bare(scene.sentence) or re.search(r"\b(?:to|for) ", scene.sentence[-40:]):
        return None
    free = [c for c in _CAUSES if not any(w in scene.article.text for w in c.split() if len(w) > 4)]
    link = random.choice(("because of", "due to", "as a result of"))
    return f"{scene.sentence[:-1]} {link} {random.choice(free)}." if free else None


@B.of("invented cause")
def despite_becomes_because(scene: Scene, random: Random) -> str | None:
    """Although becomes because, but becomes so."""
    table = one_way(
        "despite/because of;in spite of/because of;although/because;even though/because;though/because"
        ";while/because;, but/, so"
    )
    subject = "(?:the|others|some|he|she|they|it|officials|police|[A-Z][a-z]+)"
    form = (
        r"(?<![\w-])([Dd]espite|in spite of|[Aa]lthough|[Ee]ven though|Though|(?<=, )though|While"
        rf"|(?<=, )while(?= {subject} )|, but(?= {subject} ))(?! [a-z]+ing\b|, )"
    )
    match = pick(outside_quotes(scene.sentence, form), random)
    return put(scene.sentence, match, table[match[1].lower()]) if match else None
