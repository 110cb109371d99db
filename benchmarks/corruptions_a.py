"""Corrupting patterns, set a: the checks may be improved with their cases in sight."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from benchmarks.corruptions import Made, Place, Scene, pattern
from benchmarks.corruptions_words import (
    COUNTS,
    GIVEN,
    MONTHS,
    PLACES,
    SPOKEN,
    WEEKDAYS,
    both_ways,
    inside_quotes,
    lower_first,
    one_way,
    other_person,
    persons,
    put,
    swap_word,
)


def _pick(found: list[re.Match[str]], random: Random) -> re.Match[str] | None:
    return random.choice(found) if found else None


# number


@pattern("number", "a")
def a_another_first_digit(scene: Scene, random: Random) -> str | None:
    """342 becomes 842: a number of two digits or more that is no year and no day."""
    months = "|".join(month[:3] for month in MONTHS)
    found = [
        m
        for m in re.finditer(r"(?<![\w.,:/-])[$£€]?([1-9])\d[\d,]*(?:\.\d+)?(?![\w:/’'])", scene.sentence)
        if not re.fullmatch(r"(?:19|20)\d\d", m.group())
        and not re.search(rf"(?:{months})[a-z]*\.? $", scene.sentence[: m.start()])
    ]
    match = _pick(found, random)
    if match is None:
        return None
    # Far from the true digit, so that no rounding explains it.
    digit = random.choice([d for d in "123456789" if abs(int(d) - int(match[1])) >= 2])
    return put(scene.sentence, match, digit, 1)


@pattern("number", "a")
def a_order_of_magnitude(scene: Scene, random: Random) -> str | None:
    """Million becomes billion, thousand million."""
    found = list(re.finditer(r"\d (million|billion|trillion|thousand)\b", scene.sentence))
    match = _pick(found, random)
    table = {"million": "billion", "billion": "million", "trillion": "billion", "thousand": "million"}
    return put(scene.sentence, match, table[match[1]], 1) if match else None


@pattern("number", "a")
def a_another_count(scene: Scene, random: Random) -> str | None:
    """Three men become five men."""
    counts = "|".join(COUNTS)
    found = list(
        re.finditer(
            rf"(?<![\w-])(?<!or )(?<!to )(?<!between )({counts}) (?!or |to |and )[a-z]+s\b",
            scene.sentence,
            re.IGNORECASE,
        )
    )
    match = _pick(found, random)
    if match is None:
        return None
    at = COUNTS.index(match[1].lower())
    return put(
        scene.sentence, match, random.choice([c for n, c in enumerate(COUNTS) if n != at and abs(n - at) <= 4]), 1
    )


# date


@pattern("date", "a")
def a_another_weekday(scene: Scene, random: Random) -> str | None:
    found = [
        m
        for m in re.finditer(
            rf"(?<!Black )(?<!Super )(?<!Good )\b({'|'.join(WEEKDAYS)})(?!s|['’]s|-| [A-Z])\b", scene.sentence
        )
        if not inside_quotes(scene.sentence, m.start())
    ]
    match = _pick(found, random)
    if match is None or len(found) > 1:
        return None
    return put(scene.sentence, match, random.choice([d for d in WEEKDAYS if d != match[1]]))


@pattern("date", "a")
def a_another_month(scene: Scene, random: Random) -> str | None:
    match = _pick(
        list(
            re.finditer(
                rf"\b({'|'.join(MONTHS)}) (?=\d)|(?<=\bin )({'|'.join(MONTHS)})(?=[,. ](?![A-Z]))", scene.sentence
            )
        ),
        random,
    )
    if match is None:
        return None
    old = match.group().strip()
    return put(
        scene.sentence, match, match.group().replace(old, random.choice([m for m in MONTHS if m not in scene.sentence]))
    )


@pattern("date", "a")
def a_another_day_of_the_month(scene: Scene, random: Random) -> str | None:
    months = "|".join((*MONTHS, *(f"{m[:3]}\\." for m in MONTHS), "Sept\\."))
    match = _pick(
        list(re.finditer(rf"\b(?:{months}) (\d\d?)(?=[,. ;)]|$)(?! (?:and|to|or|through)\b)", scene.sentence)), random
    )
    if match is None:
        return None
    return put(scene.sentence, match, str(random.choice([d for d in range(1, 29) if str(d) != match[1]])), 1)


# name


@pattern("name", "a")
def a_another_person_of_the_article(scene: Scene, random: Random) -> str | None:
    match = _pick(persons(scene.sentence), random)
    other = other_person(scene.sentence, scene.article.text, random)
    return put(scene.sentence, match, other) if match and other else None


@pattern("name", "a")
def a_another_given_name(scene: Scene, random: Random) -> str | None:
    """Jane Wilson becomes Laura Wilson."""
    match = _pick(persons(scene.sentence), random)
    if match is None:
        return None
    # Not a short form of the same name (Rob, Robert).
    free = sorted(g for g in GIVEN if len(g) > 4 and g[:1] != match[1][:1] and g not in scene.article.text)
    return put(scene.sentence, match, random.choice(free), 1)


@pattern("name", "a")
def a_another_place(scene: Scene, random: Random) -> str | None:
    """Ohio becomes Utah, Berlin becomes Rome."""
    for row in random.sample(PLACES, len(PLACES)):
        found = list(re.finditer(rf"(?<=\b(?:in|at|to|of) )(?:{'|'.join(row)})(?![\w-]| [A-Z])", scene.sentence))
        if match := _pick(found, random):
            return put(scene.sentence, match, random.choice([p for p in row if p not in scene.sentence]))
    return None


# unit


@pattern("unit", "a")
def a_another_currency(scene: Scene, random: Random) -> str | None:
    match = _pick(list(re.finditer(r"[$£€](?=\d)|(?<=\d )(?:dollars|euros|pounds)\b(?! of)", scene.sentence)), random)
    if match is None:
        return None
    table = {"$": "€£", "£": "$€", "€": "$£"}
    words = {"dollars": ("euros", "pounds"), "euros": ("dollars",), "pounds": ("kilograms",)}
    return put(scene.sentence, match, random.choice(table.get(match.group()) or words[match.group()]))


@pattern("unit", "a")
def a_another_measure(scene: Scene, random: Random) -> str | None:
    """Miles become kilometers, with the number as it was."""
    table = one_way(
        "miles/kilometers;mile/kilometer;kilometers/miles;kilometres/miles;feet/meters;foot/meter;meters/feet;metres/feet;inches/feet"
        ";inch/foot;yards/miles;pounds/kilograms;kilograms/pounds;tons/pounds;mph/kph;acres/square miles;ounces/pounds;gallons/liters"
        ";Fahrenheit/Celsius;km/miles;m/ft;ft/m"
    )
    counts = "|".join(COUNTS)
    if re.search(r"\(\d", scene.sentence):
        return None
    found = list(re.finditer(rf"(?:\d|\b(?:{counts}))[ -]({'|'.join(map(re.escape, table))})\b", scene.sentence))
    match = _pick(found, random)
    return put(scene.sentence, match, table[match[1]], 1) if match else None


# negation


@pattern("negation", "a")
def a_not_put_in(scene: Scene, random: Random) -> str | None:
    """Was becomes was not: the first auxiliary outside quotations of a sentence without negation or question."""
    if re.search(
        r"\b(?:not|no|never|nor|neither|nothing|nobody|none|whether|if|only|without|unless|because|until|but)\b|n[’']t\b",
        scene.sentence,
        re.I,
    ):
        return None
    match = re.search(
        r"(?<=[a-z] )(?:was|were|is|are|will|has|have|had|can|could|would|should)(?= (?!an? |the |many |also )[a-z]+)",
        scene.sentence,
    )
    if (
        match is None
        or inside_quotes(scene.sentence, match.start())
        or re.search(r"\b(?:to|what|who|that|which) $", scene.sentence[: match.start()])
    ):
        return None
    new = "cannot" if match.group() == "can" else f"{match.group()} not"
    return put(scene.sentence, match, new)


@pattern("negation", "a")
def a_not_taken_out(scene: Scene, random: Random) -> str | None:
    """Was not becomes was, didn't becomes did."""
    if re.search(
        r"\b(?:yet|until|any\w*|either|even|just|only|because|least|unless|much|nor|neither|whether|if|but|necessarily|longer|would)\b",
        scene.sentence,
        re.I,
    ):
        return None
    found = [
        m
        for m in re.finditer(
            r"\b(?:(was|were|is|are|will|has|have|had|did|does|do|could|should) not|(was|were|is|are|has|have|had|did|does|do|could)n[’']t|(can)not) (?=[a-z]+)",
            scene.sentence,
        )
        if not inside_quotes(scene.sentence, m.start())
    ]
    match = _pick(found, random)
    return put(scene.sentence, match, f"{match[1] or match[2] or match[3]} ") if match and len(found) == 1 else None


