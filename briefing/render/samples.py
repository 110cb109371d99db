"""Briefs to look at a theme with: every field that a page may show, none of it at all, far too much, from right to
left, and full of attacks. Places, people and institutions are invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from briefing.model import (
    Article,
    Brief,
    BriefStory,
    Citation,
    Claim,
    Conflict,
    Cost,
    Counts,
    Dropped,
    Failure,
    Finding,
    Part,
    Reason,
    Role,
    Section,
    Status,
    Verdict,
)

MADE_AT = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
HUGE_STORIES = 40
# What an attack in an article looks like in a page that does not escape it.
ATTACKS = ("<script>alert(", "<img src=x", "<b onmouseover=")


def _article(title: str, *sentences: str, source: str, language: str = "en", hours: int = 12, **more: str) -> Article:
    return Article.of(
        title=title,
        text=("" if language == "ja" else " ").join(sentences),
        source=source,
        language=language,
        published=MADE_AT - timedelta(hours=hours),
        url=more.get("url", f"https://{source.encode('idna').decode()[:20].lower().replace(' ', '-')}.example/{hours}"),
        author=more.get("author", ""),
    )


def _cite(article: Article, quote: str) -> Citation:
    part = Part.TITLE if quote == article.title else Part.TEXT
    start = 0 if part is Part.TITLE else article.text.index(quote)
    return Citation(article.id, part, start, start + len(quote), quote)


def _says(article: Article, words: str = "", role: Role = Role.HAPPENED, doubt: str = "", also: str = "") -> Claim:
    """A claim of the article's own words, by default its title; ``also`` is a second sentence that it cites."""
    words = words or article.title
    status = Status.PARTLY if doubt else Status.SUPPORTED
    cited = (_cite(article, words), *((_cite(article, also),) if also else ()))
    return Claim(words, cited, article.language, Verdict(status, (Finding(0, "sample", status, doubt),)), role)


def _sentences(article: Article) -> list[str]:
    return [s + "." for s in article.text.rstrip(".").split(". ")]


_BRIDGE = _article(
    "Lindow closes its oldest bridge after cracks are found",
    "The city of Lindow closed the Wharf Bridge on Sunday after engineers found cracks in two of its piers.",
    "The bridge carried 31,000 vehicles a day, the city's transport office said.",
    "Repairs will cost between 40 and 55 million marks and take until autumn.",
    "“We had no choice”, said Jana Orlow, who heads the office.",
    "Ferries will run every ten minutes from Tuesday.",
    source="Lindow Courier",
    author="Piet Anders",
)
_BRIDGE_WIRE = _article(
    "Wharf Bridge in Lindow shut",
    "Some 26,000 vehicles used the bridge each day, according to the association of hauliers.",
    "It expects detours to cost its members 300,000 marks a week.",
    source="Midland Wire",
    hours=9,
)
_GRAIN = _article(
    "Grain harvest in Ostrava Plain forecast to fall by a tenth",
    "The farm ministry expects a harvest of 8.4 million tonnes, a tenth less than last year.",
    "Drought has lasted since November.",
    source="Field and Market",
    hours=20,
)
_FERRY = _article(
    "Fährverkehr nach Sankt Annen eingestellt",
    "Die Reederei Nordlicht stellte am Sonntag den Fährverkehr nach Sankt Annen ein.",
    "Der Wasserstand des Bodden liegt nach ihren Angaben 60 Zentimeter unter dem Mittel.",
    source="Boddenbote",
    language="de",
    hours=15,
)
_CHOIR = _article(
    "Choir of Tellin sings in the harbour",
    "Two hundred singers from Tellin performed on barges in the harbour on Sunday evening.",
    source="",
    url="",
    hours=10,
)

# The wire's text in two more papers.
_COPIES = tuple(
    _article(_BRIDGE_WIRE.title, _BRIDGE_WIRE.text, source=name, hours=8) for name in ("Coast Daily", "Lake Herald")
)


