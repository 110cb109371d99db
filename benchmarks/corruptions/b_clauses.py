"""Corrupting patterns of set b, held out: negation and hedges."""

from __future__ import annotations

import re
from random import Random

from benchmarks.corruptions.scenes import Patterns, Scene
from benchmarks.corruptions.words import any_of, both_ways, follows, one_way, outside_quotes, pick, put

B = Patterns("b")
_NEGATED = re.compile(
    r"\b(?:not|no|never|nor|neither|nothing|nobody|none|without|few|hardly|unless|whether|if)\b|n[’']t\b", re.I
)

# negation

_NONE = one_way(
    "no one/everyone;nobody/everybody;none of/all of;never/often;neither of/both of;no evidence/clear evidence"
    ";no plans/plans;no comment/a long comment;no decision/a decision;no injuries/several injuries"
    ";no reason/every reason;no sign/a clear sign;no idea/a clear idea;no way/an easy way;no doubt/some doubt"
    ";no signs/clear signs;no reports/several reports;no immediate/an immediate;no charges/several charges"
    ";no arrests/several arrests;no right/every right;no intention/every intention;no interest/a strong interest"
    ";no link/a clear link;no longer/still;no other/many other;no more/many more;no role/a major role"
    ";no effect/a strong effect;no need/an urgent need;no history/a long history;no apparent/an apparent"
)


@B.of("negation")
def none_becomes_some(scene: Scene, random: Random) -> str | None:
    """No evidence becomes clear evidence, nobody everybody, never often."""
    found = outside_quotes(scene.sentence, rf"{any_of(_NONE)}(?! than\b| but\b| matter\b| mind\b| before\b)")
    match = pick(
        [m for m in found if m[1] != "no one" or re.match(" (?:[a-z]+ed|[a-z]{2,5}) ", m.string[m.end() :])], random
    )
    if match is None or len(_NEGATED.findall(scene.sentence)) > 1 or follows(match, "is"):
        return None
    return put(scene.sentence, match, _NONE[match[1]])


_REFUSALS = both_ways(
    "agreed to/refused to;agrees to/refuses to;accepted/rejected;approved/rejected;was able to/was unable to"
    ";were able to/were unable to;is able to/is unable to;are able to/are unable to;supported the/opposed the"
    ";supports/opposes;willing to/unwilling to;allowed to/forbidden to;confirmed that/denied that"
    ";confirmed the/denied the"
) | one_way(
    "declined to comment/commented at length;refused to comment/commented at length;failed to/managed to"
    ";managed to/failed to;declined to/agreed to;fails to/manages to;unable to/able to;not guilty/guilty"
    ";pleaded guilty/pleaded not guilty;found guilty/found not guilty;denies/admits;deny/admit;denied/admitted"
    ";admitted/denied;acknowledged/denied;rejects/accepts;refuse to/agree to;decided to/decided not to"
    ";chose to/chose not to;promised to/refused to;threatened to/promised not to;vowed to/refused to"
    ";continued to/stopped trying to;likely to/unlikely to;unlikely to/likely to;unlikely/likely;illegal/legal"
    ";impossible/possible;unclear/clear;innocent/guilty;unaware of/aware of;unhappy/happy"
)


@B.of("negation")
def verb_of_refusal_turned(scene: Scene, random: Random) -> str | None:
    """Agreed to becomes refused to, denied admitted, failed to managed to."""
    match = pick(outside_quotes(scene.sentence, any_of(_REFUSALS)), random)
    if match is None or _NEGATED.search(scene.sentence.replace("not guilty", "")) or follows(match, "an|more"):
        return None
    if match[1] == "admitted" and scene.sentence[match.end() :].startswith(" to "):
        return None  # To a hospital.
    return put(scene.sentence, match, _REFUSALS[match[1]])


@B.of("negation")
def contracted_not_put_in(scene: Scene, random: Random) -> str | None:
    """The last auxiliary of the sentence gets a contracted not."""
    if _NEGATED.search(scene.sentence) or re.search(r"\b(?:only|because|until|but|since|before)\b", scene.sentence):
        return None
    auxiliary = "(?:was|were|is|are|has|have|had|could|would|should|did|does)"
    found = outside_quotes(scene.sentence, rf"(?<=[a-z] ){auxiliary}(?= (?!an? |the |many |also |to )[a-z]+)")
    found = [m for m in found if not follows(m, "what|who|how|as|than|so|there|when|where|why|to|that|which")]
    return put(scene.sentence, found[-1], found[-1].group() + "n't") if found else None


# lost hedge


@B.of("lost hedge")
def plan_becomes_certain(scene: Scene, random: Random) -> str | None:
    """Hopes to, is expected to, is likely to become will."""
    who = r"(?:(?<=\b[Hh]e )|(?<=\b[Ss]he )|(?<=\b[Ii]t )|(?<=\bwho )|(?<=[A-Z][a-z]{4} ))"
    plans = rf"{who}(?:plans|hopes|intends|expects|aims)"
    being = "(?<=[a-z] )(?:is|are) (?:expected|likely|planning|hoping|trying)"
    found = outside_quotes(scene.sentence, rf"(?:{plans}|{being}) to(?= (?!be able|have|know|see|make sure)[a-z]+)")
    match = pick(
        [m for m in found if not follows(m, r"(?:if|unless|not|that|what|no one|when)(?: [\w ]{1,20})?")], random
    )
    return put(scene.sentence, match, "will") if match else None


