"""What a template sees: plain dicts, lists, strings and numbers, made once from a brief for every format.

docs/templates.md tells each field. No noun of the program gets into a template, so that a theme can neither call
its methods nor break when they change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from briefing.model import (
    WORDS_A_MINUTE,
    Article,
    Brief,
    BriefStory,
    Citation,
    Claim,
    Conflict,
    Failure,
    Part,
    Reason,
    Role,
    Section,
)
from briefing.render import charts, doubts, ledger
from briefing.render.attribution import publisher, web_address
from briefing.render.charts_draw import svg
from briefing.render.excerpts import shorten, surroundings, thrown_out
from briefing.render.fragments import text_fragment
from briefing.render.labels import Words, direction, language_tag
from briefing.render.method import method, nothing, period
from briefing.render.strings import printable
from briefing.text.words import words

Context = dict[str, Any]

VERSION = 1
BOTTOM_LINE = 3
PARAGRAPH = 3
# So many of a story's publishers are named, and of the outlets that only carried a copy.
OUTLETS = 6
# A footnote's share of a quotation, in characters; the whole stands under Sources.
NOTE = 84
# A publisher's name beside a bar, in characters.
NAME = 40
# What a conflict is about where its sources have no word for it.
NUMBERS = "numbers"


def context(brief: Brief, zone: tzinfo | None = None) -> Context:
    """Everything that a page says. Times are told in ``zone``, or else in the brief's.

    The keys of ``sources`` follow ``brief.references``: ``sources[n - 1]`` is reference number n.
    """
    page: Context = printable(_Page(brief, zone or ZoneInfo(brief.zone)).context())
    return page


class _Page:
    def __init__(self, brief: Brief, zone: tzinfo) -> None:
        self.brief = brief
        self.words = Words(brief.language, zone)
        self.articles = {a.id: a for a in brief.articles}
        self.numbers = {citation: n for n, citation in enumerate(brief.references, 1)}
        # The calls of each reference on the page, so that a source can point back at them.
        self.calls: dict[int, list[str]] = defaultdict(list)
        self.noted: set[int] = set()
        self.thrown_out = thrown_out(brief.dropped)
        self.wrong_titles = {d.article for d in brief.dropped if d.reason is Reason.WRONG_TITLE}

    def context(self) -> Context:
        brief = self.brief
        # In the order of the page, since calls are numbered as they are met.
        lead = [n for n, story in enumerate(brief.stories) if story.section is Section.LEAD]
        top = lead[:BOTTOM_LINE] if len(brief.stories) > 1 else []
        bottom = [self.claim(brief.stories[n].headline) | {"story": _story_id(n)} for n in top]
        stories = [self.story(n, s) for n, s in enumerate(brief.stories)]
        sources = [self.source(n, citation) for citation, n in self.numbers.items()]
        return {
            "version": VERSION,
            "page": {"language": self.words.language, "direction": self.words.direction},
            "labels": dict(self.words.labels),
            "masthead": self.masthead(stories),
            "bottom_line": bottom,
            "lead": [s for s in stories if s["section"] == Section.LEAD.value],
            "in_brief": [s for s in stories if s["section"] == Section.IN_BRIEF.value],
            "sources": sources,
            # Runs of references to one article, which a list need name only once.
            "source_groups": [list(run) for _, run in groupby(sources, key=lambda s: s["article"])],
            "left_out": ledger.summary(brief, self.articles, self.words),
            "failures": [self.failure(failure) for failure in brief.failures],
            "nothing": nothing(brief, self.words),
            "method": method(brief, self.words),
        }

    def masthead(self, stories: list[Context]) -> Context:
        brief = self.brief
        length = sum(
            len(words(c["text"]))
            for s in stories
            for c in (s["headline"], *(c for p in s["paragraphs"] for c in p["claims"]))
        )
        length += sum(len(words(side["text"])) for s in stories for c in s["conflicts"] for side in c["sides"])
        title = " ".join(brief.title.split())
        return {
            "title": title,
            "language": language_tag(brief.language),
            "direction": direction(title, ""),
            "date": self.words.long_date(brief.made_at),
            "made_at": brief.made_at.isoformat(timespec="seconds"),
            "cutoff": self.words.deadline(brief.until or brief.made_at),
            "period": period(brief, self.words),
            "since": self.words.short_date(brief.since) if brief.since else "",
            "topics": list(brief.topics),
            "words": length,
            "minutes": max(1, round(length / WORDS_A_MINUTE)),
            "articles": brief.counts.articles,
        }

    def story(self, index: int, story: BriefStory) -> Context:
        headline = self.claim(story.headline, note=True)
        paragraphs = []
        for group in _paragraphs(story.claims):
            code = group[0].language
            role = group[0].role
            claims = [self.claim(c, note=True) for c in group]
            foreign = bool(code) and code != self.brief.language
            paragraphs.append(
                {
                    "language": claims[0]["language"],
                    "direction": claims[0]["direction"],
                    "foreign": self.words.language_name(code) if foreign else "",
                    "role": role.value,
                    "label": "" if role is Role.HAPPENED else self.words.say(f"role_{role.name.lower()}"),
                    "claims": claims,
                }
            )
        note = doubts.note(story, self.words)
        return {
            "id": _story_id(index),
            "section": story.section.value,
            "note": doubts.together(note, self.words),
            "note_label": note[0],
            "note_detail": note[1],
            "headline": headline,
            "paragraphs": paragraphs,
            "sources": self.source_line(story),
            "chart": self.chart(charts.volume(self.published(index, story), self.words)),
            "conflicts": [self.conflict(c) for c in self.brief.conflicts if c.story == index],
        }

    def published(self, index: int, story: BriefStory) -> list[datetime]:
        """When the texts that a story cites were published, as far as that is known."""
        sides = [side for c in self.brief.conflicts if c.story == index for side in c.sides]
        cited = {k.article for claim in (story.headline, *story.claims, *sides) for k in claim.citations}
        return [a.published for a in self.brief.articles if a.id in cited and a.published]

    def chart(self, chart: charts.Chart | None, sides: Sequence[Claim] = ()) -> Context | None:
        if chart is None:
            return None
        most = max(bar.value for bar in chart.bars)
        points = []
        for bar in chart.bars:
            title = self.words.say("labelled", label=bar.label, text=bar.text)
            cited = sides[bar.side].citations if bar.side >= 0 else ()
            points.append(
                {
                    "label": bar.label,
                    "value": bar.value,
                    "percent": round(100 * bar.value / most),
                    "text": bar.text,
                    "refs": [self.call(self.numbers[c], note=False) for c in cited],
                    "svg": svg(chart.kind, bar.value / most, title, self.words.direction),
                }
            )
        told = (self.words.say("labelled", label=p["label"], text=p["text"]) for p in points)
        alt = self.words.say("semicolon").join(told)
        return {"kind": chart.kind, "title": chart.title, "unit": chart.unit, "points": points, "alt": alt}

    def conflict(self, conflict: Conflict) -> Context:
        chart = self.chart(
            charts.numbers(conflict, self.articles, self.side_names(conflict), self.words), conflict.sides
        )
        sides = []
        for side in conflict.sides:
            publishers = dict.fromkeys(self.publisher(self.articles[c.article]) for c in side.citations)
            sides.append(self.claim(side, note=True) | {"publishers": list(publishers)})
        # What no word of the sources names is numbers, in the page's language.
        own = conflict.about == NUMBERS
        return {
            "about": self.words.say("disagree_numbers") if own else conflict.about,
            "language": self.words.language if own else sides[0]["language"],
            "direction": self.words.direction if own else sides[0]["direction"],
            "chart": chart,
            "sides": sides,
        }

    def side_names(self, conflict: Conflict) -> list[str]:
        """What tells the sides of a conflict apart: publishers, and days where they are not all of one day."""
        articles = [self.articles[side.citations[0].article] for side in conflict.sides if side.citations]
        days = [self.words.short_day(a.published) if a.published else "" for a in articles]
        several = len(set(days)) > 1
        names = [shorten(self.publisher(a), NAME) for a in articles]
        return [self.words.listed(filter(None, (n, d if several else ""))) for n, d in zip(names, days, strict=True)]

    def claim(self, claim: Claim, note: bool = False) -> Context:
        """A sentence and its calls. With ``note``, the first call of each reference is marked to carry its note."""
        doubt = doubts.doubt(claim, self.words)
        return {
            "text": claim.text,
            "language": language_tag(claim.language or self.brief.language),
            "direction": direction(claim.text, claim.language),
            "doubt": doubts.together(doubt, self.words),
            "doubt_label": doubt[0],
            "doubt_detail": doubt[1],
            "refs": [self.call(self.numbers[c], note) for c in claim.citations],
        }

    def call(self, number: int, note: bool) -> Context:
        id = f"{sum(map(len, self.calls.values())) + 1}"
        self.calls[number].append(f"cite-{id}")
        first = note and number not in self.noted
        if first:
            self.noted.add(number)
        return {"number": number, "id": f"cite-{id}", "card": f"card-{id}", "note": first}

    def source_line(self, story: BriefStory) -> Context:
        also = story.outlets
        return {
            "count": story.independent_sources,
            # Two texts of nobody's may be of one publisher, so they are not called independent sources.
            "label": self.words.say(
                "independent_sources" if story.sources else "unnamed_texts", number=story.independent_sources
            ),
            "names": list(story.sources[:OUTLETS]),
            # Some texts do not name their publisher.
            "partial": 0 < len(story.sources[:OUTLETS]) < story.independent_sources,
            "also": list(also[:OUTLETS]),
            "more": max(0, len(also) - OUTLETS),
        }

    def source(self, number: int, citation: Citation) -> Context:
        article = self.articles[citation.article]
        before, after = surroundings(article, citation, self.thrown_out.get(article.id, []))
        published = article.published
        url = web_address(article.url)
        withheld = article.id in self.wrong_titles and citation.part is Part.TEXT
        return {
            "number": number,
            "id": f"ref-{number}",
            "calls": self.calls[number],
            "publisher": self.publisher(article),
            "author": article.author,
            "title": "" if withheld else article.title,
            "title_withheld": withheld,
            "date": self.words.short_date(published) if published else self.words.say("no_date"),
            "day": self.words.short_day(published) if published else self.words.say("no_date"),
            "published": published.isoformat(timespec="seconds") if published else "",
            "url": url,
            "link": text_fragment(url, citation.quote),
            "language": language_tag(article.language or self.brief.language),
            "direction": direction(citation.quote, article.language),
            "article": article.id,
            "part": citation.part.value,
            "start": citation.start,
            "end": citation.end,
            "before": before,
            "quote": citation.quote,
            "short": shorten(citation.quote, NOTE),
            "after": after,
        }

    def failure(self, failure: Failure) -> Context:
        # A source of somebody's own may have reasons of its own.
        key = f"failure_{failure.reason.replace(' ', '_')}"
        label = self.words.say(key) if key in self.words.labels else failure.reason
        return {"where": failure.where, "reason": failure.reason, "label": label, "detail": failure.detail}

    def publisher(self, article: Article) -> str:
        return publisher(article, self.words.say("unnamed_publisher"))


def _paragraphs(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Sentences of one role and language, a few to a paragraph, as newspapers set them, and of even length."""
    for _, group in groupby(claims, key=lambda c: (c.role, c.language)):
        run = list(group)
        parts = -(-len(run) // PARAGRAPH)
        for part in range(parts):
            yield run[len(run) * part // parts : len(run) * (part + 1) // parts]


def _story_id(index: int) -> str:
    return f"story-{index + 1}"
