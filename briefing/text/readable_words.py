"""Words by which a sentence leans on the one before it, for English, German, French and Spanish."""

from __future__ import annotations

import re
from typing import NamedTuple

_TIMES_EN = (
    "week weekend month year morning afternoon evening night day days summer winter spring autumn fall season "
    "century decade quarter time monday tuesday wednesday thursday friday saturday sunday january february march "
    "april may june july august september october november december"
)


class Leaning(NamedTuple):
    """Patterns of one language; case does not matter.

    ``opening`` matches at the start of a sentence, ``inside`` (asked of small letters) anywhere outside quotations,
    ``exempt`` at the start where the opening only looks like a pronoun (*it is not clear whether*), ``person`` words
    of a writer who says *I* or addresses the reader, ``speaker`` what follows a quotation that does not name who spoke.
    """

    opening: re.Pattern[str]
    inside: re.Pattern[str]
    exempt: re.Pattern[str]
    person: re.Pattern[str]
    speaker: re.Pattern[str]


def _any(words: str) -> str:
    """One group that matches any of ``words``, which are divided by white space; ``_`` stands for a blank."""
    return "(?:" + "|".join(w.replace("_", r"\s+") for w in words.split()) + ")"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


NEVER = re.compile(r"(?!)")

# Nouns that name somebody or something told before when they stand bare behind "the".
ROLES_EN = _any(
    "man woman men women boy girl boys girls child children teen teenager couple pair duo trio suspects? victims? "
    "accused defendants? driver shooter gunman gunmen attackers? assailants? killer actor actress singer star rapper "
    "officer officers agent company firm bank airline agency organi[sz]ation group site website app team club "
    "attacks? incident accident crash shooting shootings explosion blast fire blaze killings? murders? assault arrest "
    "raid case trial lawsuit suit complaint investigation probe decision ruling verdict move measure bill law plan "
    "proposal deal agreement announcement statement remarks? comments? report study survey poll letter email message "
    "tweet post video clip footage photo photos image images film movie song album book show episode event meeting "
    "storm hurricane earthquake quake disease virus outbreak plane aircraft flight ship boat vessel car vehicle truck "
    "bus train building house school store item product device phone service program programme project system family "
    "mother father parents sons? daughters? brothers? sister husband wife former latter others? rest same latest "
    "researchers scientists authors findings results figures? numbers? change changes allegations? claims? charges? "
    "crime offen[cs]e body bodies remains dog cat animal animals player coach researcher scientist patient "
    "candidate candidates politician senator congressman congresswoman nominee lawmaker billionaire businessman "
    "problem issue question answer idea effort process situation crisis scandal controversy debate dispute incident "
    "officials protesters workers residents passengers rescuers soldiers survivors witnesses reporters "
    "tragedy disaster ordeal encounter altercation confrontation standoff announcement revelation news"
)
# What may stand between "the" and such a noun without telling which one is meant.
_VAGUE_EN = _any(
    "two three four five six seven eight nine ten other same whole entire new latest first second third last deadly "
    "fatal alleged young old elderly late injured dead"
)

