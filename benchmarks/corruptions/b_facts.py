"""Corrupting patterns of set b, held out: numbers, dates, names and units."""

from __future__ import annotations

import re
from random import Random

from benchmarks.corruptions.scenes import Patterns, Scene
from benchmarks.corruptions.words import (
    COUNTS,
    MONTHS,
    WEEKDAYS,
    any_of,
    follows,
    one_way,
    other_person,
    outside_quotes,
    persons,
    pick,
    put,
)

B = Patterns("b")
_NUMBER = r"(?<![\w.,:/$£€-])(?!(?:1[0-9]|20)\d\d\b)\d+(?:,\d{3})*(?:\.\d+)?(?!,?\d|[\w:/%’'-])"
# What may be the month before a day.
_CAPITAL = r"[A-Z][a-z]{2,8}\.?"

# number


@B.of("number")
def two_numbers_swapped(scene: Scene, random: Random) -> str | None:
    """12 dead and 30 hurt become 30 dead and 12 hurt."""
    found = list(re.finditer(_NUMBER + r"(?= ([a-z]+))", scene.sentence))
    if len(found) != 2 or found[0].group() == found[1].group() or "(" in scene.sentence:
        return None
    first, second = found
    # A span ("from 5 to 10") or a day of a month is not two counts.
    if first[1] == second[1] or {first[1], second[1]} & {"percent", "per", "to", "and", "or"}:
        return None
    if any("." in m.group() or re.search(rf"\b(?:between|from|{_CAPITAL}) $", m.string[: m.start()]) for m in found):
        return None
    return put(put(scene.sentence, second, first.group()), first, second.group())


@B.of("number")
def percent_becomes_a_count(scene: Scene, random: Random) -> str | None:
    """40 percent of the voters become 40 of the voters."""
    whose = r"(?:the |its |their |his |her |all )?(?!his\b|its\b|this\b|loss|sales)"
    match = pick(list(re.finditer(rf"(?<=\d)(?: per ?cent|%) (?=of {whose}[a-z]+s\b)", scene.sentence)), random)
    if match is None or re.search(r"(?:[.-]\d+|100)$", scene.sentence[: match.start()]):
        return None
    return put(scene.sentence, match, " ")


@B.of("number")
def ten_times_as_many(scene: Scene, random: Random) -> str | None:
    """200 becomes 2,000, 3.5 becomes 35."""
    found = list(re.finditer(_NUMBER + r"(?= (?!a\.m|p\.m|percent|per|years? old)[a-z]+)", scene.sentence))
    match = pick(
        [m for m in found if not re.search(rf"\b(?:{_CAPITAL}|at|around|to|and|by) $", m.string[: m.start()])], random
    )
    return put(scene.sentence, match, f"{round(float(match.group().replace(',', '')) * 10):,}") if match else None


@B.of("number")
def inflated_in_words(scene: Scene, random: Random) -> str | None:
    """Dozens become hundreds, twice ten times, most all."""
    table = one_way(
        "dozens/hundreds;hundreds/thousands;thousands/millions;millions/billions;twice/ten times;half/all;most/all"
    )
    amounts = "(?:dozens|hundreds|thousands|millions|half|most)(?= of (?!all|hundreds|thousands|millions|dozens))"
    found = outside_quotes(scene.sentence, rf"\b(?:{amounts}|twice(?= (?:as|the) ))")
    match = pick(
        [m for m in found if not follows(m, "tens of|other|one|an?|first|second|at|than|the|northern|southern")], random
    )
    return put(scene.sentence, match, table[match.group()]) if match else None


# date


@B.of("date")
def another_year(scene: Scene, random: Random) -> str | None:
    before = r"(?:(?<=\b[Ii]n )|(?<=\bsince )|(?<=\buntil )|(?<=\d, )|(?<=\bof ))"
    match = pick(list(re.finditer(rf"{before}(?:19[3-9]\d|20[012]\d)(?=[ ,.;)])(?! [A-Z])", scene.sentence)), random)
    return (
        put(scene.sentence, match, str(int(match.group()) + random.choice([-7, -6, -4, -3, -2, 2, 3, 4])))
        if match
        else None
    )


@B.of("date")
def another_span_back(scene: Scene, random: Random) -> str | None:
    """Last year becomes last month, yesterday last week."""
    table = one_way(
        "last year/last month;last month/last year;last week/last year;last night/last week;this week/last year"
        ";this year/last year;this month/last year;next week/next year;next year/next week;next month/next week"
        ";yesterday/last week"
    )
    found = outside_quotes(scene.sentence, rf"(?i:{any_of(table)})(?!['’]s)")
    match = pick([m for m in found if not follows(m, f"the|over|until|late|early|earlier|{'|'.join(MONTHS)}")], random)
    return put(scene.sentence, match, table[match[1].lower()]) if match else None


@B.of("date")
def another_time_of_day(scene: Scene, random: Random) -> str | None:
    """5 p.m. becomes 5 a.m., the morning the evening."""
    table = one_way("morning/evening;evening/morning;afternoon/morning;night/morning;a.m./p.m.;p.m./a.m.")
    found = outside_quotes(
        scene.sentence, r"(?<= )(?:morning|evening|afternoon|night)(?= [a-z]|[.,])|(?<=\d )[ap]\.m\."
    )
    found = [m for m in found if "." in m.group() or follows(m, f"in the|this|{'|'.join(WEEKDAYS)}")]
    return put(scene.sentence, found[0], table[found[0].group()]) if len(found) == 1 else None


# name


@B.of("name")
def person_of_another_story(scene: Scene, random: Random) -> str | None:
    match = pick(persons(scene.sentence), random)
    other = other_person(scene.sentence + scene.article.text, scene.foreign.text, random)
    return put(scene.sentence, match, other) if match and other else None


