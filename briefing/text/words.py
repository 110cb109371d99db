"""Words of a text, folded so that forms of one word meet. Each language is tokenised by its own rules."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import regex
import snowballstemmer
import stopwordsiso

# Scripts written without spaces: overlapping pairs of characters stand in for words (Nie et al., 2000).
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(
    rf"(?P<run>[{_UNSPACED}ー]+)|(?:(?![{_UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+(?:[.,'’·](?:(?![{_UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+)*"
)
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip


def words(text: str) -> list[str]:
    """The words of ``text`` as they stand, in order; numbers count as words, punctuation does not.

    ``3.5``, ``U.S`` and ``don't`` are one word each. Runs of Chinese, Japanese, Thai, Lao, Khmer or Burmese
    come as overlapping pairs of characters.
    """
    found: list[str] = []
    for match in _TOKEN.finditer(text):
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
    stops = stopwords(language)
    return [stem(folded, language) for word in words(text) if (folded := fold(word)) not in stops]


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """``word`` without case, accents, possessive ``'s`` and inner full stops."""
    word = word.replace("’", "'")
    word = word.removesuffix("'s").removesuffix("'S")
    if any(c.isalpha() for c in word):
        word = word.replace(".", "")
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or word


@lru_cache(maxsize=200_000)
def stem(word: str, language: str = "en") -> str:
    """The stem of a folded word (Snowball; Porter, 1980); languages without a stemmer keep the word."""
    name = _STEMMERS.get(language)
    return _stemmer(name).stemWord(word) if name else word


@cache
def stopwords(language: str) -> frozenset[str]:
    """Folded stop words of a language; none for one that is not known."""
    if not stopwordsiso.has_lang(language):
        return frozenset()
    return frozenset(fold(w) for w in stopwordsiso.stopwords(language))


@cache
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)