def rich() -> Brief:
    """Every field that a page may show: roles, a conflict, a doubt, a foreign language, a note, a ledger, a failure."""
    bridge, wire, grain, ferry = map(_sentences, (_BRIDGE, _BRIDGE_WIRE, _GRAIN, _FERRY))
    return Brief(
        title="The morning brief",
        made_at=MADE_AT,
        language="en",
        engine="extractive",
        articles=(_BRIDGE, _BRIDGE_WIRE, _GRAIN, _FERRY, _CHOIR, *_COPIES),
        stories=(
            BriefStory(
                _says(_BRIDGE),
                (
                    _says(_BRIDGE, bridge[0], also=bridge[4]),
                    _says(_BRIDGE, bridge[3]),
                    _says(_BRIDGE_WIRE, wire[1], Role.MATTERS),
                    _says(_BRIDGE, bridge[2], Role.NUMBERS, doubt="the upper figure stands in one source only"),
                    _says(_BRIDGE, bridge[4], Role.NEXT),
                ),
                independent_sources=2,
                sources=("Lindow Courier", "Midland Wire"),
                outlets=("Coast Daily", "Lake Herald"),
            ),
            BriefStory(
                _says(_GRAIN),
                (_says(_GRAIN, grain[0]), _says(_FERRY, ferry[1], Role.MATTERS)),
                independent_sources=2,
                sources=("Field and Market", "Boddenbote"),
            ),
            BriefStory(_says(_FERRY), (_says(_FERRY, ferry[0]),), 1, ("Boddenbote",), section=Section.IN_BRIEF),
            BriefStory(_says(_CHOIR), (_says(_CHOIR, _CHOIR.text),), 1, section=Section.IN_BRIEF),
        ),
        conflicts=(Conflict("vehicles a day", (_says(_BRIDGE, bridge[1]), _says(_BRIDGE_WIRE, wire[0]))),),
        dropped=(
            Dropped(
                Reason.INSTRUCTION, _GRAIN.id, grain[1], "orders what to print", Part.TEXT, *_span(_GRAIN, grain[1])
            ),
            Dropped(Reason.WRONG_TITLE, _BRIDGE_WIRE.id, _BRIDGE_WIRE.title, "", Part.TITLE, 0, 10),
            *(Dropped(Reason.OFF_TOPIC, f"{n:016x}", f"Recipe of the day number {n}") for n in range(15)),
        ),
        failures=(Failure("inbox/scan-4.pdf", "encrypted", "the file asks for a password"),),
        topics=("bridges", "harvests"),
        since=MADE_AT - timedelta(days=1),
        until=MADE_AT,
        counts=Counts(articles=64, originals=51, passages=190, taken=22),
        cost=Cost(calls=4, tokens_in=9000, tokens_out=900, price=0.02),
    )


def _span(article: Article, words: str) -> tuple[int, int]:
    start = article.text.index(words)
    return start, start + len(words)


def empty() -> Brief:
    """Nothing was relevant."""
    return replace(rich(), articles=(), stories=(), conflicts=(), failures=(), dropped=rich().dropped[2:], cost=Cost())


def huge() -> Brief:
    """Forty stories with long sentences, one of a word without a space."""
    one = rich().stories[0]
    long = _article(
        "Word" * 60,
        "The list of measures that the assembly took up on Sunday is long: "
        + "bridges, ferries and roads, " * 25
        + "all.",
        "Another sentence stands here.",
        source="The Long Gazette of the United Provinces and Their Dependencies",
    )
    first = BriefStory(_says(long), tuple(_says(long, s) for s in _sentences(long)), 1, (long.source,))
    stories = (first, *(replace(one, section=Section.IN_BRIEF if n > 9 else Section.LEAD) for n in range(HUGE_STORIES)))
    return replace(
        rich(),
        articles=(*rich().articles, long),
        stories=stories,
        conflicts=tuple(replace(rich().conflicts[0], story=n) for n in range(1, HUGE_STORIES, 7)),
    )


