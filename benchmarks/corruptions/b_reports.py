"""Corrupting patterns of set b, held out: attribution and direction."""

from __future__ import annotations

import re
from random import Random

from benchmarks.corruptions.scenes import Patterns, Scene
from benchmarks.corruptions.words import both_ways, follows, one_way, outside_quotes, pick, put, swap_word

B = Patterns("b")

# lost attribution


@B.of("lost attribution")
def claim_told_as_fact(scene: Scene, random: Random) -> str | None:
    """He claims that X becomes X."""
    verbs = (
        "claims|claimed|alleges|alleged|argues|argued|believes|believed|insists|insisted|estimates|estimated|suggested"
        "|suggests|warned|predicted|contends|contended|maintains|maintained|think|believe|say|argue"
    )
    subject = (
        "the|he|she|it|they|there|his|her|their|many|some|more|most|no|all|women|men|people|police|officials|two|three"
    )
    match = re.fullmatch(
        rf"[A-Z][\w.’'-]*(?: (?!who\b|which\b|when\b|if\b)[\w.’'-]+){{0,6}} (?:{verbs})(?: that)?"
        rf" ((?:{subject}) [^\"“”]{{25,}}\.)",
        scene.sentence,
    )
    if match is None or re.match("I ", scene.sentence) or re.search(r"\b(?:said|says)\b", match[1]):
        return None
    if re.search(r"\b(?:not|never|no one|few)\b|n[’']t\b", scene.sentence[: match.start(1)]):
        return None
    return match[1][0].upper() + match[1][1:]


@B.of("lost attribution")
def inserted_attribution_dropped(scene: Scene, random: Random) -> str | None:
    """ "The men, police said, had fled" becomes "The men had fled"."""
    who = r"(?:(?:the|an?|his|her|its|their) )?(?!I\b)[\w.’'-]+(?: [\w.’'-]+){0,4}"
    said = "(?:said|says|say|believes?|claims?|claimed|alleged?)(?: [A-Z][a-z]+day)?"
    further = r"(?= (?!the\b|an?\b|who|which|director|spokes|head|chief|adding|noting|citing)[a-z])"
    found = outside_quotes(scene.sentence, rf", (?:{who} {said}|according to [^,]{{3,50}}),{further}")
    found = [m for m in found if not re.search(r"\b(?:who|which|and|but|that|as)\b", m.group())]
    return put(scene.sentence, found[0], "") if len(found) == 1 and not re.search('["“]', scene.sentence) else None


@B.of("lost attribution")
def closing_according_to_dropped(scene: Scene, random: Random) -> str | None:
    match = re.fullmatch(r"([^\"“”]{40,}?),? according to [^,\"“”]{3,90}\.", scene.sentence)
    if match is None or re.search(r"\b(?:said|says)\b|\b(?:and|but|for|while)$", match[1]):
        return None
    return match[1] + "."


@B.of("lost attribution")
def quotation_told_as_fact(scene: Scene, random: Random) -> str | None:
    """ "It is dangerous," Ann said. becomes It is dangerous."""
    speaker = r"(?:[\w.’'-]+(?: [\w.’',-]+){0,12} (?:said|says|added)|(?:said|says|added) [^\"“”]+)"
    match = re.fullmatch(rf"[\"“]([^\"“”]{{40,}}?),[\"”] {speaker}\.", scene.sentence)
    of_the_speaker = r"\b(?:I|we|you|my|our|your|us|me|let|this|these|that)\b|I[’']|[?!]"
    return match[1] + "." if match and not re.search(of_the_speaker, match[1], re.I) else None


# swapped direction


@B.of("swapped direction")
def from_and_to_swapped(scene: Scene, random: Random) -> str | None:
    """From 5 to 10 becomes from 10 to 5."""
    amount = r"([$£€]?\d[\d,.]*\d(?:m|bn|%)?(?: (?:million|billion|percent|per cent))?|[$£€]?\d)"
    form = rf"\b(?:from {amount}(?: [a-z]+){{0,5}},? to|to {amount}(?: [a-z]+){{0,4}},? from) {amount}(?!\d)"
    match = pick(outside_quotes(scene.sentence, form), random)
    if match is None or follows(match, r"rang\w+|aged?|ages|anywhere|vari\w+|runs?|open|between|everything"):
        return None
    group = 1 if match[1] else 2
    if match[group] == match[3] or re.fullmatch(r"(?:19|20)\d\d", match[3]):
        return None
    between = scene.sentence[match.end(group) : match.start(3)]
    return scene.sentence[: match.start(group)] + match[3] + between + match[group] + scene.sentence[match.end(3) :]


@B.of("swapped direction")
def before_becomes_after(scene: Scene, random: Random) -> str | None:
    what = "(?:the|his|her|a|an|he|she|they|it|its|their|police|being|[a-z]+ing)"
    found = outside_quotes(scene.sentence, rf"(?<=[a-z] )(?:before|after)(?= {what} )")
    spans = "(?:day|night|week|month|year|hour|minute)s?|shortly|soon|long|right|immediately|just|even|ever|until"
    verbs = "look(?:s|ing|ed)?|named?|c[oa]mes?|brought|appear(?:ed|ing)?|go|t[oa]ke|took"
    if len(found) != 1 or follows(found[0], f"{spans}|{verbs}"):
        return None
    return put(scene.sentence, found[0], {"before": "after", "after": "before"}[found[0].group()])


_EXTREMES = both_ways(
    "best/worst;largest/smallest;biggest/smallest;oldest/youngest;longest/shortest;strongest/weakest;richest/poorest"
    ";earliest/latest;fastest/slowest;cheapest/most expensive;deadliest/least deadly;easier/harder;better/worse"
    ";stronger/weaker;older/younger;faster/slower;earlier than/later than;bigger/smaller;majority/minority"
    ";maximum/minimum;closer to/farther from;more likely/less likely;most likely/least likely"
) | one_way("the most/the least;most popular/least popular;most powerful/least powerful;newest/oldest;greatest/least")


@B.of("swapped direction")
def most_becomes_least(scene: Scene, random: Random) -> str | None:
    """The largest becomes the smallest."""
    idioms = (
        r"\b(?:no|any) (?:longer|better)|at (?:best|worst|the (?:latest|earliest))|for the (?:better|worse|most)"
        r"|(?:better|best) known|had better|year|[Bb]est[- ](?:seller|selling|actor|picture|practice)"
    )
    return None if re.search(idioms, scene.sentence, re.I) else swap_word(scene.sentence, _EXTREMES, random)


_DEEDS = both_ways(
    "bought/sold;opened the/closed the;joined/quit;north of/south of;east of/west of;northern/southern;eastern/western"
    ";northeast/southwest;northwest/southeast;praised/condemned;lent/borrowed;lifted/imposed;freed/jailed;buying/selling"
    ";pushed/pulled;inside/outside;upheld/overturned;allowing/preventing;allows/prevents;strengthen/weaken"
    ";increase the/reduce the;reduced the/increased the;loves/hates;loved/hated;Republican/Democratic"
    ";Republicans/Democrats;male/female;convicted/acquitted"
) | one_way("destroyed/rebuilt;banned/legalized;criticized/praised;arrested/released;killed/saved;suspended/reinstated")


@B.of("swapped direction")
def opposite_deed(scene: Scene, random: Random) -> str | None:
    """Bought becomes sold, north of south of, upheld overturned."""
    if re.search(r"\b(?:found inside|arrested and|outside of|South|North)\b", scene.sentence):
        return None
    return swap_word(scene.sentence, _DEEDS, random)
