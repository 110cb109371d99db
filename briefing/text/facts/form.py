"""Whether a claim has the form of a sentence of a brief, whatever it says.

Small models leave sentences unfinished, say them twice, string words together, copy the numbers of passages, and talk
about the text or about themselves. None of that is news, even where every word of it stands in the sources.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from briefing.text.facts.names import names
from briefing.text.facts.quotes import quotations
from briefing.text.facts.tokens import function_words, keys
from briefing.text.instructions import instructions
from briefing.text.language import contradicts, detect
from briefing.text.readable import Fault, fault
from briefing.text.words import fold, words

_ENDED = regex.compile(r"(?<![.…])[.!。！．؟۔।॥](?:\s*[\"”’»'」』）)\]]*)\s*$")
_ASKED = regex.compile(r"[?？؟;]\W*$")
_OPEN = {"“": "”", "„": "“”", "«": "»", "(": ")", "[": "]", "「": "」"}

# What is never the wording of a sentence: numbers of passages, markup, addresses, code.
_MARKS = regex.compile(
    r"""(?<![\w-]) [(\[]{0,2} (?:p|s|id) \d{1,3} [)\]]{0,2} (?![\w-])
    | \[ \^? \d{1,3} (?:,\s*\d{1,3})* \]
    | \b (?:passage|source|sentence|excerpt|citation) s? \s? [\[(\#]? \d{1,3} \b
    | https?: | www\.\w | \]\( | </?[a-z][^<>]*> | &[a-z]{2,8}; | &\#\d+; | \*\* | __ | `
    | ^\s* (?: \#{1,6} | [-*•>] ) \s | ^\s* \d{1,2} [.)] \s
    | \{ \s* ["“'] | ["”'] \s* : \s* ["“\[{] | [{}|\\<>] | \[/?\w+\] | <\| | \|> | \ufffd
    | [\x00-\x08\x0e-\x1f] | \#\w+ | \p{Emoji_Presentation}""",
    regex.IGNORECASE | regex.VERBOSE,
)
_LABEL = regex.compile(
    r"""\s* (?: headline | title | summary | brief | answer | output | response | note | text | evidence
    | claim | sentence | task | question | what\ happened | why\ it\ matters | by\ the\ numbers | what['’]s\ next
    | key\ points? | zusammenfassung | antwort | schlagzeile | résumé | titre | réponse | resumen | titular | respuesta
    ) \s* \d* \s* [:：]""",
    regex.IGNORECASE | regex.VERBOSE,
)
# Talk of the text instead of the news, and of whoever writes. Allowed where the source has the same ``word``.
_META = regex.compile(
    r"""\b (?:the|this|these|provided|given|above|following) \s (?:\w+\s)?
        (?P<word> passages? | text | article | excerpt | document | paragraph | summary | summaries | snippet | story
          | sources? | information | brief | content) \s (?: (?:above|below|provided|itself) \s)?
        (?: says? | states? | mentions? | describes? | discuss(?:es)? | provides? | reports? | is\ about
          | do(?:es)?\ not | doesn['’]t | highlights? | explains? | outlines? | covers? | talks?\ about
          | focus(?:es)?\ on | gives? | contains? | indicates? | suggests? | is\ (?:an?|written|from) ) \b
    | \b (?:in|from|of|to|on|by) \s (?:the|this|these) \s (?: (?:given|provided|above|following|numbered|news) \s )?
        (?P<word> passages? | text | article | excerpt | snippet) \b
    | \b (?P<word> based\ on ) \s the \s (?: passages? | text | article | information | provided | given )
    | \b here (?:['’]s | \ is | \ are) \b [^.]{0,40} \b
        (?P<word> passages? | text | article | summary | brief | sentences? | headline | list | points? | version)
    | \b (?P<word> in\ summary | to\ summari[sz]e | in\ conclusion) \b
    | ^ \W* (?P<word> sure | certainly | of\ course | okay | understood) [,!]
    | \b as \s an? \s (?P<word> ai | artificial | language\ model | assistant | chatbot) \b
    | \b (?P<word> language\ models? | ai\ (?:assistants?|models?) | chatbots? | system\ message | chatgpt | llms?) \b
    | \b (?:the|this|your|my|an?|system|user) \s (?P<word> prompts? | instructions?) \b
    | \b (?P<word> instructions?) \s (?:to|from|in) \s the \b
    | \b (?: i | i['’]m | we) \s (?P<word> can(?:not|['’]t) | am\ unable | sorry | apologi[sz]e) \b
    | \b (?P<word> the\ user | json | word\ (?:count|limit) | \d+\ words) \b
    | \b (?:der|dieser) \s (?P<word> text | artikel | abschnitt) \s (?: sagt | beschreibt | berichtet | handelt)
    | \b hier \s ist \s (?P<word> die | eine) \b | \b als \s (?P<word> ki) \b
    | \b (?:le|cet?) \s (?P<word> texte | article | passage) \s (?: dit | décrit | mentionne | parle)
    | \b (?P<word> voici) \s (?:le|un) \b | \b en\ tant\ qu (?P<word> ['’]ia) \b
    | \b (?:el|este) \s (?P<word> texto | artículo | pasaje) \s (?: dice | describe | menciona | habla)
    | \b (?P<word> aquí\ está) \b | \b como \s (?P<word> ia) \b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_PERSON = {
    "en": regex.compile(r"\b(?:I(?![.&])|[Mm]e|[Mm]y|[Ww]e|[Oo]ur|[Mm]yself|[Oo]urselves)\b"),
    "de": regex.compile(r"\b(?:ich|wir|mein|unser)\b", regex.IGNORECASE),
    "fr": regex.compile(r"\b(?:je|nous|mon|notre)\b|\bj['’]", regex.IGNORECASE),
    "es": regex.compile(r"\b(?:yo|nosotros|nuestro)\b", regex.IGNORECASE),
}
# A sentence does not end on these.
_DANGLING = {
    "en": "the a an and or but whose because".split(),
    "de": "der die das den dem ein eine und oder aber weil dass".split(),
    "fr": "le la les un une et ou mais que".split(),
    "es": "el la los las un una y o pero que".split(),
}
# From here on half of the words of content being the same is no style but a loop.
_REPEATED = 8
_LEAST_SHARE = 0.5
_LOOP = 4
# Names alone do not tell a language; from about ten words on the detector errs on one sentence in a thousand.
_TELLING = 10


def malformed(
    text: str, evidence: Sequence[str] = (), language: str = "en", *, headline: bool = False
) -> tuple[str, ...]:
    """Why ``text`` is no sentence of a brief, in words; empty when its form is sound.

    ``evidence`` excuses marks and subjects that the source has too: a sentence may speak of language models where the
    source does. A headline may be without a verb and without a full stop.
    """
    return tuple(dict.fromkeys(_faults(text, evidence, language, headline)))


def _faults(text: str, evidence: Sequence[str], language: str, headline: bool) -> Iterator[str]:
    source = " ".join(evidence)
    low = source.casefold()
    said = words(text)
    if not said:
        yield "there are no words"
        return
    mark = next((m.group().strip() for m in _MARKS.finditer(text) if m.group().strip().casefold() not in low), "")
    if mark:
        yield f"“{mark}” is not the wording of a sentence"
    if _LABEL.match(text) and not source.startswith(text[:12]):
        yield "a label stands before the sentence"
    outside = _outside(text, language)
    for match in _META.finditer(outside):
        word = match["word"]
        if not regex.search(rf"(?<!\w){regex.escape(word.casefold())}(?!\w)", low):
            yield f"it speaks of the text or of a machine (“{match.group().strip()}”), the source does not"
            break
    if instructions(text, language) and not instructions(source, language):
        yield "it addresses a machine"
    person = _PERSON.get(language)
    if person and person.search(outside) and not any(person.search(_outside(e, language)) for e in evidence):
        yield "it speaks as somebody, outside quotation marks"
    yield from _loops(text, source, language)
    if not headline:
        yield from _unfinished(text, said, language)
    yield from _another_language(text, evidence, said, language)


def _unfinished(text: str, said: Sequence[str], language: str) -> Iterator[str]:
    if _ASKED.search(text):
        yield "it does not state anything"
    elif not _ENDED.search(text) or (fold(said[-1]) in _DANGLING.get(language, ()) and not said[-1].isupper()):
        yield "it is not finished"
    elif any(text.count(a) > sum(text.count(b) for b in ends) for a, ends in _OPEN.items()) or text.count('"') % 2:
        yield "a quotation or bracket is not closed"
    elif len(said) < 3 and not _dense(text):
        yield "it is no whole sentence"
    elif fault(" ".join(text.split()), language, any_length=True) is Fault.FRAGMENT:
        yield "it has no verb"
    elif language == "en" and len(said) >= _TELLING and not _function_words(said, language):
        yield "its words are not joined to a sentence"


def _loops(text: str, source: str, language: str) -> Iterator[str]:
    told = keys(text, language)
    runs = Counter(tuple(told[i : i + _LOOP]) for i in range(len(told) - _LOOP + 1))
    same = len(told) >= _REPEATED and len(set(told)) < _LEAST_SHARE * len(told)
    again = regex.search(r"\b(\p{L}{2,})(?:[\s,]+\1\b)+", text, regex.IGNORECASE)
    stutter = again is not None and again.group().casefold() not in source.casefold() and not _doubled(again.group(1))
    if same or any(n > 1 for n in runs.values()) or stutter:
        yield "it says the same words again"


def _doubled(word: str) -> bool:
    """Whether a word may stand twice in a row: "had had", "that that", a name."""
    return word.casefold() in {"had", "that", "sie", "die", "der", "das", "nous", "vous"} or word[0].isupper()


def _another_language(text: str, evidence: Sequence[str], said: Sequence[str], language: str) -> Iterator[str]:
    known = _scripts(language) | {s for e in evidence for s in _SCRIPTS if _SCRIPTS[s].search(e)}
    if known and any(name not in known and pattern.search(text) for name, pattern in _SCRIPTS.items()):
        yield "it mixes scripts"
    elif len(said) >= _TELLING and contradicts(language, detect(_outside(text, language, named=False))):
        if _function_words(said, language) < 2:
            yield "it is in another language"


_SCRIPTS = {
    name: regex.compile(rf"\p{{{name}}}{{2}}")
    for name in (
        "Latin",
        "Cyrillic",
        "Greek",
        "Han",
        "Hiragana",
        "Katakana",
        "Hangul",
        "Arabic",
        "Hebrew",
        "Devanagari",
        "Thai",
    )
}


@cache
def _scripts(language: str) -> frozenset[str]:
    """The script of a language that is written in Latin letters alone; none where several may stand side by side."""
    latin = "en de fr es it pt nl sv da no fi pl cs sk hu ro tr ca hr sl et lv lt id".split()
    return frozenset({"Latin"}) if language in latin else frozenset()


def _function_words(said: Sequence[str], language: str) -> int:
    known = function_words(language)
    return sum(fold(w) in known for w in said)


def _outside(text: str, language: str, *, named: bool = True) -> str:
    """``text`` without what it quotes, and without its names unless ``named``."""
    spans = [(q.start - 1, q.end + 1) for q in quotations(text, language)]
    spans += [(n.start, n.end) for n in names(text, language) if not (named or n.opens)]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _dense(text: str) -> bool:
    return bool(regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]", text))