_ENGLISH = Leaning(
    opening=_pattern(
        "(?:"
        + _any(
            "he she they it him her them his hers their theirs its this that these those such himself herself itself "
            "themselves but and or nor so(?!_far) yet however also too meanwhile moreover furthermore nevertheless "
            "nonetheless instead still(?=,) then thus therefore hence besides additionally similarly likewise "
            "otherwise consequently afterwards? later there(?=,) here again(?=,) indeed finally lastly firstly "
            "secondly thirdly "
            "yes no(?=,) well(?=,) wow oh hey okay sure "
            "turns_out a_(?:second|third|fourth|further|similar|separate) plus "
            "another(?!_\\w+_(?:of|in|at)) others? neither either ditto regardless "
            "in_addition in_contrast by_contrast in_comparison in_turn in_response(?=,) in_return(?=,) in_fact "
            "in_short "
            "in_other_words in_that_case in_the_end in_doing_so in_the_meantime in_both in_each in_all(?=,) "
            "on_the_other_hand on_the_contrary on_top_of_that on_the_one_hand on_one_hand for_example for_instance "
            "for_one(?=,) for_their_part for_his_part for_her_part for_its_part as_a_result as_such as_well as_for "
            "of_course of_those of_these of_them at_the_same_time at_that_point at_one_point at_the_time(?!_of) "
            "at_first(?=,) "
            "after_that after_this before_that by_then by_that_time since_then until_then even_so even_then "
            "even_now(?=,) "
            "that_said to_that_end to_do_so to_do_that to_be_sure not_only_that most_of_them some_of_them one_of_them "
            "all_of_them many_of_them both(?!_(?:houses|chambers|parties|sides_of)) none_of_(?:them|the) each_of_them "
            "one(?=_(?:was|is|says?|said|had|has|of_those|such)) some(?=,|_(?:were|are|say|said|have|had|do|don)) "
            "as_a_consequence "
            "others many(?=_(?:were|are|say|said|have|had)) most(?=_(?:were|are|have|had)) "
            "the_(?:next|following|same)_(?:day|night|morning|week|month|year|afternoon|evening) "
            "(?:\\w+_){1,3}(?:later|afterwards?|earlier)(?=,) (?:a|two|three|\\d+)_\\w+_later "
            "(?:moments|minutes|hours|days|weeks|months|years)_(?:later|earlier|after_that) all_this all_that "
            "among_them among_those because_of_(?:this|that) despite_(?:this|that|it|these|those) "
            "unlike_(?:him|her|them|it) like_(?:him|her|them|it|many) with_(?:that|this) then(?=,) "
            "the_(?:\\d+|\\w+(?:-\\w+)?)-year-old(?!(?:_\\w+){0,4}_(?-i:[A-Z]))"
        )
        + r")(?!\w|['’]\w{3})"
    ),
    inside=re.compile(
        rf",\s+(?:however|though|too|meanwhile|therefore|then|for instance|for example|in turn|in fact|instead),"
        rf"|,?\s+(?:too|as well|though|instead|either)[.!]?$"
        rf"|^(?:\S+\s+){{1,9}}also\b"
        rf"|,\s+(?:he|she|they|it)\s+(?:said|says|adds|told|wrote|(?:add|argu|claim|conced|conclud"
        rf"|continu|explain|insist|not|recall|repli|warn)ed)\b[^,]*$"
        rf"|\b(?:this|these)\b(?!\s+(?:past\s+|coming\s+|last\s+)?{_any(_TIMES_EN)}\b)"
        rf"|\b(?:in|on|at|by|for|from|with|after|before|during|despite|since|until|under|like|about|to|of|doing|did|do"
        rf"|said|says)\s+(?:that|those|it|them|him|such)(?=[.,;]|$)"
        rf"|\b(?:at|on|in|from|during|for|after|before|by)\s+that\s+(?:{_any(_TIMES_EN)}|point|case|moment|period)\b"
        rf"|\b(?:thereafter|afterwards?|shortly after|soon after|(?:days?|weeks?|months?|years?|hours"
        rf"|minutes) later)[.]?$"
        rf"|\bhere\b|\bthere\b(?!\s+(?:\w+ly\s+)?(?:is|are|was|were|has|have|had|will|would|may|might|could|can|must"
        rf"|should|be|been|being|remains?|remained|exists?|seems?|appears?|came|comes)\b|['’])"
        rf"|^(?:\S+\s+){{0,6}}of\s+(?:it|them)\b"
        rf"|\bthat\s+(?:reason|way|kind|sort|end|fact|approach)\b"
        rf"|\b(?:aforementioned|abovementioned|the latter|the former(?=[,.]|\s+(?:was|is|said)))\b"
        rf"|\bsuch\s+an?\b|\bdid so\b|\bdoing so\b|\bthe others?\b|\bthe same\b(?!\s+\w+\s+as\b)"
    ),
    exempt=_pattern(
        r"it(?:\s+(?:is|was|remains|remained|seems|seemed|appears|appeared|became|may|might|could|would|will|be|not|"
        r"also|still)|['’]s|\s+(?:is|was)n['’]t)+\s+(?:\w+ly\s+|yet\s+|as\s+)?[\w-]+\s+(?:that|whether|if|how|why"
        r"|when|who|"
        r"what|where|to)\b"
        r"|it\s+(?:takes|took|emerged|turned out|turns out|follows)\b"
        rf"|this\s+(?:past\s+|coming\s+|last\s+)?{_any(_TIMES_EN)}\b|those\s+(?:who|whose|with|without|in|on|at|from)\b"
    ),
    person=re.compile(
        r"(?<![A-Z]\s)(?<![A-Za-z]\s[A-Z]\s)\bI(?:['’](?:m|ve|d|ll))?\b(?![.\w-])|(?i:\b(?:we|we['’](?:re|ve|ll|d)"
        r"|our|ours|me|my|mine|"
        r"myself|ourselves|you|you['’](?:re|ve|ll|d)|your|yours|yourself|let['’]s)\b)|\bus\b"
        r"|^(?i:please|don['’]t|do not)\b|^(?i:(?:never|add|bring|buy|check|choose|click|consider|cook|cover|cut|drain"
        r"|find|get"
        r"|give|go|heat|imagine|keep|leave|let|look|make|meet|mix|note|place|pour|put|read|remember|remove|see|send"
        r"|serve|set|stir|take|tell|think|try|turn|use|visit|watch)"
        r"\s+(?:a|an|the|all|any|each|every|it|them|in|into|to|for|at|up|off|out|on|over|about|that|\w+ing|\d+)\b)"
    ),
    speaker=_pattern(
        r"\W*(?:(?:he|she|they|it|one|who)\b|(?:said|says|told|added|adds|wrote|writes|tweeted|posted|read|reads|noted|"
        r"explained|continued|asked|replied|recalled|concluded)\b(?!\s+(?:the|an?|one|another|his|her|their|its|"
        r"(?-i:[A-Z])|\w+\s+(?-i:[A-Z]))))"
    ),
)

