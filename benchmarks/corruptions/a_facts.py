"""Corrupting patterns of set a, whose cases may be looked at: numbers, dates, names and units."""

from __future__ import annotations

import re
from random import Random

from benchmarks.corruptions.scenes import Patterns, Scene
from benchmarks.corruptions.words import (
    COUNTS,
    GIVEN,
    MONTHS,
    PLACES,
    WEEKDAYS,
    inside_quotes,
    one_way,
    other_person,
    persons,
    pick,
    put,
)

A = Patterns("a")


# number


@A.of("number")
def another_first_digit(scene: Scene, random: Random) -> str | None:
    """342 becomes 842: a number of two digits or more that is no year and no day."""
    months = "|".join(month[:3] for month in MONTHS)
    found = [
        m
        for m in re.finditer(r"(?<![\w.,:/-])[$£€]?([1-9])\d+(?:,\d{3})*(?:\.\d+)?(?!,?\d|[\w:/’'])", scene.sentence)
        if not re.fullmatch(r"(?:19|20)\d\d", m.group())
        and not re.search(rf"(?:{months})[a-z]*\.? $", scene.sentence[: m.start()])
    ]
    match = pick(found, random)
    if match is None:
        return None
    # Far from the true digit, so that no rounding explains it.
    digit = random.choice([d for d in "123456789" if abs(int(d) - int(match[1])) >= 2])
    return put(scene.sentence, match, digit, 1)


@A.of("number")
def order_of_magnitude(scene: Scene, random: Random) -> str | None:
    """Million becomes billion, thousand million."""
    found = list(re.finditer(r"\d (million|billion|trillion|thousand)\b", scene.sentence))
    match = pick(found, random)
    table = {"million": "billion", "billion": "million", "trillion": "billion", "thousand": "million"}
    return put(scene.sentence, match, table[match[1]], 1) if match else None


@A.of("number")
def another_count(scene: Scene, random: Random) -> str | None:
    """Three men become five men."""
    counts = "|".join(COUNTS)
    found = list(
        re.finditer(
            rf"(?<![\w-])(?<!or )(?<!to )(?<!between )({counts}) (?!or |to |and )[a-z]+s\b",
            scene.sentence,
            re.IGNORECASE,
        )
    )
    match = pick(found, random)
    if match is None:
        return None
    at = COUNTS.index(match[1].lower())
    return put(
        scene.sentence, match, random.choice([c for n, c in enumerate(COUNTS) if n != at and abs(n - at) <= 4]), 1
    )


# date


@A.of("date")
def another_weekday(scene: Scene, random: Random) -> str | None:
    found = [
        m
        for m in re.finditer(
            rf"(?<!Black )(?<!Super )(?<!Good )\b({'|'.join(WEEKDAYS)})(?!s|['’]s|-| [A-Z])\b", scene.sentence
        )
        if not inside_quotes(scene.sentence, m.start())
    ]
    match = pick(found, random)
    if match is None or len(found) > 1:
        return None
    return put(scene.sentence, match, random.choice([d for d in WEEKDAYS if d != match[1]]))


@A.of("date")
def another_month(scene: Scene, random: Random) -> str | None:
    match = pick(
        list(
            re.finditer(
                rf"\b({'|'.join(MONTHS)}) (?=\d)|(?<=\bin )({'|'.join(MONTHS)})(?=[,. ](?![A-Z]))", scene.sentence
            )
        ),
        random,
    )
    if match is None:
        return None
    old = match.group().strip()
    return put(
        scene.sentence, match, match.group().replace(old, random.choice([m for m in MONTHS if m not in scene.sentence]))
    )


@A.of("date")
def another_day_of_the_month(scene: Scene, random: Random) -> str | None:
    months = "|".join((*MONTHS, *(f"{m[:3]}\\." for m in MONTHS), "Sept\\."))
    match = pick(
        list(re.finditer(rf"\b(?:{months}) (\d\d?)(?=[,. ;)]|$)(?! (?:and|to|or|through)\b)", scene.sentence)), random
    )
    if match is None:
        return None
    return put(scene.sentence, match, str(random.choice([d for d in range(1, 29) if str(d) != match[1]])), 1)


# name


@A.of("name")
def another_person_of_the_article(scene: Scene, random: Random) -> str | None:
    match = pick(persons(scene.sentence), random)
    other = other_person(scene.sentence, scene.article.text, random)
    return put(scene.sentence, match, other) if match and other else None


@A.of("name")
def another_given_name(scene: Scene, random: Random) -> str | None:
    """Jane Wilson becomes Laura Wilson."""
    match = pick(persons(scene.sentence), random)
    if match is None:
        return None
    # Not a short form of the same name (Rob, Robert).
    free = sorted(g for g in GIVEN if len(g) > 4 and g[:1] != match[1][:1] and g not in scene.article.text)
    return put(scene.sentence, match, random.choice(free), 1)


@A.of("name")
def another_place(scene: Scene, random: Random) -> str | None:
    """Ohio becomes Utah, Berlin becomes Rome."""
    for row in random.sample(PLACES, len(PLACES)):
        found = list(re.finditer(rf"(?<=\b(?:in|at|to|of) )(?:{'|'.join(row)})(?![\w-]| [A-Z])", scene.sentence))
        if match := pick(found, random):
            return put(scene.sentence, match, random.choice([p for p in row if p not in scene.sentence]))
    return None


# unit


@A.of("unit")
def another_currency(scene: Scene, random: Random) -> str | None:
    match = pick(list(re.finditer(r"[$£€](?=\d)|(?<=\d )(?:dollars|euros|pounds)\b(?! of)", scene.sentence)), random)
    if match is None:
        return None
    table = {"$": "€£", "£": "$€", "€": "$£"}
    words = {"dollars": ("euros", "pounds"), "euros": ("dollars",), "pounds": ("kilograms",)}
    return put(scene.sentence, match, random.choice(table.get(match.group()) or words[match.group()]))


@A.of("unit")
def another_measure(scene: Scene, random: Random) -> str | None:
    """Miles become kilometers, with the number as it was."""
    table = one_way(
        "miles/kilometers;mile/kilometer;kilometers/miles;kilometres/miles;feet/meters;foot/meter;meters/feet"
        ";metres/feet;inches/feet"
        ";inch/foot;yards/miles;pounds/kilograms;kilograms/pounds;tons/pounds;mph/kph;acres/square miles"
        ";ounces/pounds;gallons/liters"
        ";Fahrenheit/Celsius;km/miles;m/ft;ft/m"
    )
    counts = "|".join(COUNTS)
    if re.search(r"\(\d", scene.sentence):
        return None
    found = list(re.finditer(rf"(?:\d|\b(?:{counts}))[ -]({'|'.join(map(re.escape, table))})\b", scene.sentence))
    match = pick(found, random)
    return put(scene.sentence, match, table[match[1]], 1) if match else None
