"""The words that a page itself says: dates, counts, names of languages. English only, so far."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, tzinfo

LANGUAGE = "en"
NO_DATE = "no date"

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"}
# The shape of a language tag (RFC 5646), not its registry.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def long_date(moment: datetime, zone: tzinfo) -> str:
    """``Sunday, 22 November 2026`` in ``zone``."""
    local = moment.astimezone(zone)
    return f"{_DAYS[local.weekday()]}, {local.day} {_MONTHS[local.month - 1]} {local.year}"


def short_date(moment: datetime, zone: tzinfo) -> str:
    """``21 November 2026, 17:40 UTC`` in ``zone``; the time is left out where it is midnight, as in files
    that know the day only."""
    local = moment.astimezone(zone)
    day = f"{local.day} {_MONTHS[local.month - 1]} {local.year}"
    return day if (local.hour, local.minute, local.second) == (0, 0, 0) else f"{day}, {clock(moment, zone)}"


def short_day(moment: datetime, zone: tzinfo) -> str:
    """``21 Nov 2026`` in ``zone``."""
    local = moment.astimezone(zone)
    return f"{local.day} {_MONTHS[local.month - 1][:3]} {local.year}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """``06:00 UTC`` in ``zone``."""
    local = moment.astimezone(zone)
    return f"{local.hour:02}:{local.minute:02} {local.tzname()}"


def count(number: int, one: str, many: str = "") -> str:
    """``1 article``, ``1,240 articles``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def language_name(code: str) -> str:
    """The English name of a language; of one that is not known, its code."""
    return _LANGUAGES.get(code.split("-")[0].lower(), code)


def language_tag(code: str, default: str = LANGUAGE) -> str:
    """``code`` where it has the shape of a language tag, else ``default``."""
    return code if _TAG.fullmatch(code) else default


def direction(text: str, code: str) -> str:
    """``rtl`` or ``ltr``: by the language, or, of one that is not known, by the first letter (UAX 9, P2)."""
    if code:
        return "rtl" if code.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
    strong = (unicodedata.bidirectional(c) for c in text)
    return next(("ltr" if b == "L" else "rtl" for b in strong if b in ("L", "R", "AL")), "ltr")