_GERMAN = Leaning(
    opening=_pattern(
        _any(
            "er sie ihm ihnen ihn sein(?:e[nmrs]?)? ihr(?:e[nmrs]?)? dies(?:e[nmrs]?)? jene[nmrs]? "
            "das(?=_(?:ist|sei|war|"
            "sagte|habe|werde|hatte|teilte|berichtete|gab)) aber doch und oder denn zudem außerdem ausserdem jedoch "
            "allerdings dennoch trotzdem deshalb deswegen daher darum damit dabei dazu dadurch dafür dagegen danach "
            "davor "
            "davon dann dort so(?!_(?:viele|wenig)) auch hingegen indes indessen unterdessen ferner überdies somit "
            "folglich schließlich zuvor seither seitdem inzwischen mittlerweile darüber darunter daraufhin hinzu "
            "stattdessen ebenso gleichzeitig zugleich beide letztere[rs]? solche[rs]? andere zum_beispiel "
            "im_gegensatz_dazu am_nächsten_tag (?:der|die)_\\d+-jährigen?"
        )
        + r"\b"
    ),
    inside=re.compile(r"\b(?:jedoch|hingegen|allerdings|ebenfalls|zudem|außerdem)\b|^(?:\S+\s+){1,4}auch\b"),
    exempt=_pattern(
        r"dies(?:e[nmrs]?)?\s+(?:woche|jahr(?:es)?|monat|sommer|winter|frühjahr|herbst|montag|dienstag|mittwoch|"
        r"donnerstag|freitag|samstag|sonntag|wochenende|tage)\b"
    ),
    person=_pattern(r"\b(?:ich|wir|uns|unser(?:e[nmrs]?)?|mein(?:e[nmrs]?)?|mir|mich)\b"),
    speaker=_pattern(
        r"\W*(?:\w+te|sagt|so|schrieb|hieß|heißt)\s+(?:er|sie|es)\b|\W*(?:er|sie)\b|\W*(?:hieß|heißt)\s+es\b"
    ),
)