@B.of("name")
def another_family_name(scene: Scene, random: Random) -> str | None:
    """Jane Wilson becomes Jane Harper."""
    names = (
        "Harper Whitfield Okafor Lindgren Castellano Pruitt Vandermeer Nakagawa Sutherland Abernathy Delacroix".split()
    )
    match = pick([m for m in persons(scene.sentence) if not follows(m, "San|Saint|St.")], random)
    family = random.choice([n for n in names if n not in scene.article.text])
    return put(scene.sentence, match, f"{match[1]} {family}") if match else None


_OFFICES = one_way(
    "Sen./Gov.;Rep./Sen.;Gov./Sen.;Senator/Governor;Governor/Senator;Mayor/Sheriff;Sheriff/Mayor;Judge/Prosecutor"
    ";Prosecutor/Judge;Detective/Judge;Prime Minister/President;Secretary of State/Attorney General"
    ";spokesman for/lawyer for;spokeswoman for/lawyer for;a lawyer for/a spokesman for;an attorney for/a spokesman for"
    ";Foreign Minister/Defense Minister;chief executive/chairman;professor of/student of;director of/founder of"
    ";president of/founder of;mother/sister;father/brother;wife/sister;husband/brother;son/brother;daughter/sister"
)


@B.of("name")
def another_office(scene: Scene, random: Random) -> str | None:
    """Senator Lee becomes Governor Lee, a spokesman a lawyer."""
    match = pick(outside_quotes(scene.sentence, rf"{any_of(_OFFICES)}(?= [A-Z])"), random)
    return put(scene.sentence, match, _OFFICES[match[1]]) if match else None


@B.of("name")
def former_left_out(scene: Scene, random: Random) -> str | None:
    """The former president becomes the president, a deputy director a director."""
    chief = "chief|director|minister|mayor|commander|editor|leader|coach|principal|professor"
    second = rf"(?:deputy|assistant) (?=(?:{chief})\b)"
    found = outside_quotes(scene.sentence, rf"(?<=[a-z] )(?:former (?=[A-Za-z]+ )|[Vv]ice (?=[Pp]resident\b)|{second})")
    match = pick([m for m in found if not follows(m, "an")], random)
    return put(scene.sentence, match, "") if match else None


@B.of("name")
def another_nationality(scene: Scene, random: Random) -> str | None:
    """French becomes Danish."""
    peoples = (
        "American Australian Brazilian British Canadian Chinese Danish Egyptian French German Greek Iranian Iraqi"
        " Israeli Italian Japanese Libyan Malaysian Mexican Pakistani Palestinian Polish Russian Spanish Swedish"
        " Syrian Turkish Ukrainian"
    ).split()
    found = outside_quotes(scene.sentence, rf"(?<!-)\b({'|'.join(peoples)})(?= [a-z])")
    match = pick([m for m in found if not follows(m, "Latin|North|South|African|Native")], random)
    if match is None:
        return None
    # "An" or "a" before it stays right.
    free = [p for p in peoples if p not in scene.article.text and (p[0] in "AEIOU") == (match[1][0] in "AEIOU")]
    return put(scene.sentence, match, random.choice(free)) if free else None


# unit


@B.of("unit")
def another_length_of_time(scene: Scene, random: Random) -> str | None:
    """Ten minutes become ten hours."""
    table = one_way("second/minute;minute/hour;hour/day;day/week;week/month;month/year;year/month;decade/year")
    number = rf"(?:\b(?!24\b|365\b)\d+|\b(?:{'|'.join(COUNTS)}|several|few))"
    found = outside_quotes(scene.sentence, rf"{number}[ -]({'|'.join(table)})s?\b(?! old|-old|['’]| of age)")
    match = pick(found, random)
    return put(scene.sentence, match, table[match[1]], 1) if match else None


@B.of("unit")
def another_rate(scene: Scene, random: Random) -> str | None:
    """500 dollars a month become 500 dollars a year."""
    table = one_way(
        "a year/a month;a month/a year;a week/a day;a day/a week;per year/per month;per month/per year;per week/per day"
        ";per day/per week;an hour/a day;per hour/per day;annually/monthly;monthly/weekly;daily/weekly;weekly/daily"
        ";each year/each month;every year/every month;annual/weekly;every day/every week;every week/every day"
    )
    apart = " (?:ago|later|earlier|before|after|of|old|or|and a half|that|when|in which)"
    found = outside_quotes(scene.sentence, rf"{any_of(table)}(?!{apart}\b)")
    counted = r"\S*\d\S*(?: [a-z]+){0,3}|once|twice|times|hours|days"
    match = pick([m for m in found if not m[1].startswith(("a ", "an ")) or follows(m, counted)], random)
    return put(scene.sentence, match, table[match[1]]) if match else None


@B.of("unit")
def another_thing_counted(scene: Scene, random: Random) -> str | None:
    """Twelve people become twelve families."""
    table = one_way(
        "people/families;men/women;women/men;students/teachers;soldiers/civilians;patients/doctors;workers/managers"
        ";employees/customers;deputies/judges;officers/firefighters;children/adults;boys/girls;girls/boys"
        ";schools/hospitals;homes/shops;countries/companies;states/cities;cities/states;protesters/officers"
        ";members/donors;votes/seats;jobs/offices;victims/suspects;suspects/victims;studies/interviews"
    )
    number = rf"(?:(?<![\w.])\d[\d,]*|\b(?:{'|'.join(COUNTS)}|hundreds of|thousands of|dozens of))"
    match = pick(outside_quotes(scene.sentence, rf"{number} ({'|'.join(table)})\b"), random)
    return put(scene.sentence, match, table[match[1]], 1) if match else None
