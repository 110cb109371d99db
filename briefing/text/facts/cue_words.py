"""Words that change what a sentence claims: denial, doubt, intent, attribution, cause, direction, opposites.

English first; core lists for German, French and Spanish. A language without a list gets none of these checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

NOT: Mapping[str, str] = {
    "en": r"not|\w+n['’]t|never|no|none|nobody|nothing|neither|nor|without|cannot|no one|no longer|yet to|"
    r"fail(?:s|ed|ing)? to|refus(?:e|es|ed|ing) to|declin(?:e|es|ed|ing) to|den(?:y|ies|ied|ying)|unable to|"
    r"stopped short of|stop(?:s|ped)?(?= \w+ing)|rather than|instead of|except|ruled out|rejected|unlikely",
    "de": r"nicht|kein(?:e|en|em|er|es)?|nie|niemals|niemand|nichts|ohne|weder|noch nicht|dementiert(?:e|"
    r"en)?|bestreitet|bestritt(?:en)?",
    "fr": r"ne|n['’](?=\w)|pas|jamais|aucune?|personne ne|rien|sans|ni|dément(?:i|ent)?|nie|refus(?:e|é|ent) de",
    "es": r"no|nunca|jamás|ning[uú]n(?:a|o)?|nadie|nada|sin|ni|tampoco|niega|negó|negaron",
}
DOUBT: Mapping[str, str] = {
    "en": r"may|might|could|possibl[ey]|perhaps|probabl[ey]|likely|unlikely|apparently|reportedly|allegedly|"
    r"alleged|suppos(?:edly|ed(?! to))|purported(?:ly)?|presum(?:ably|ed)|"
    r"perceived|conceivabl[ey]|suspected|believed to|thought to|said to|rumou?red|unconfirmed|unclear|uncertain|"
    r"unknown|"
    r"(?:not|n['’]t|never) (?:\w+ )?(?:clear|known|certain|sure|confirmed)(?: (?:if|whether))?|whether|"
    r"seem(?:s|ed)?(?: to)?|appear(?:s|ed)? to|suggest(?:s|ed|ing)?|claim(?:s|ed|ing)?|"
    r"potential(?:ly)?|if|unless|estimated|(?:accused|suspected) of|charged with|"
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
    r"intend(?:s|ed)? to|aim(?:s|ed|ing)? to|set to|due to be|scheduled to|vow(?:s|"
    r"ed)? to|pledg(?:e|es|ed) to|"
    r"promis(?:e|es|ed) to|try(?:ing)? to|tri(?:es|ed) to|attempt(?:s|ed|ing)? to|urg(?:e|es|ed|ing)|"
    r"call(?:s|ed|ing) (?:on|for)|ask(?:s|ed|ing)? to|should|will|would|shall|about to|"
    r"ready to|prepar(?:e|es|ed|ing) to",
    "de": r"will|wollen|plant|planen|erwägt|erwägen|droht|drohen|werde[n]?|wird|soll|sollen|erwartet",
    "fr": r"devrai(?:t|ent)|prévoi(?:t|ent)|envisage(?:nt)?|menace(?:nt)?|compte(?:nt)?|veut|veulent|va|vont",
    "es": r"prevén?|planean?|considera[n]?|amenazan?|quieren?|debería[n]?|van? a",
}
SAID: Mapping[str, str] = {
    "en": r"said|says?|saying|told|tells?|according to|claim(?:s|ed|ing)?|alleg(?:e|es|ed|ing)|report(?:s|"
    r"ed)|announc(?:es|ed)|"
    r"accus(?:e|es|ed|ing)|argu(?:e|es|ed)|stat(?:es|ed)|added|insist(?:s|ed)|warn(?:s|ed)|believ(?:e|"
    r"es|ed)|suggest(?:s|ed)|"
    r"testified|estimat(?:e|es|ed)|contend(?:s|ed)|assert(?:s|ed)|wrote|writes|tweeted|describ(?:e|es|"
    r"ed)|thinks?|thought|"
    r"acknowledg(?:es|ed)|admit(?:s|ted)|predict(?:s|ed)|quoted",
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
    r"stem(?:s|med|ming) from|after which|so that|(?:in )?response to|sparked|attributed to|spark(?:s|ed|"
    r"ing)|driven by|fuell?ed by",
    "de": r"weil|wegen|aufgrund|infolge|führte(?:n)? zu|verursacht\w*|auslöst\w*|löste(?:n)?|deshalb|daher|da",
    "fr": r"parce que|à cause de|en raison d[eu]|provoqu\w+|entraîn\w+|dû à|grâce à|donc|car",
    "es": r"porque|debido a|a causa de|provoc\w+|causó|causaron|por culpa de|gracias a|por lo que",
}

# Each entry holds two sides that exclude one another; the words of a side are alternatives. Entries go on over
# lines that are set in.
_OPPOSITES = {
    "en": """
rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb
  climbs climbed gain gains gained surge surged jump jumped soar soared higher expand expanded raise raised
  raises boost boosted | fall falls fell fallen falling decrease decreases decreased decreasing decline
  declines declined drop drops dropped shrink shrinking shrinks shrank shrunk plunge plunged slump
  slumped lower lowered slip slipped tumble tumbled reduce reduced reduces cut cuts sink sank lose loses lost loss
  losses