_LEVEE = _article(
    "إغلاق أقدم جسر في مدينة ليندو",
    "أغلقت مدينة ليندو جسر الميناء يوم الأحد بعد العثور على شقوق في اثنتين من دعائمه.",
    "وقال مكتب النقل إن 31000 مركبة كانت تعبر الجسر (Wharf Bridge) كل يوم.",
    source="جريدة الضفة",
    language="ar",
    url="https://aldiffa.example/جسر",
)


def right_to_left() -> Brief:
    """An Arabic brief with a sentence in Latin letters."""
    arabic, bridge = _sentences(_LEVEE), _sentences(_BRIDGE)
    return replace(
        rich(),
        title="موجز الصباح",
        language="ar",
        articles=(_LEVEE, _BRIDGE),
        stories=(
            BriefStory(
                _says(_LEVEE), (*(_says(_LEVEE, s) for s in arabic), _says(_BRIDGE, bridge[1])), 2, ("جريدة الضفة",)
            ),
            BriefStory(_says(_BRIDGE), (_says(_BRIDGE, bridge[0]),), 1, ("Lindow Courier",), section=Section.IN_BRIEF),
        ),
        conflicts=(),
        dropped=(),
        topics=("جسور",),
    )


# Reports of one strike, from day to day; each of its own.
_STRIKE = tuple(
    _article(
        f"Strike in the port of Tellin, report {n}",
        f"Dockers in Tellin stopped work at {quay}.",
        source=f"Harbour Paper {n}",
        hours=hours,
    )
    for n, (quay, hours) in enumerate(
        {
            **{"the grain quay": 80, "the ferry pier": 60, "the coal quay": 55, "the timber quay": 34},
            **{"the oil pier": 32, "the fish quay": 31, "the container quay": 28, "the last open pier": 10},
        }.items(),
        1,
    )
)


def charted() -> Brief:
    """Charts of both kinds: a story of several days, and numbers that two sources give side by side."""
    strike = BriefStory(
        _says(_STRIKE[0]),
        tuple(_says(a, a.text) for a in _STRIKE),
        len(_STRIKE),
        tuple(a.source for a in _STRIKE),
    )
    return replace(rich(), articles=(*rich().articles, *_STRIKE), stories=(*rich().stories[:1], strike))


_ATTACK = Article.of(
    title="Line one\nline two <script>alert('title')</script> {{ 7*7 }}",
    text="Prices </style><script>alert(1)</script> rose by 4% <img src=x onerror=alert(2)> in May. "
    "See [this](javascript:alert(3)) and <b onmouseover=alert(4)>that</b> {% raw %} now.",
    url="javascript:alert(5)",
    source='Evil & Sons "<script>alert(6)</script>',
    author="<img src=x onerror=alert(7)>",
    language='en" onload="alert(8)',
)


def hostile() -> Brief:
    """An article that attacks the page from every field."""
    claims = tuple(_says(_ATTACK, s) for s in _sentences(_ATTACK))
    return replace(
        rich(),
        title="</title><script>alert(0)</script>",
        articles=(_ATTACK,),
        stories=(BriefStory(_says(_ATTACK), claims, 1, (_ATTACK.source,), (_ATTACK.source,), note=_ATTACK.title),),
        conflicts=(Conflict(_ATTACK.title, claims[:2]),),
        dropped=(Dropped(Reason.OFF_TOPIC, _ATTACK.id, _ATTACK.title),),
        failures=(Failure(_ATTACK.title, "damaged", _ATTACK.title),),
        topics=("<script>alert(9)</script>",),
    )


SAMPLES: Mapping[str, Callable[[], Brief]] = MappingProxyType(
    {"rich": rich, "charted": charted, "empty": empty, "huge": huge, "right-to-left": right_to_left, "hostile": hostile}
)
