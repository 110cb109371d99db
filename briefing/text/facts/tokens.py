"""Words of content with their spans: what is compared between a claim and its evidence."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import regex

from briefing.text.words import fold, stem, stopwords

# Short lists of true function words. The usual stop lists leave out "open", "higher", "first" and "man" as well,
# which is harmless in search and fatal here.
_FUNCTION = {
    "en": "a an the and or but if then than that this these those there here it its itself he him his himself she her "
    "hers herself they them their theirs themselves we us our ours you your yours i me my mine who whom whose which "
    "what when where why how is are was were be been being am do does did done doing has have had having will would "
    "shall should can could may might must to of in on at by for with from into onto upon about over under between "
    "through during as so such also too very just only own same not no nor each other another some any all both "
    "while because until since again further once out off up down s t d ll re ve m didn doesn isn wasn weren don won "
    "said says say saying told according one",
    "de": "der die das den dem des ein eine einer eines einem einen und oder aber wenn als dass dies diese dieser "
    "dieses es er sie wir ihr ich sein seine ihre ihr ist sind war waren wird werden wurde wurden worden hat haben "
    "hatte hatten zu von in im an am auf für mit bei aus nach vor über unter um durch wie so auch nur noch nicht kein "
    "sich man sagte sagt",
    "fr": "le la les l un une des du de d et ou mais si que qu qui ce cette ces il elle ils elles on nous vous je se "
    "sa son ses leur leurs est sont était étaient été être a ont avait avaient avoir à au aux en dans par pour sur "
    "avec sans ne pas plus y dit",
    "es": "el la los las un una unos unas y o pero si que quien este esta estos estas eso su sus se lo le les es son "
    "era eran fue fueron ser ha han había haber a al de del en por para con sin no más como también dijo",
}
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.,'’·][\p{L}\p{M}\p{N}]+)*")
# English verbs and plurals whose stem hides the word they belong to.
_FORMS = {
    form: base
    for base, forms in {
        "rise": "rose risen", "fall": "fell fallen", "win": "won", "lose": "lost loss", "buy": "bought",
        "sell": "sold", "leave": "left", "begin": "began begun", "take": "took taken", "give": "gave given",
        "come": "came", "go": "went gone", "see": "saw seen", "make": "made", "hold": "held", "keep": "kept",
        "find": "found", "lead": "led", "meet": "met", "send": "sent", "spend": "spent", "build": "built",
        "pay": "paid", "say": "said", "tell": "told", "think": "thought", "bring": "brought", "fight": "fought",
        "catch": "caught", "teach": "taught", "die": "died death dead", "kill": "killing killed", "get": "got gotten",
        "become": "became", "know": "knew known", "grow": "grew grown growth", "throw": "threw thrown",
        "fly": "flew flown flight", "drive": "drove driven", "write": "wrote written", "speak": "spoke spoken",
        "break": "broke broken", "choose": "chose chosen choice", "wear": "wore worn", "steal": "stole stolen",
        "shoot": "shot shooting", "strike": "struck", "stand": "stood", "run": "ran", "sink": "sank sunk",
        "shrink": "shrank shrunk", "drink": "drank drunk", "swim": "swam swum", "man": "men", "woman": "women",
        "child": "children", "person": "people", "wife": "wives", "life": "lives", "hide": "hid hidden",
        "marry": "married marriage wed", "elect": "elected election",
        "arrive": "arrival", "deny": "denied denial",
        "approve": "approval", "refuse": "refusal", "propose": "proposal", "decide": "decision",
        "uphold": "upheld", "withdraw": "withdrew withdrawn", "lend": "lent", "seek": "sought",
        "forbid": "forbade forbidden", "beat": "beaten", "swell": "swollen", "arise": "arose", "survive": "survival",
        "invade": "invasion", "explode": "explosion", "collide": "collision", "destroy": "destruction",
    }.items()
    for form in forms.split()
}  # fmt: skip


class Token(NamedTuple):
    """A word of content: its span and the folded stem under which its forms meet."""

    start: int
    end: int
    key: str
    capital: bool = False


@lru_cache(maxsize=4096)
def tokens(text: str, language: str = "en") -> tuple[Token, ...]:
    """The words of ``text`` that carry content, in order; the parts of a hyphenated word come one by one."""
    function = function_words(language)
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        if len(word) > 2 and _UNSPACED.search(word):
            # As in ``text.words``: overlapping pairs stand in for words.
            found += [Token(match.start() + i, match.start() + i + 2, word[i : i + 2]) for i in range(len(word) - 1)]
            continue
        folded = fold(word)
        if folded not in function and (len(folded) > 1 or folded.isdigit()):
            found.append(Token(match.start(), match.end(), key(folded, language), word[0].isupper()))
    return tuple(found)


def keys(text: str, language: str = "en") -> list[str]:
    """The stems of ``tokens(text)``."""
    return [token.key for token in tokens(text, language)]


def key(folded: str, language: str = "en") -> str:
    """The stem of a folded word; irregular English forms come to the stem of their base."""
    return stem(_FORMS.get(folded, folded) if language == "en" else folded, language)


@cache
def function_words(language: str) -> frozenset[str]:
    """Folded function words of a language: its short list here, else its stop words."""
    words = _FUNCTION.get(language)
    return frozenset(fold(w) for w in words.split()) if words else stopwords(language)
