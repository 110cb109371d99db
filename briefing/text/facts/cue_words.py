"""Words that change what a sentence claims: denial, doubt, intent, attribution, cause, quantity.

English first; core lists for German, French and Spanish. A language without a list gets none of these checks.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

NOT: Mapping[str, str] = {
    "en": r"not|\w+n['’]t|never|no|none|nobody|nothing|neither|nor|without|cannot|no one|no longer|yet to|"
    r"fail(?:s|ed|ing)? to|refus(?:e|es|ed|ing) to|declin(?:e|es|ed|ing) to|den(?:y|ies|ied|ying)|unable to|"
    r"stopped short of|stop(?:s|ped)?(?= \w+ing)|rather than|instead of|except|(?<!not )ruled out|rejected|unlikely|"
    r"lack(?:s|ed|ing)?",
    "de": r"nicht|kein(?:e|en|em|er|es)?|nie|niemals|niemand|nichts|ohne|weder|noch nicht|dementiert(?:e|"
    r"en)?|bestreitet|bestritt(?:en)?",
    "fr": r"ne|n['’](?=\w)|pas|jamais|aucune?|personne ne|rien|sans|ni|dément(?:i|ent)?|nie|refus(?:e|é|ent) de",
    "es": r"no|nunca|jamás|ning[uú]n(?:a|o)?|nadie|nada|sin|ni|tampoco|niega|negó|negaron",
}
# Denials in other words: one of these may stand for another, or for "not".
REFUSAL: Mapping[str, regex.Pattern[str]] = {
    language: regex.compile(rf"(?<!\w)(?:{words})(?!\w)", regex.IGNORECASE)
    for language, words in {
        "en": r"reject\w*|refus\w*|declin(?:e|es|ed|ing) to|oppos(?:e|es|ed|ing|ition)|against|"
        r"(?:turn|vot|str[iu][kc]k?)\w* down|"
        r"threw out|dismiss\w*|block\w*|veto\w*|den(?:y|ies|ied|ying|ial)|prevent\w*|fail\w*|unable|lack\w*|absence|"
        r"short(?:age)? of|without|avoid\w*|miss(?:es|ed|ing)?|skip(?:s|ped)?|in vain|unsuccessful\w*|rul\w* out|"
        r"halt\w*|"
        r"stop\w*|abandon\w*|cancel\w*|scrap\w*|hardly|barely|scarcely|few|little|un\p{Ll}{4,}ed",
        "de": r"lehn\w+|abgelehnt|gegen|verweiger\w+|weiger\w+",
        "fr": r"rejet\w+|refus\w+|contre|s['’]oppos\w+",
        "es": r"rechaz\w+|neg\w+|contra",
    }.items()
}
DOUBT: Mapping[str, str] = {
    "en": r"may|might|could|possibl[ey]|perhaps|probabl[ey]|likely|unlikely|apparently|reportedly|allegedly|"
    r"alleged|suppos(?:edly|ed(?! to))|purported(?:ly)?|presum(?:ably|ed)|"
    r"perceived|conceivabl[ey]|suspected|believed to|thought to|said to|rumou?red|unconfirmed|unclear|uncertain|"
    r"unknown|"
    r"(?:not|n['’]t|never) (?:\w+ )?(?:clear|known|certain|sure|confirmed)(?: (?:if|whether))?|whether|"
    r"seem(?:s|ed)?(?: to)?|appear(?:s|ed)? to|suggest(?:s|ed|ing)?|claim(?:s|ed|ing)?|"
    r"potential(?:ly)?|if|unless|estimated|(?:accused|suspected) of|(?:charged|charges) with|charge[ds]* of|"
    r"indicted (?:for|on)|on suspicion of|on trial (?:for|over|on)|faces? (?:charges|trial)|wanted (?:for|over)|"
    r"(?:not|n['’]t|never) ruled out|"
    r"suspects?(?= (?:that|he|she|they|the))|alleg(?:e|es|ed|ing) (?:to|that)|remains to be seen",
    "de": r"könnten?|dürften?|sollen|soll|möglicherweise|vielleicht|vermutlich|wahrscheinlich|mutmaßlich\w*|"
    r"angeblich\w*|offenbar|anscheinend|unklar|ob|wohl|würden?|falls",
    "fr": r"pourrai(?:t|ent)|peut-être|probablement|présumée?s?|apparemment|serai(?:t|ent)|aurai(?:t|ent)|"
    r"semble(?:nt)?|possible|éventuel(?:le)?s?|si",
    "es": r"podrían?|quizás?|tal vez|probablemente|presunt\w+|supuest\w+|aparentemente|parece[n]?|habrían?|"
    r"posible\w*|si",
}
INTENT: Mapping[str, str] = {
    "en": r"expect(?:s|ed)?(?: \w+)? to|is expected|are expected|was expected|plan(?:s|ned|ning)? (?:to|on)|"
    r"propos(?:e|es|ed|ing)|"
    r"consider(?:s|ed|ing)|threaten(?:s|ed|ing)?(?: to)?|hop(?:e|es|ed|ing) to|want(?:s|ed)? to|"
    r"seek(?:s|ing)?|sought|demand(?:s|ed|ing)?|recommend(?:s|ed|ing)?|request(?:s|ed|ing)?|"
    r"intend(?:s|ed)? to|aim(?:s|ed|ing)? to|set to|due (?:on|in|by|for|next|this|at)|"
    r"due to (?=(?:be|begin|start|end|open|"
    r"close|sign|meet|take|leave|arrive|go|come|run|visit|speak|appear|face|"
    r"return|make|hold|play|vote|get|stand|join)\b)|"
    r"(?:scheduled|slated) (?:to|for)|expected (?:on|in|by|at|next|this)|"
    r"(?:forecast|project(?:s|ed)|predict(?:s|ed)?|anticipat(?:es?|ed)|tipped|poised|bound|keen|willing|looking|hoping|"
    r"planning|designed|advised|agree(?:s|d)|offer(?:s|ed)|struggl(?:es?|ed|ing)|bid|promised) to|"
    r"(?:search|look)(?:es|ed|ing)? for|in talks (?:to|on|over|about)|on the (?:verge|brink) of|weigh(?:s|ed|ing)|"
    r"hop(?:e|es|ing)(?: that)?|predict(?:s|ed|ing)?|forecasts?|"
    r"(?:ask(?:s|ed)?|urg(?:es?|ed)|want(?:s|ed)?|expect(?:s|ed)?|press(?:es|ed)|appeal(?:s|ed)|encourag(?:es?|ed)) "
    r"(?:[\w’'-]+ ){1,3}to|vow(?:s|"
    r"ed)? to|pledg(?:e|es|ed) to|"
    r"promis(?:e|es|ed) to|try(?:ing)? to|tri(?:es|ed) to|attempt(?:s|ed|ing)? to|urg(?:e|es|ed|ing)|"
    r"call(?:s|ed|ing) (?:on|for)|ask(?:s|ed|ing)? to|should|will|would|shall|about to|"
    r"ready to|prepar(?:e|es|ed|ing) to",
    "de": r"will|wollen|plant|planen|erwägt|erwägen|droht|drohen|werde[n]?|wird|soll|sollen|erwartet",
    "fr": r"devrai(?:t|ent)|prévoi(?:t|ent)|envisage(?:nt)?|menace(?:nt)?|compte(?:nt)?|veut|veulent|va|vont",
    "es": r"prevén?|planean?|considera[n]?|amenazan?|quieren?|debería[n]?|van? a",
}
# Verbs of saying that have other senses: they tell what somebody says before "that" or at the end of a sentence.
_SAYS = (
    r"wrote|writes?|add(?:s|ed)|stat(?:es?|ed)|not(?:es?|ed)|explain(?:s|ed)?|declar(?:es?|ed)|maintain(?:s|ed)?|"
    r"complain(?:s|ed)?|recall(?:s|ed)?|tweet(?:s|ed)?|post(?:s|ed)|conced(?:es?|ed)|stress(?:es|ed)?|"
    r"emphasi[sz](?:es?|ed)|fear(?:s|ed)?|speculat(?:es?|ed)|hint(?:s|ed)?|object(?:s|ed)?|repl(?:y|ies|ied)|"
    r"respond(?:s|ed)|concluded?|reckon(?:s|ed)?|guess(?:es|ed)?|joked|quipped|swore"
)
SAID: Mapping[str, str] = {
    "en": r"said|says?|saying|told|tells?|according to|claim(?:s|ed|ing)?|alleg(?:e|es|ed|ing)|report(?:s|"
    r"ed)|announc(?:es|ed)|"
    r"accus(?:e|es|ed|ing)|argu(?:e|es|ed)|stat(?:es|ed)|added|insist(?:s|ed)|warn(?:s|ed)|believ(?:e|"
    r"es|ed)|suggest(?:s|ed)|"
    r"testified|estimat(?:e|es|ed)|contend(?:s|ed)|assert(?:s|ed)|wrote|writes|tweeted|describ(?:e|es|"
    r"ed)|thinks?|thought|"
    r"acknowledg(?:es|ed)|admit(?:s|ted)|predict(?:s|ed)|quoted|"
    rf"(?:{_SAYS}|reports?|reported|charges?) that|(?:{_SAYS}|reported)(?=[.,;]|$)|"
    r"in the (?:view|words|opinion|eyes) of|"
    r"by [\p{L}’'. ]{2,30} account|as [\p{L}’'. ]{2,30} puts? it|convinced(?: that)?",
    "de": r"sagten?|sagt|sagen|erklärten?|erklärt|laut|zufolge|nach angaben|berichteten?|berichtet|"
    r"behaupte(?:t|te|ten)|teilte(?:n)? mit|warf|wirft|so",
    "fr": r"a dit|ont dit|dit|disent|déclar(?:e|é|ent)|selon|d['’]après|affirm(?:e|é|ent)|annonc(?:e|é|ent)|"
    r"accus(?:e|é|ent)|indiqu(?:e|é|ent)",
    "es": r"dij(?:o|eron)|dice[n]?|según|afirm(?:a|ó|aron|an)|declar(?:a|ó|aron)|anunci(?:a|ó|aron)|"
    r"asegur(?:a|ó|aron)|acus(?:a|ó|aron)|informó",
}
CAUSE: Mapping[str, str] = {
    "en": r"because(?: of)?|caus(?:e|es|ed|ing)|due to(?! be)|owing to|thanks to|as a result(?: of)?|result(?:s|ed|"
    r"ing)? in|"
    r"led to|leading to|leads to|trigger(?:s|ed|ing)?|prompt(?:s|ed|ing)|therefore|consequently|"
    r"blam(?:e|ed|es|ing)(?: on)?|"
    r"which is why|(?:that|this) is why|for (?:that|this|which) reason|hence|thereby|thus|on account of|"
    r"(?<=[,;] )so(?! that| far|-)|forc(?:e[sd]?|ing)(?= (?:\S+ ){1,4}to)|(?:the |a )?result of|"
    r"(?:was|were|is|are) behind|in order to|(?<=resign\w* )over|in the wake of|mean(?:s|t|ing) that|"
    r"stem(?:s|med|ming) from|after which|so that|(?:in )?response to|sparked|attributed to|spark(?:s|ed|"
    r"ing)|driven by|fuell?ed by",
    "de": r"weil|wegen|aufgrund|infolge|führte(?:n)? zu|verursacht\w*|auslöst\w*|löste(?:n)?|deshalb|daher|da",
    "fr": r"parce que|à cause de|en raison d[eu]|provoqu\w+|entraîn\w+|dû à|grâce à|donc|car",
    "es": r"porque|debido a|a causa de|provoc\w+|causó|causaron|por culpa de|gracias a|por lo que",
}

AT_LEAST: Mapping[str, frozenset[str]] = {
    "en": frozenset("more over above least exceeding exceeds exceeded beyond minimum".split()),
    "de": frozenset("mehr über mindestens".split()),
    "fr": frozenset("plus moins-de".split()),
    "es": frozenset(["más"]),
}
AT_MOST: Mapping[str, frozenset[str]] = {
    "en": frozenset("less fewer under below most nearly almost maximum".split()),
    "de": frozenset("weniger unter höchstens fast knapp".split()),
    "fr": frozenset("moins presque".split()),
    "es": frozenset("menos casi".split()),
}
# What bounds the number after it; with these left out the number is told as exact.
BOUND = regex.compile(
    r"up to|at (?:least|most)|as (?:many|much) as|no (?:more|fewer|less) than|(?:more|less|fewer) than|nearly|almost|"
    r"over|under|(?:mehr|weniger) als|mindestens|höchstens|bis zu|fast|(?:plus|moins) de|au moins|jusqu à|près de|"
    r"(?:más|menos) de|al menos|hasta|casi",
    regex.IGNORECASE,
)
COUNT = regex.compile(
    r"\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|half|a?dozen|zwei|drei|"
    r"deux|trois|dos|tres)\b",
    regex.IGNORECASE,
)
CONDITION: Mapping[str, regex.Pattern[str]] = {
    language: regex.compile(rf"(?<!\w)(?:{words})(?!\w)", regex.IGNORECASE)
    for language, words in {
        "en": r"(?<!\b(?:ask|asked|asks|asking|know|knows|known|see|clear|unclear|sure|certain|even|as|wonder|"
        r"wondering|wondered|determine|say|tell|decide|check|only)\s)if|"
        r"unless|provided that|as long as|on condition that|subject to|pending|in the event of",
        "de": "falls|sofern|es sei denn|vorausgesetzt",
        "fr": "à condition que|à moins que|pourvu que",
        "es": "a menos que|siempre que|a condición de que",
    }.items()
}
EVERY: Mapping[str, frozenset[str]] = {
    "en": frozenset("all every each everyone everybody entire entirely always both none whole completely".split()),
    "de": frozenset("alle allen aller jeder jede jedes sämtliche immer ganz".split()),
    "fr": frozenset("tous toutes tout chaque toujours".split()),
    "es": frozenset("todos todas todo cada siempre".split()),
}
SOME: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "some many most several few part partly partially half majority often sometimes usually mostly nearly almost "
        "certain various largely mainly occasionally".split()
    ),
    "de": frozenset("einige manche viele meisten mehrere teil teilweise oft manchmal meist".split()),
    "fr": frozenset("certains certaines plusieurs quelques plupart partie souvent parfois".split()),
    "es": frozenset("algunos algunas muchos muchas varios varias mayoria parte veces".split()),
}
# Who may be called by a general word, and the general words.
OFFICES = frozenset(
    "police prosecutors investigators agents officers ministers ministry government agency department administration "
    "council court army military sheriff deputies detectives firefighters spokesman spokeswoman spokesperson "
    "officials official authorities authority".split()
)
GENERAL = frozenset("officials official authorities authority spokesman spokeswoman spokesperson statement".split())
