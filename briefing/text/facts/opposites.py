"""Words of which one turns a sentence round where the other stands: rose and fell, won and lost, upheld and overturned.

English first; core lists for German, French and Spanish. A language without a list has no opposites.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import regex

from briefing.text.facts.tokens import key
from briefing.text.words import fold

# Each line holds two sides that exclude one another; the words of a side are alternatives. Lines go on where they are
# set in. A word stands for its inflections: "rise" for "rose" and "rising".
_OPPOSITES = {
    "en": """
rise increase grow growth climb gain surge jump soar rocket higher expand expansion raise boost rally rebound hike
  escalate swell recover recovery | fall decrease decline drop shrink plunge plummet slump lower slip tumble reduce
  reduction cut sink lose loss dip slide dive ease shed halve contraction diminish dwindle
widen broaden | narrow
more most greater | less least fewer fewest few
many | few
majority | minority
win winner victory beat defeat victorious | lose loser loss
before | after
first | last final
early earlier earliest | late later latest
open reopen | close shut closure
begin start launch | end stop halt finish cease expire
continue resume | stop halt suspend cease cancel
support supporter back endorse favour favor welcome advocate | oppose opponent opposition against condemn denounce
  reject decry
praise hail applaud commend | criticise criticize criticism condemn slam denounce
approve approval accept pass adopt ratify | reject rejection refuse refusal veto deny defeated
uphold affirm reaffirm confirm | overturn quash overrule reverse annul void
allow permit legal legalize legalise lawful authorise authorize | ban forbid prohibit bar illegal unlawful outlaw
impose introduce enact | lift abolish repeal scrap revoke
guilty convict conviction | innocent acquit acquittal exonerate
convict conviction sentence guilty | charge accuse indict suspect
kill die | survive survivor alive unharmed unhurt
injure wound hurt | unharmed unhurt uninjured unscathed
arrest detain jail imprison capture | release free acquit
admit hospitalise hospitalize | discharge
buy purchase acquire buyer | sell sale seller
lend lender | borrow borrower
import importer | export exporter
promote promotion | relegate relegation demote
upgrade | downgrade
north northern northeast northwest | south southern southeast southwest
east eastern | west western
best | worst
better improve improvement | worse worsen deteriorate
largest biggest highest maximum longest | smallest lowest minimum shortest
larger bigger taller higher longer | smaller shorter lower
large big huge | small tiny minor
deep deepest deeper | shallow shallowest shallower
high | low
long | short
younger youngest | older oldest elder eldest
faster fastest quicker quickest quicken accelerate | slower slowest slow decelerate
heavier heaviest | lighter lightest
richer richest | poorer poorest
warmer hotter warmest hottest | colder cooler coldest coolest
male man boy father son brother husband | female woman girl mother daughter sister wife
public | private
domestic local | foreign international
arrive arrival enter join reach | leave depart departure quit exit
advance | retreat withdraw withdrawal
towards | away
include | exclude except
strong stronger strongest strengthen | weak weaker weakest weaken
ahead | behind
success successful succeed | failure unsuccessful fail
attend | skip miss boycott
possible likely | impossible unlikely
positive | negative
ally friend | enemy rival
former ex-president | current incumbent
permanent permanently | temporary temporarily
mandatory compulsory required | voluntary optional
peaceful | violent
major | minor
hot warm | cold
hire employ recruit | fire dismiss sack
extend lengthen | shorten
agree agreement | disagree disagreement
confirm acknowledge admit | deny denial
safe safer safest safety | dangerous unsafe danger
direct | indirect roundabout
add | remove
create build | destroy demolish dismantle
victim | attacker perpetrator
profit surplus | deficit loss
cheap cheaper cheapest | expensive
widely | narrowly
overestimate overstate | underestimate understate
majority-owned | minority-owned
optimistic | pessimistic
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
öffnete eröffnet geöffnet | schloss geschlossen
kaufte gekauft | verkaufte verkauft
größer höher | kleiner niedriger
""",
    "fr": """
augmenté augmente hausse progressé grimpé monté | baissé baisse chuté diminué recul reculé
plus | moins
gagné victoire | perdu défaite
avant | après
premier première | dernier dernière
autorisé | interdit
approuvé accepté | rejeté refusé
ouvert | fermé
acheté achète | vendu vend
""",
    "es": """
subió sube subido aumentó aumento aumenta creció | bajó baja bajado cayó caída disminuyó descenso
más | menos
ganó victoria | perdió derrota
antes | después
primero primera primer | último última
permitido permitió | prohibido prohibió
aprobó aprobado | rechazó rechazado
abrió abierto | cerró cerrado
compró comprado | vendió vendido
""",
}
# Words that turn a sentence round only where one stands in the other's place.
_TURNED = {
    "en": """
up upward upwards above over | down downward downwards below under beneath
and both | or either
in inside within into | out outside
with | without
for supporting | against
always often frequently usually | never rarely seldom
all every | none no
into onto to | from
upper top | lower bottom
left | right
same | different
sooner | later
multiplied doubled tripled quadrupled | halved
rich | poor
inflows | outflows
supply | demand
because | despite although though
to towards | from
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
# Several words that mean what one of the lists does.
_PHRASES = {
    "voted against": "reject",
    "vote against": "reject",
    "voted down": "reject",
    "turned down": "reject",
    "threw out": "reject",
    "struck down": "overturn",
    "laid off": "dismiss",
    "picked up": "rise",
    "went up": "rise",
    "go up": "rise",
    "going up": "rise",
    "went down": "fall",
    "go down": "fall",
    "going down": "fall",
    "came down": "fall",
    "called off": "cancel",
    "shut down": "close",
    "took effect": "begin",
    "takes effect": "begin",
    "set free": "release",
    "losses": "lose",
}
_WORD = regex.compile(rf"(?:{'|'.join(_PHRASES)})\b|[\p{{L}}\p{{M}}]+(?:-[\p{{L}}\p{{M}}]+)*", regex.IGNORECASE)
# What a word ends in that is derived, not inflected: "important" is no form of "import".
_DERIVED = regex.compile(r".+(?:ions?|ants?|[ae]nce|ity|[st]ive|ors?|al|ness|ly|ability)")


class Directed(NamedTuple):
    """A word in its text, and the form under which its inflections meet."""

    start: int
    end: int
    text: str
    base: str


def directed(text: str, language: str = "en") -> Iterator[Directed]:
    """The words of ``text`` as ``opposites`` lists them."""
    for match in _WORD.finditer(text):
        yield Directed(match.start(), match.end(), match.group(), base(match.group(), language))


def base(word: str, language: str = "en") -> str:
    """The form under which the inflections of a word meet in the lists."""
    folded = fold(word)
    if language == "en":
        folded = _PHRASES.get(folded, folded)
    return folded if _DERIVED.fullmatch(folded) else key(folded, language)


def turned(language: str) -> Mapping[str, frozenset[str]]:
    """For every listed word those that turn a sentence round when they take its place."""
    return _sides(_TURNED.get(language, ""), language)


def opposites(language: str) -> Mapping[str, frozenset[str]]:
    """For every listed word those that contradict it; empty for a language without a list."""
    return _sides(_OPPOSITES.get(language, ""), language)


@cache
def _sides(table: str, language: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in table.replace("\n  ", " ").strip().splitlines():
        left, right = (frozenset(base(word, language) for word in side.split()) for side in line.split("|"))
        for side, other in ((left, right), (right, left)):
            for word in side:
                found[word] = found.get(word, frozenset()) | other
    return {word: others - {word} for word, others in found.items()}
