"""What a page itself says, in its language: labels, dates, times, names of languages, and which way a text runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from babel import Locale
from babel.dates import format_date, format_skeleton

from briefing.render.catalogue import DEFAULT, Label, catalogue, decimal, fill, locale, page_language

_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"}
# The shape of a language tag (RFC 5646), not its registry.
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Words:
    """The words of a page in one language, with times told in one zone.

    A brief in a language without a catalogue has English pages. Names of days, months and languages are CLDR's.
    """

    def __init__(self, language: str, zone: tzinfo) -> None:
        self.language = page_language(language)
        self.zone = zone
        self.labels: Mapping[str, Label] = catalogue(self.language)
        self._locale: Locale = locale(self.language)

    @property
    def direction(self) -> str:
        return direction("", self.language)

    @property
    def english(self) -> bool:
        """Whether the checks' reasons, which are English, are in the page's language."""
        return self.language.split("-")[0] == DEFAULT

    def say(self, key: str, /, **values: object) -> str:
        """The label of ``key`` with its placeholders filled; ``number`` chooses its plural form."""
        return fill(self.labels[key], self.language, **values)

    def listed(self, names: Iterable[str]) -> str:
        """``names`` with commas between them."""
        return self.say("comma").join(names)

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other: with a space between them where the script has spaces."""
        return ("" if self.language.startswith("ja") else " ").join(sentences)

    def amount(self, price: float) -> str:
        """``0.42``, ``0,42``: two places, as prices have."""
        return decimal(price, self.language, "#,##0.00")

    def long_date(self, moment: datetime) -> str:
        """``Sunday, 22 November 2026``."""
        return str(format_date(moment.astimezone(self.zone), "full", locale=self._locale))

    def short_date(self, moment: datetime) -> str:
        """``21 November 2026, 17:40 UTC``; the time is left out where it is midnight, as in files that know the day
        only."""
        local = moment.astimezone(self.zone)
        if (local.hour, local.minute, local.second) == (0, 0, 0):
            return self._day(moment)
        return self.say("day_and_time", day=self._day(moment), time=self.clock(moment))

    def moment(self, moment: datetime) -> str:
        """``20 Nov 2026, 06:00 UTC``. An end at midnight without its time would be read as that whole day."""
        return self.say("day_and_time", day=self.short_day(moment), time=self.clock(moment))

    def deadline(self, moment: datetime) -> str:
        """``06:00 UTC, 22 November 2026``."""
        return self.say("time_and_day", time=self.clock(moment), day=self._day(moment))

    def short_day(self, moment: datetime) -> str:
        """``21 Nov 2026``."""
        return str(format_skeleton("yMMMd", moment.astimezone(self.zone), self.zone, locale=self._locale))

    def clock(self, moment: datetime) -> str:
        """``06:00 UTC``: of 24 hours in every language, since hours of a day in two halves are misread across zones."""
        local = moment.astimezone(self.zone)
        zone = local.tzname() or ""
        time = format_skeleton("Hm", local, self.zone, locale=self._locale)
        # Zones without an abbreviation are called by their distance alone.
        return f"{time} {'UTC' if zone.startswith(('+', '-')) else ''}{zone}"

    def language_name(self, code: str) -> str:
        """What a language is called; of one that is not known, its code."""
        name: str | None = self._locale.languages.get(code.split("-")[0].lower())
        return name or code

    def _day(self, moment: datetime) -> str:
        return str(format_date(moment.astimezone(self.zone), "long", locale=self._locale))


def language_tag(code: str, default: str = DEFAULT) -> str:
    """``code`` where it has the shape of a language tag, else ``default``."""
    return code if _TAG.fullmatch(code) else default


def direction(text: str, code: str) -> str:
    """``rtl`` or ``ltr``: by the language, or, of one that is not known, by the first letter (UAX 9, P2)."""
    if code:
        return "rtl" if code.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
    strong = (unicodedata.bidirectional(c) for c in text)
    return next(("ltr" if b == "L" else "rtl" for b in strong if b in ("L", "R", "AL")), "ltr")
