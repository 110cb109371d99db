"""Corrupting patterns of set a, whose cases may be looked at: negation, hedges, attribution and direction."""

from __future__ import annotations

import re
from random import Random

from benchmarks.corruptions.scenes import Patterns, Scene
from benchmarks.corruptions.words import COUNTS, SPOKEN, both_ways, inside_quotes, one_way, pick, put, swap_word

A = Patterns("a")


# negation


@A.of("negation")
def not_put_in(scene: Scene, random: Random) -> str | None:
    """Was becomes was not: the first auxiliary outside quotations of a sentence without negation or question."""
    if re.search(
        r"\b(?:not|no|never|nor|neither|nothing|nobody|none|whether|if|only|without|unless|because|until|but)\b"
        r"|n[’']t\b",
        scene.sentence,
        re.I,
    ):
        return None
    match = re.search(
        r"(?<=[a-z] )(?:was|were|is|are|will|has|have|had|can|could|would|should)(?= (?!an? |the |many |also"
        r" )[a-z]+)",
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


@A.of("negation")
def not_taken_out(scene: Scene, random: Random) -> str | None:
    """Was not becomes was, didn't becomes did."""
    if re.search(
        r"\b(?:yet|until|any\w*|either|even|just|only|because|least|unless|much|nor|neither|whether|if|but"
        r"|necessarily|longer|would)\b",
        scene.sentence,
        re.I,
    ):
        return None
    found = [
        m
        for m in re.finditer(
            r"\b(?:(was|were|is|are|will|has|have|had|did|does|do|could|should) not|(was|were|is|are|has|have"
            r"|had|did|does|do|could)n[’']t|(can)not) (?=[a-z]+)",
            scene.sentence,
        )
        if not inside_quotes(scene.sentence, m.start())
    ]
    match = pick(found, random)
    return put(scene.sentence, match, f"{match[1] or match[2] or match[3]} ") if match and len(found) == 1 else None


# lost hedge


@A.of("lost hedge")
def may_becomes_will(scene: Scene, random: Random) -> str | None:
    if re.search(r"\bmay or may not\b|\b(?:how|what|who|which) ", scene.sentence):
        return None
    found = [
        m
        for m in re.finditer(
            r"(?<=[a-z] )(?:may|might|could)(?= (?!have|not|well|be able|soon|be seen|see|hear|be heard|be"
            r" easily|lack)[a-z]+)",
            scene.sentence,
        )
        if not inside_quotes(scene.sentence, m.start())
        and not re.search(
            r"\b(?:so|if|before|until|doubt\w*|worr\w*|fear\w*|concern\w*|suggest\w*|wonder\w*|determine|that he"
            r"|that she|that they)\b",
            scene.sentence[: m.start()],
        )
    ]
    match = pick(found, random)
    return put(scene.sentence, match, "will") if match else None


@A.of("lost hedge")
def adverb_of_doubt_dropped(scene: Scene, random: Random) -> str | None:
    """Allegedly, reportedly, possibly, suspected... is left out."""
    # Where a speaker or a suit remains, the doubt is not all gone.
    if re.search(rf"\b(?:{SPOKEN}|according|accus\w+|charg\w+|lawsuit|suit|sued|suing|claim\w*)\b", scene.sentence):
        return None
    words = (
        "allegedly|reportedly|apparently|possibly|probably|perhaps|presumably|supposedly|alleged|suspected"
        "|purportedly|purported|supposed"
    )
    found = [
        m
        for m in re.finditer(
            rf"(?<=[a-z] )(?:{words}) (?!of\b|to\b|that\b|in\b|by\b|not\b|because\b)(?=[a-z])", scene.sentence
        )
        if not inside_quotes(scene.sentence, m.start())
        and not re.search(r"\b(?:most|an?|or|as|for|n[’']t|not|were|was|are|is) $", scene.sentence[: m.start()])
    ]
    match = pick(found, random)
    return put(scene.sentence, match, "") if match and len(found) == 1 else None


# lost attribution


@A.of("lost attribution")
def closing_attribution_dropped(scene: Scene, random: Random) -> str | None:
    """ "..., police said." is left out."""
    match = re.fullmatch(
        rf"([^\"“”]{{40,}}), ((?:[A-Z][\w.’'-]+|the|an?|his|her|officials|police|authorities|prosecutors"
        rf"|investigators)(?: [\w.’'-]+){{0,5}} )?{SPOKEN}(?: [\w.’',-]+){{0,5}}\.",
        scene.sentence,
    )
    if match is None or re.search(rf"\b{SPOKEN}\b", match[1]):
        return None
    return match[1] + "."


@A.of("lost attribution")
def opening_attribution_dropped(scene: Scene, random: Random) -> str | None:
    """ "Police said that ..." and "According to police, ..." are left out."""
    match = re.fullmatch(
        r"(?:(?:[A-Z][\w.’'-]+(?: [\w.’'-]+){0,5} (?:said|says)(?: (?:on )?(?:[A-Z][a-z]+day|yesterday"
        r"|today))?(?: that)?)|According to [^,]{3,60},)"
        r" ((?:the|an?|he|she|it|they|there|his|her|their|police|officials|more|two|three|some|[A-Z][a-z]+)"
        r" [^\"“”]{30,})",
        scene.sentence,
    )
    if match is None or re.match(r"\w+ (?:wish|belie|think|thought|hope|feel|felt|want)", match[1]):
        return None  # What the speaker says of his own mind.
    if re.search(r"\b(?:if|when|in|as|what|who) ", scene.sentence[: match.start(1)][:25]):
        return None
    return match[1][0].upper() + match[1][1:]


# swapped direction

_TURNS = both_ways(
    "rose/fell;increased/decreased;increase/decrease;higher/lower;highest/lowest;gained/lost;up from/down from"
    ";more than/fewer than;grew by/shrank by"
    ";growing/shrinking;increases/decreases;increasing/decreasing;gains/losses;larger/smaller;up to/down to;rise"
    " in/drop in"
    ";above/below;winning/losing;won/lost;jumped/plunged;soared/plummeted;accelerated/slowed;strengthened/weakened"
)
_TURNS.update(
    one_way(
        "rising/falling;less than/more than;over/under;surged/slumped;drop in/rise in;decline in/rise in"
        ";improved/worsened;doubled/halved"
    )
)


@A.of("swapped direction")
def up_becomes_down(scene: Scene, random: Random) -> str | None:
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
            re.search((rf"\b{k}\b"), scene.sentence) and re.search(rf"\b{v}\b", scene.sentence)
            for k, v in table.items()
        )
        else None
    )


@A.of("swapped direction")
def more_becomes_less(scene: Scene, random: Random) -> str | None:
    """More than 50 becomes less than 50, at least becomes at most."""
    table = one_way(
        "more than/less than;less than/more than;fewer than/more than;at least/at most;over/under;under/over"
        ";nearly/more than;almost/more than"
    )
    found = [
        m
        for m in re.finditer(rf"\b({'|'.join(table)}) (?=[$£€]?\d|a dozen|{'|'.join(COUNTS)})", scene.sentence, re.I)
        if not inside_quotes(scene.sentence, m.start())
    ]
    match = pick(found, random)
    return put(scene.sentence, match, table[match[1].lower()], 1) if match else None
