"""Verbs of English sentences, by their form and by what stands around them.

No list holds all verbs, and many are nouns as well (*exports*, *walk*). But a noun is seldom followed by an article
or a number, so a word between a noun and those is taken for a verb: *Masra exports 4 million tonnes*.
"""

from __future__ import annotations

import re

# Verbs that are no nouns, and no plurals of nouns with an s.
_ONLY_VERBS = """\
accept accommodate achieve acquire adapt adjust admit adopt advise appoint approve arise arrive assess assist
assume attend attract avoid ban become behave bury carry celebrate choose collect combine communicate compete
complain comply comprise conclude confirm connect consider construct consume convince cope create cultivate decide
decorate defend define deliver demonstrate derive describe deserve destroy detain determine develop differ
disappear discover discuss dismiss dissolve distribute divide dominate donate earn eat elect eliminate emerge
employ enable encourage endorse enforce enjoy enter establish evolve examine exceed expand explore forbid forget
generate govern grow hang happen hear hesitate identify ignore implement imply impose improve incline include
increase inherit insist inspire install intend introduce invent invite involve join justify learn lend locate
maintain manufacture migrate modify obey obtain occupy occur operate oppose organi[sz]e originate overflow overlook
oversee participate perform persuade possess precede predict prefer prepare prevent proceed prohibit promote
protect prove publish pursue receive recogni[sz]e recommend recover recruit reduce reflect regulate reject relate
rely remember remind remove renew replace resemble reside resign resolve restore resume retain retire reveal
revolve satisfy shorten sing sit speak specialise succeed suffer supervise surround survive suspend swim teach tend
threaten tolerate transmit undergo unite vary weigh widen withdraw""".split()
_IRREGULAR = """\
arose ate awoke beat bent bit bled blew bore bred burst clung cost crept dealt defeats dove drank dug fled forbade
foresaw forgave forgot froze hails hid hung hurt kept lay leapt lent lit meant overcame overran oversaw overthrew
overtook rang rode sang shed shone shook shot shrank shut slept slid spat sped split sprang spread spun stole stuck
stung swam swore swung taught tore understood undertook underwent upheld wept withdrew withheld woke wore
wove""".split()
_NO_VERB = (
    r"(?:of|in|on|at|by|for|from|with|after|before|during|despite|since|until|till|under|about|over|through|into|onto|than"
    r"|and|or|but|nor|as|to|the|an?|its|his|her|their|our|my|your|this|that|these|those|all|both|half|each|every|no|not"
    r"|near|between|among|across|behind|besides?|against|along|around|beyond|without|within|outside|inside|above|below"
    r"|including|like|plus|minus|per|via|right|left|who|whose|which|when|where|while|because|if|so|then|there|here|only"
    r"|just|even|some|any|many|more|most|several|such|what|how|why|last|next|first|nearly|almost|up|down|off|out|versus|upon"
    r"|towards?|except|throughout|following|amid|alongside|once|again|nor|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|today|yesterday|tomorrow|days?|nights?|weeks?|months?|years?|mornings?|afternoons?|evenings?"
    r"|page|chapter|section|part|level|group|phase|route|highway|flight|room|number|aged?|top|magnitude|season|nr"
    r"|\w+ing|\w+ly|\w*\d\w*)"
)
_OBJECT = (
    r"(?:the|an?(?!\s(?:second|minute|hour|night|day|week|month|year|head|piece|person|litre|liter|kilo|tonne|ton|barrel)\b)"
    r"|its|his|her|their|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens"
    r"|hundreds|thousands|millions|half|nearly|almost|about(?=\s\d)|more\sthan|at\sleast|up\sto|many|some|several"
    r"|[\d.,]*\d(?=[\s%–-]))"
)
_FORMS = [rf"{verb[:-1]}(?:y|ies)" if re.search("[^aeiou]y$", verb) else rf"{verb}(?:e?s)?" for verb in _ONLY_VERBS]
_LISTED = re.compile(rf"\b(?<!\ba )(?<!\ban )(?<!\bthe )(?<!\bof )(?<!\bto )(?:{'|'.join((*_FORMS, *_IRREGULAR))})\b")
_BEFORE_OBJECT = re.compile(rf"\b(?!{_NO_VERB}\b)[^\W\d][\w’'.-]*\s(?!{_NO_VERB}\b)[a-z]{{3,}}\s{_OBJECT}(?!\w)")
# "Masra usually exports wheat."
_AFTER_ADVERB = re.compile(
    rf"\s(?:usually|always|often|never|rarely|seldom|sometimes|regularly|normally|typically)\s(?!{_NO_VERB}\b)[a-z]{{3,}}\b"
)


def states_plainly(low: str) -> bool:
    """Whether the English sentence ``low``, in small letters, has a verb by one of these signs."""
    return bool(_LISTED.search(low) or _BEFORE_OBJECT.search(low) or _AFTER_ADVERB.search(low))