more most greater | less least fewer fewest
majority | minority
win wins won winning winner victory beat defeated | lose loses lost losing loser
before | after
first | last final
early earlier earliest | late later latest
open opens opened opening reopen reopened | close closes closed closing shut
begin begins began begun start starts started launch launched | end ends ended stop stops stopped halt
  halted finish finished
support supports supported supporting backed | oppose opposes opposed opposing against
approve approves approved accept accepts accepted pass passed | reject rejects rejected refuse refuses
  refused veto vetoed deny denies denied
allow allows allowed permit permitted legal legalize legalized lawful | ban bans banned forbid forbidden
  prohibit prohibited bar barred illegal unlawful
guilty convicted convict | innocent acquitted acquit cleared
killed died dead die dies | survived survive survives alive unharmed unhurt
injured wounded hurt | unharmed unhurt
arrest arrested detained jailed | released freed release
buy buys bought purchase purchased | sell sells sold
import imports imported | export exports exported
north northern northeast northwest | south southern southeast southwest
east eastern | west western
best | worst
better improve improved improving | worse worsen worsened deteriorate deteriorated
largest biggest highest maximum | smallest lowest minimum
large larger big bigger huge | small smaller tiny minor
high | low
long longer | short shorter
younger youngest | older oldest
male man men boy boys father son brother husband | female woman women girl girls mother daughter sister wife
public | private
domestic local | foreign international
arrive arrived enter entered join joined | leave leaves left depart departed quit withdrew
include includes included including | exclude excludes excluded excluding except
strong stronger strengthen strengthened | weak weaker weaken weakened
success successful succeed succeeded | failure unsuccessful fail failed fails
possible likely | impossible unlikely
positive | negative
praise praised | criticise criticised criticize criticized condemn condemned
ally allies friend friends | enemy enemies rival rivals
former ex-president | current incumbent
permanent permanently | temporary temporarily
mandatory compulsory required | voluntary optional
peaceful | violent
major | minor
hot warm | cold
advance advanced | retreat retreated
hire hired employ employed | fire fired dismissed sacked
extend extended | shorten shortened
agree agreed agreement | disagree disagreed disagreement
confirm confirmed | deny denied denies
safe | dangerous unsafe
direct | indirect roundabout
add adds added adding | remove removes removed removing
create created build built | destroy destroyed demolish demolished
victim victims | attacker attackers perpetrator
profit profits surplus | deficit
cheap cheaper | expensive
wide widely | narrow narrowly
""",
    "de": """
stieg steigt steigen gestiegen wuchs wächst gewachsen zunahme erhöht erhöhte anstieg | sank sinkt sinken
  gesunken fiel fällt gefallen abnahme gesenkt senkte rückgang
mehr | weniger
gewann gewinnt gewonnen sieg | verlor verliert verloren niederlage
vor | nach
erste ersten erster | letzte letzten letzter
erlaubt erlaubte | verboten verbietet verbot
angenommen billigte | abgelehnt lehnte
""",
    "fr": """
augmenté augmente hausse progressé grimpé monté | baissé baisse chuté diminué recul reculé
plus | moins
gagné victoire | perdu défaite
avant | après
premier première | dernier dernière
autorisé | interdit
approuvé accepté | rejeté refusé
""",
    "es": """
subió sube subido aumentó aumento aumenta creció | bajó baja bajado cayó caída disminuyó descenso
más | menos
ganó victoria | perdió derrota
antes | después
primero primera primer | último última
permitido permitió | prohibido prohibió
aprobó aprobado | rechazó rechazado
""",
}


# Words that turn a sentence round only where one stands in the other's place.
_TURNED = {
    "en": """
up upward upwards above over | down downward downwards below under beneath
and both | or either
in inside within | out outside
with | without
for supporting | against
always often frequently usually | never rarely seldom
all every | none no
into onto | from
upper top | lower bottom
left | right
same | different
faster quicker quickly sooner | slower slowly later
multiplied doubled tripled quadrupled | halved
accelerated accelerate quickened | slowed slow decelerated
heavier | lighter
richer rich | poorer poor
plummeted plummet tumbled plunged dived | soared soar rocketed surged
widened widen | narrowed narrow
warmer hotter | colder cooler
inflows | outflows
upgrade upgraded | downgrade downgraded
supply | demand
""",
    "de": """
über oben | unter unten
und | oder
mit | ohne
für | gegen
immer | nie
alle | keine
schneller | langsamer
""",
    "fr": """
dessus | dessous
et | ou
avec | sans
pour | contre
toujours | jamais
""",
    "es": """
encima sobre | debajo bajo
y | o
con | sin
siempre | nunca
""",
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
        r"unless|provided that|as long as|on condition that",
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


def turned(language: str) -> Mapping[str, frozenset[str]]:
    """For every listed word those that turn a sentence round when they take its place."""
    return _sides(_TURNED.get(language, ""))


def opposites(language: str) -> Mapping[str, frozenset[str]]:
    """For every listed word those that contradict it; empty for a language without a list."""
    return _sides(_OPPOSITES.get(language, ""))


@cache
def _sides(table: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in table.replace("\n  ", " ").strip().splitlines():
        left, right = (frozenset(side.split()) for side in line.split("|"))
        for side, other in ((left, right), (right, left)):
            for word in side:
                found[word] = found.get(word, frozenset()) | other
    return found
