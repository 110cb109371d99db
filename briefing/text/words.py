"""Words of a text, folded so that forms of one word meet. Each language is tokenised by its own rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache, partial

import regex
import snowballstemmer
import stopwordsiso

# Inside a word: an apostrophe, a Catalan dot, a point or comma between digits, the points of U.S.A.
_INNER = r"(?:['’·]|(?<=\d)[.,](?=\d)|(?<=\b\w)\.(?=\w\b))"
_PLAIN = re.compile(rf"[^\W_]+(?:{_INNER}[^\W_]+)*")
# Scripts whose words hold combining marks or are written without spaces need Unicode properties, which only the
# slower ``regex`` knows; this tells whether a text has any of them. Hangul and symbols do not count.
_DEMANDING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u10ff\u1200-\u1dff\u2de0-\uabff\uf900-\ufaff\ufb1d-\U0010ffff]"
)
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTERS = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_UNSPACED}ー]]+"
_ANY = regex.compile(rf"(?V1)(?P<run>[{_UNSPACED}ー]+)|{_LETTERS}(?:{_INNER}{_LETTERS})*")
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
# The English list of stopwordsiso was gathered for web search: it holds country codes and nouns that news turn on.
_NOT_STOPPED = frozenset(
    """ai bill billion case cases cause causes computer cry empty face faces fact facts fire free front general goods
    group groups help home index information interest interests invention join man member members men microsoft mill
    million mine move netscape novel number numbers order ordered orders place places point points problem problems
    research result results right ring room rooms run section side sides site state states system test text thousand
    tip trillion tv uk un value website work worked working works world young younger""".split()
)
# As written these are names, whatever their letters spell in lower case.
_NAMES = frozenset({"US", "U.S", "WHO"})
# Articles and prepositions that lean on the next word: l'homme, dell'acqua, d'hivern.
_ELIDED = re.compile(
    r"(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu|(?:d|n|s)?(?:all|ell)|coll|dall|gl|quell|quest|un)'(?=\w)", re.IGNORECASE
)
_ELIDING = frozenset({"ca", "fr", "it"})
_UNDECOMPOSED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "n"}
)
_VOWEL_POINTS = re.compile("[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u0652\u0670]")
# й, ў and ї are letters of their own, not letters with an accent.
_WHOLE_LETTERS = frozenset({"и\u0306", "у\u0306", "і\u0308"})


def words(text: str) -> list[str]:
    """The words of ``text`` as they stand, in order; numbers count as words, punctuation does not.

    ``3.5``, ``1,000``, ``U.S`` and ``don't`` are one word each, ``Franco-German`` is two. Runs of Chinese,
    Japanese, Thai, Lao, Khmer or Burmese, which are written without spaces, come as overlapping pairs of
    characters (Nie et al., On the use of words and n-grams for Chinese information retrieval, 2000).
    """
    if not _DEMANDING.search(text):
        return _PLAIN.findall(text)
    found: list[str] = []
    for match in _ANY.finditer(text):
        run = match["run"]
        if run is None:
            found.append(match.group())
        elif len(run) == 1:
            found.append(run)
        else:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


def terms(text: str, language: str = "en") -> list[str]:
    """The words of ``text`` that carry meaning: folded, stemmed, without stop words, in order."""
    return list(filter(None, map(_terms_of(language), words(text))))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """``word`` without case, possessive ``'s`` and inner full stops, in one form of each letter and digit.

    Accents go from Latin, Greek and Cyrillic letters, vowel points and tatweel from Hebrew and Arabic; marks
    of other scripts stay, for they tell words apart. Wide letters and digits of any script become plain ones.
    """
    return _unaccented(_lower(word)) or word


@lru_cache(maxsize=200_000)
def stem(word: str, language: str = "en") -> str:
    """The stem of a folded word (Snowball; Porter, 1980); languages without a stemmer keep the word."""
    return _stemmed(word, language)


@cache
def stopwords(language: str) -> frozenset[str]:
    """Folded stop words of a language; none for one that is not known."""
    if not stopwordsiso.has_lang(language):
        return frozenset()
    found = frozenset(fold(w) for w in stopwordsiso.stopwords(language))
    return found - _NOT_STOPPED if language == "en" else found


@cache
def _terms_of(language: str) -> Callable[[str], str]:
    # A memory of its own for each language: a key of two parts would have to be made for every word of every text.
    return lru_cache(maxsize=200_000)(partial(_term, language))


def _term(language: str, word: str) -> str:
    """The stem of ``word``, or nothing for a stop word."""
    lower = _lower(word)
    if language in _ELIDING:
        lower = _ELIDED.sub("", lower, count=1) if _ELIDED.match(lower) else lower
    folded = _unaccented(lower) or word
    if folded in stopwords(language) and word not in _NAMES:
        return ""
    # Stemmers know endings by their accents, so these go last.
    return folded if folded.isdecimal() else _unaccented(_stemmed(lower, language)) or folded


def _lower(word: str) -> str:
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).replace("’", "'")
    word = word.casefold().removesuffix("'s")
    if "." in word and any(c.isalpha() for c in word):
        word = word.replace(".", "")
    return word


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    word = _VOWEL_POINTS.sub("", word.translate(_UNDECOMPOSED))
    kept: list[str] = []
    base = ""
    for c in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(c):
            base = c
        elif base < "\u0530" and base + c not in _WHOLE_LETTERS:
            continue
        kept.append(str(unicodedata.decimal(c)) if c.isdecimal() else c)
    return unicodedata.normalize("NFC", "".join(kept))


def _stemmed(word: str, language: str) -> str:
    name = _STEMMERS.get(language)
    return str(_stemmer(name).stemWord(word)) if name else word


@cache
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)