_ATTEMPTS = one_way(
    "tried to/managed to;attempted to/managed to;sought to/managed to;trying to/managing to;attempting to/managing to"
    ";accused of/convicted of;charged with/convicted of;suspected of/guilty of;suspect in/culprit in"
    ";arrested on suspicion of/convicted of;arrested for/convicted of;hoped to/managed to;planned to/went on to"
    ";wanted to/went on to;offered to/went on to;threatened to/went on to;urged/forced;proposed/adopted"
)
_ACTIVE = ("hoped to", "planned to", "wanted to", "offered to", "threatened to", "urged", "proposed")


@B.of("lost hedge")
def attempt_becomes_success(scene: Scene, random: Random) -> str | None:
    """Tried to becomes managed to, charged with convicted of."""
    match = pick(outside_quotes(scene.sentence, rf"(?<=[a-z] ){any_of(_ATTEMPTS)}"), random)
    if match is None or follows(match, r"(?:not|never|no|without|as|when|if|n[’']t)(?: \w+){0,2}"):
        return None
    if match[1] in _ACTIVE and follows(match, "have|has|had|was|is|are|were|be|been|who|a|the"):
        return None
    return put(scene.sentence, match, _ATTEMPTS[match[1]])


@B.of("lost hedge")
def belief_becomes_fact(scene: Scene, random: Random) -> str | None:
    """Is believed to have becomes has, appears to be becomes is."""
    verb = "believed|thought|said|reported|rumored|understood|estimated|alleged|presumed|suspected"
    form = rf"\b(?:(?P<one>is (?:{verb})|appears|seems)|are (?:{verb})|appear|seem) to (?P<verb>be|have)\b(?= )"
    match = pick(outside_quotes(scene.sentence, form), random)
    if match is None or follows(
        match, r"(?:if|when|might|may|could|would|not|doesn[’']t|don[’']t|that|which|who|what)(?: an? \w+)?"
    ):
        return None
    new = {"be": ("are", "is"), "have": ("have", "has")}[match["verb"]]
    return put(scene.sentence, match, new[bool(match["one"])])


_QUESTIONS = one_way(
    "not clear if/clear that;not clear whether/clear that;unclear if/clear that;unclear whether/clear that"
    ";not known if/known that;investigating whether/certain that;examining whether/certain that"
    ";looking into whether/certain that;trying to determine whether/certain that;trying to determine if/certain that"
    ";not say whether/say that;not say if/say that;not know if/know that;not know whether/know that"
    ";not sure if/sure that"
    ";not sure whether/sure that;question whether/conclude that;questioned whether/concluded that;asked if/said that"
    ";asked whether/said that;wondered if/knew that;wondered whether/knew that;doubts that/believes that"
    ";determine whether/prove that;determine if/prove that;evaluate whether/prove that"
)


@B.of("lost hedge")
def question_becomes_answer(scene: Scene, random: Random) -> str | None:
    """It is unclear whether X becomes X; are investigating whether becomes are certain that."""
    if "or not" in scene.sentence or "or whether" in scene.sentence:
        return None
    unclear = r"(?:unclear|not clear|not yet clear|not known|not immediately clear|unknown|uncertain)(?: \w+)?"
    whole = re.fullmatch(
        rf"(?:But )?[Ii]t(?:['’]s| is| was| remains| remained)? {unclear} (?:if|whether) ([^\"“”]{{20,}}\.)",
        scene.sentence,
    )
    if whole:
        return whole[1][0].upper() + whole[1][1:]
    match = pick(outside_quotes(scene.sentence, rf"{any_of(_QUESTIONS)}(?= (?!to\b|you))"), random)
    if match is None or (match[1].startswith("asked") and follows(match, "when|was|were|been|be|is|are")):
        return None
    if _QUESTIONS[match[1]] == "certain that" and not follows(match, "is|are|was|were"):
        return None
    return put(scene.sentence, match, _QUESTIONS[match[1]])


@B.of("lost hedge")
def some_becomes_all(scene: Scene, random: Random) -> str | None:
    """Some experts become all experts, most of them all of them."""
    whose = r"of (?:the|his|her|its|their|them)\b"
    found = outside_quotes(
        scene.sentence, rf"(?<![\w-])([Ss]ome|[Mm]any|[Mm]ost)(?= (?:{whose}|[a-z]+s\b(?! ago| later| of )))"
    )
    spans = " (?:times|years|days|weeks|months|hours|minutes|decades|miles|ways|others|has|was|is)\\b"
    found = [m for m in found if not re.match(spans, scene.sentence[m.end() :])]
    match = pick([m for m in found if not follows(m, "the|how|as|so|too|that|these|those|for|at|in|one|very")], random)
    return put(scene.sentence, match, "all") if match else None