# lost hedge


@pattern("lost hedge", "a")
def a_may_becomes_will(scene: Scene, random: Random) -> str | None:
    if re.search(r"\bmay or may not\b|\b(?:how|what|who|which) ", scene.sentence):
        return None
    found = [
        m
        for m in re.finditer(
            r"(?<=[a-z] )(?:may|might|could)(?= (?!have|not|well|be able|soon|be seen|see|hear|be heard|be easily|lack)[a-z]+)",
            scene.sentence,
        )
        if not inside_quotes(scene.sentence, m.start())
        and not re.search(
            r"\b(?:so|if|before|until|doubt\w*|worr\w*|fear\w*|concern\w*|suggest\w*|wonder\w*|determine|that he|that she|that they)\b",
            scene.sentence[: m.start()],
        )
    ]
    match = _pick(found, random)
    return put(scene.sentence, match, "will") if match else None


@pattern("lost hedge", "a")
def a_adverb_of_doubt_dropped(scene: Scene, random: Random) -> str | None:
    """Allegedly, reportedly, possibly, suspected... is left out."""
    # Where a speaker or a suit remains, the doubt is not all gone.
    if re.search(rf"\b(?:{SPOKEN}|according|accus\w+|charg\w+|lawsuit|suit|sued|suing|claim\w*)\b", scene.sentence):
        return None
    words = "allegedly|reportedly|apparently|possibly|probably|perhaps|presumably|supposedly|alleged|suspected|purportedly|purported|supposed"
    found = [
        m
        for m in re.finditer(
            rf"(?<=[a-z] )(?:{words}) (?!of\b|to\b|that\b|in\b|by\b|not\b|because\b)(?=[a-z])", scene.sentence
        )
        if not inside_quotes(scene.sentence, m.start())
        and not re.search(r"\b(?:most|an?|or|as|for|n[’']t|not|were|was|are|is) $", scene.sentence[: m.start()])
    ]
    match = _pick(found, random)
    return put(scene.sentence, match, "") if match and len(found) == 1 else None