_FRENCH = Leaning(
    opening=_pattern(
        "(?:"
        + _any(
            "il elle ils elles lui leurs? ce cela ça ceci cet cette ces celui(?:-ci)? celle(?:-ci)? ceux(?:-ci)? "
            "celles(?:-ci)? son sa ses mais et or ou(?=_) donc ainsi cependant toutefois pourtant néanmoins "
            "en_revanche "
            "par_ailleurs de_plus en_outre aussi enfin ensuite puis alors par_conséquent en_effet de_même malgré_cela "
            "en_fait au_contraire par_exemple dès_lors depuis_lors du_coup là tous_deux les_deux le_lendemain "
            "ce_dernier "
            "cette_dernière ces_derniers l['’]autre d['’]autres"
        )
        + r"(?![\w'’])|(?:c['’]est|c['’]était|d['’]ailleurs|d['’]autant)\b)"
    ),
    inside=re.compile(
        r"\b(?:cependant|toutefois|en revanche|par ailleurs|en outre|également)\b|^(?:\S+\s+){1,3}aussi\b"
        r"|\b(?:ce|cette) derni(?:er|ère)\b"
    ),
    exempt=_pattern(
        r"il\s+(?:n['’])?(?:y\s+a|y\s+avait|faut|fallait|s['’]agit|est\s+(?:\w+\s+)?(?:que|de)\b)"
        r"|ce(?:tte)?\s+(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|soir|mois|week-end|semaine|année|"
        r"été|hiver|printemps|automne|nuit|après-midi)\b"
    ),
    person=_pattern(r"\b(?:je|nous|notre|nos|mon|ma|mes|moi|vous|votre|vos)\b|\bj['’]"),
    speaker=_pattern(
        r"\W*(?:(?:a|ont|avait|avaient)-(?:t-)?(?:il|elle|ils|elles|on)\b|\w+-(?:t-)?(?:il|elle|ils|elles|on)\b"
        r"|(?:il|elle|ils|elles)\b|(?:a|ont)\s+(?:déclaré|dit|affirmé|ajouté|expliqué|précisé|indiqué)\s*[.,])"
    ),
)

_SAID_ES = _any(
    "dijo dijeron afirmó añadió explicó señaló agregó aseguró indicó declaró sostuvo apuntó comentó manifestó subrayó "
    "destacó recordó precisó informó insistió advirtió"
)
_SPANISH = Leaning(
    opening=_pattern(
        "(?:"
        + _any(
            "él ella ellos ellas est[eao]s? eso esos esas? ese aquel(?:la|los|las|lo)? sus? pero y e(?=_) o(?=_) "
            "sin_embargo además "
            "también no_obstante por_lo_tanto por_tanto por_eso por_ello así asimismo entonces luego después(?!_de) "
            "por_otr[oa]_(?:lado|parte) en_cambio por_su_parte mientras_tanto aun_así en_efecto de_hecho por_ejemplo "
            "a_su_vez ambos ambas tampoco allí ahí dicho dicha otros otras al_día_siguiente"
        )
        + rf"|{_SAID_ES})\b"
    ),
    inside=re.compile(
        r",\s+(?:sin embargo|no obstante|en cambio|por su parte|por tanto|por ejemplo),|^(?:\S+\s+){1,4}también\b"
    ),
    exempt=_pattern(
        r"est[eao]s?\s+(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|semana|mes|año|mañana|tarde|noche|"
        r"verano|invierno|primavera|otoño)\b"
    ),
    person=_pattern(r"\b(?:yo|nosotr[oa]s|nuestr[oa]s?|mis?|usted(?:es)?)\b"),
    speaker=_pattern(rf"\W*{_SAID_ES}(?:\s+(?:él|ella|en|durante|tras|a|al|por|sobre)\b|\s*[.,;]|\s*$)"),
)

DEFINITE_EN = _pattern(
    rf"\b(?:the|that|those)\s+(?:{_VAGUE_EN}\s+)*{ROLES_EN}\b(?!['’]s\s+(?-i:[A-Z])|[\s,]+(?:of|who|that|which|where"
    rf"|whose|"
    rf"behind|responsible|surrounding|between|against|called|named|known|accused|aimed|titled|by)\b|,?\s+(?-i:[A-Z])"
    rf"|\s+(?:in|at|on|near|from|with|for|to|over|into|about|involving|inside|outside)\s+"
    rf"(?:(?:the|a|an|northern|southern|eastern|western|central|downtown|north|south|east|west)\s+)?(?-i:[A-Z]))"
)

# "In the book, Davis recalls": the name after the comma is not the book's.
INTRO_EN = _pattern(rf"(?:\w+\s+){{1,2}}(?:the|that|those)\s+(?:{_VAGUE_EN}\s+)*{ROLES_EN},")

_LEANING = {"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
_UNKNOWN = Leaning(NEVER, NEVER, NEVER, NEVER, NEVER)


def leaning(language: str) -> Leaning:
    """The patterns of a language; an unknown one has patterns that never match."""
    return _LEANING.get(language.split("-")[0].lower(), _UNKNOWN)