# lost attribution


@pattern("lost attribution", "a")
def a_closing_attribution_dropped(scene: Scene, random: Random) -> str | None:
    """ "..., police said." is left out."""
    match = re.fullmatch(
        rf"([^\"“”]{{40,}}), ((?:[A-Z][\w.’'-]+|the|an?|his|her|officials|police|authorities|prosecutors|investigators)(?: [\w.’'-]+){{0,5}} )?{SPOKEN}(?: [\w.’',-]+){{0,5}}\.",
        scene.sentence,
    )
    if match is None or re.search(rf"\b{SPOKEN}\b", match[1]):
        return None
    return match[1] + "."


@pattern("lost attribution", "a")
def a_opening_attribution_dropped(scene: Scene, random: Random) -> str | None:
    """ "Police said that ..." and "According to police, ..." are left out."""
    match = re.fullmatch(
        r"(?:(?:[A-Z][\w.’'-]+(?: [\w.’'-]+){0,5} (?:said|says)(?: (?:on )?(?:[A-Z][a-z]+day|yesterday|today))?(?: that)?)|According to [^,]{3,60},)"
        r" ((?:the|an?|he|she|it|they|there|his|her|their|police|officials|more|two|three|some|[A-Z][a-z]+) [^\"“”]{30,})",
        scene.sentence,
    )
    if match is None or re.match(r"\w+ (?:wish|belie|think|thought|hope|feel|felt|want)", match[1]):
        return None  # What the speaker says of his own mind.
    if re.search(r"\b(?:if|when|in|as|what|who) ", scene.sentence[: match.start(1)][:25]):
        return None
    return match[1][0].upper() + match[1][1:]


# swapped speaker


@pattern("swapped speaker", "a")
def a_another_person_said_it(scene: Scene, random: Random) -> str | None:
    """A quotation's or a statement's speaker becomes another person of the article."""
    found = [
        m
        for m in persons(scene.sentence)
        if re.search(rf"\b{SPOKEN} $", scene.sentence[: m.start()])
        or re.match(rf" {SPOKEN}\b", scene.sentence[m.end() :])
    ]
    match = _pick(found, random)
    other = other_person(scene.sentence, scene.article.text, random)
    return put(scene.sentence, match, other) if match and other else None


@pattern("swapped speaker", "a")
def a_another_office_said_it(scene: Scene, random: Random) -> str | None:
    """Police said becomes prosecutors said."""
    roles = "police officials authorities prosecutors investigators witnesses researchers doctors lawyers experts neighbors scientists critics".split()
    match = _pick(
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


@pattern("invented quotation", "a")
def a_stock_quotation_added(scene: Scene, random: Random) -> str | None:
    """The named speaker of the sentence says something more that he never said."""
    if not re.search(r"\b(?:[Hh]e|[Ss]he|[A-Z][a-z]+) (?:said|says|told)\b", scene.sentence):
        return None
    if not re.search(r"[a-z]{3}\.$", scene.sentence) or re.search('["“]', scene.sentence):
        return None
    quote = random.choice([q for q in _STOCK if q not in scene.article.text])
    return f"{scene.sentence[:-1]}, adding: “{quote}.”"


@pattern("invented quotation", "a")
def a_paraphrase_in_quotation_marks(scene: Scene, random: Random) -> str | None:
    """What is reported indirectly is printed as the speaker's own words."""
    match = re.fullmatch(
        r"((?:[A-Z][\w.’'-]+)(?: [\w.’'-]+){0,5} (?:said|says)(?: that)?) ((?:it|they|there|the|more|some|many|people|police) [^\"“”]{30,})\.",
        scene.sentence,
    )
    if match is None or re.search(r"\b(?:if|when|as) ", match[1], re.I):
        return None
    return f"{match[1].removesuffix(' that')}, “{match[2][0].upper()}{match[2][1:]}.”"


# swapped direction

_TURNS = both_ways(
    "rose/fell;increased/decreased;increase/decrease;higher/lower;highest/lowest;gained/lost;up from/down from;more than/fewer than;grew by/shrank by"
    ";growing/shrinking;increases/decreases;increasing/decreasing;gains/losses;larger/smaller;up to/down to;rise in/drop in"
    ";above/below;winning/losing;won/lost;jumped/plunged;soared/plummeted;accelerated/slowed;strengthened/weakened"
)
_TURNS.update(
    one_way(
        "rising/falling;less than/more than;over/under;surged/slumped;drop in/rise in;decline in/rise in;improved/worsened;doubled/halved"
    )
)


@pattern("swapped direction", "a")
def a_up_becomes_down(scene: Scene, random: Random) -> str | None:
    """Rose becomes fell."""
    table = {
        k: v
        for k, v in _TURNS.items()
        if k not in ("more than", "fewer than", "less than", "over", "above", "below", "up to", "down to")
    }
    made = swap_word(scene.sentence, table, random)
    # "Gained or lost" would say one of them twice.
    return (
        made
        if made
        and not any(
            re.search(rf"\b{k}\b", scene.sentence) and re.search(rf"\b{v}\b", scene.sentence) for k, v in table.items()
        )
        else None
    )


@pattern("swapped direction", "a")
def a_more_becomes_less(scene: Scene, random: Random) -> str | None:
    """More than 50 becomes less than 50, at least becomes at most."""
    table = one_way(
        "more than/less than;less than/more than;fewer than/more than;at least/at most;over/under;under/over;nearly/more than;almost/more than"
    )
    found = [
        m
        for m in re.finditer(rf"\b({'|'.join(table)}) (?=[$£€]?\d|a dozen|{'|'.join(COUNTS)})", scene.sentence, re.I)
        if not inside_quotes(scene.sentence, m.start())
    ]
    match = _pick(found, random)
    return put(scene.sentence, match, table[match[1].lower()], 1) if match else None


# fused facts


@pattern("fused facts", "a")
def a_person_of_another_source(scene: Scene, random: Random) -> Made | None:
    """What one source says of a person is told of a person of another source of the story; both are cited."""
    match = _pick(persons(scene.sentence), random)
    place = _elsewhere(scene, random, lambda s: bool(persons(s)))
    if match is None or place is None:
        return None
    other = other_person(scene.sentence, place.text.sentence(place.at), random)
    return Made(put(scene.sentence, match, other), (place,)) if other else None


@pattern("fused facts", "a")
def a_number_of_another_source(scene: Scene, random: Random) -> Made | None:
    """A number of one source is put before what another source counts; both are cited."""
    number = r"(?<![\w.,:/$£€-])(?!(?:19|20)\d\d\b)(\d{1,3}(?:,\d{3})*) (?=([a-z]{3,}s)\b)"
    match = _pick(list(re.finditer(number, scene.sentence)), random)
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


@pattern("invented cause", "a")
def a_far_sentences_joined_by_because(scene: Scene, random: Random) -> Made | None:
    """Two sentences of an article that stand well apart: one is given as the reason of the other; both are cited."""
    if scene.place is None or not _bare(scene.sentence):
        return None
    text = scene.article
    own = _long_words(scene.sentence)
    far = [
        i
        for i in range(len(text.sentences))
        if abs(i - scene.place.at) >= 4
        and _bare(text.sentence(i))
        and not re.match("(?:He|She|They|It|His|Her|Their) ", text.sentence(i))
        and not own & _long_words(text.sentence(i))
    ]
    if not far:
        return None
    index = random.choice(far)
    reason = lower_first(text.sentence(index), text.text)
    return Made(f"{scene.sentence[:-1]} because {reason}", (Place(text, index),))


@pattern("invented cause", "a")
def a_and_becomes_because(scene: Scene, random: Random) -> str | None:
    """Of two statements joined by a comma and "and" the second becomes the reason of the first."""
    subject = r"(?:he|she|they|it|the [a-z]+|his [a-z]+|her [a-z]+|their [a-z]+|[A-Z][a-z]+) (?:was|were|is|are|had|has|have|will|did|does)\b"
    match = re.fullmatch(rf"([^\"“”]{{25,}}), (and|while) ({subject}[^\"“”]{{12,}})\.", scene.sentence)
    return put(scene.sentence, match, "because", 2) if match else None


def _bare(sentence: str) -> bool:
    """A short statement without quotation, conjunction or cause of its own."""
    return (
        len(sentence.split()) <= 18
        and sentence.endswith(".")
        and not re.search(
            r"[\"“”;:?(]|\b(?:because|since|so|as|due|after|led|if|but|also|however|this|that|these|those|said|says)\b",
            sentence,
            re.I,
        )
        and bool(re.match(r"(?:The|A|An|He|She|They|It|His|Her|Their|[A-Z][a-z]+ [A-Z][a-z]+) ", sentence))
    )


def _long_words(sentence: str) -> set[str]:
    return set(re.findall(r"\w{4,}", sentence.lower()))
