"""A brief as JSON, and back: ``loads(dumps(brief))`` equals ``brief``. The format is told in docs/brief-json.md."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from briefing.model import Article, Brief, Citation, Claim, Document, Dropped, Excerpt, Part
from briefing.render.excerpts import context, shorten, thrown_out
from briefing.render.parse import VERSION, parse, parse_article

Texts = Literal["all", "cited"]
# Of what was left out, ``texts="cited"`` keeps this many characters: enough to recognise it by.
LEDGER_WORDS = 160
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonRenderer:
    """``brief.json``: the whole brief. With ``texts="cited"`` only the cited words of other people's texts."""

    def __init__(self, texts: Texts = "all") -> None:
        self.texts = texts

    def render(self, brief: Brief, theme: str = "default") -> Document:
        return Document(dumps(brief, self.texts).encode(), "application/json", "brief.json")


def dumps(brief: Brief, texts: Texts = "all") -> str:
    """``brief`` as JSON text, with a line break at its end.

    ``texts="cited"`` withholds the articles' texts but for the cited passages with a sentence around them;
    each text's SHA-256 stays, so that the citations can be verified against the originals.
    """
    if texts == "cited":
        brief = withhold(brief)
    text = json.dumps(_brief(brief), ensure_ascii=False, indent=1)
    # A lone surrogate has no UTF-8; JSON can still say it.
    return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + "\n"


def loads(text: str | bytes) -> Brief:
    """The brief that ``dumps`` wrote.

    Raises ``BriefFormatError`` naming the place (a JSON path) and what is wrong there: not JSON, another
    version, a field missing or of another kind, a quote that its article does not hold.
    """
    return parse(text)


def dump_article(article: Article) -> str:
    """One article as JSON text, as it stands in a brief."""
    return json.dumps(_article(article), ensure_ascii=True, sort_keys=True)


def load_article(text: str) -> Article:
    """The article that ``dump_article`` wrote. Raises ``BriefFormatError``."""
    return parse_article(text)


def withhold(brief: Brief) -> Brief:
    """``brief`` with its articles' texts replaced by excerpts. Withholding twice changes nothing."""
    cited: dict[str, list[Citation]] = {}
    for citation in brief.references:
        if citation.part is Part.TEXT:
            cited.setdefault(citation.article, []).append(citation)
    foreign = thrown_out(brief.dropped)
    return replace(
        brief,
        articles=tuple(_withheld(a, cited.get(a.id, []), foreign.get(a.id, [])) for a in brief.articles),
        dropped=tuple(replace(d, text=shorten(d.text, LEDGER_WORDS)) for d in brief.dropped),
    )


def _withheld(article: Article, cited: list[Citation], dropped: list[Dropped]) -> Article:
    if article.excerpts or not article.text:
        return article
    spans = dict.fromkeys(context(article, citation, dropped) for citation in cited)
    excerpts = tuple(Excerpt(Part.TEXT, start, article.text[start:end]) for start, end in spans)
    # An empty excerpt says of an article that nothing is cited of: its text is withheld, not missing.
    return replace(article, text="", excerpts=excerpts or (Excerpt(Part.TEXT, 0, ""),))


def _brief(brief: Brief) -> dict[str, Any]:
    numbers = {citation: number for number, citation in enumerate(brief.references, 1)}

    def claim(c: Claim) -> dict[str, Any]:
        return {
            "text": c.text,
            "language": c.language,
            "role": c.role.value,
            "verdict": c.verdict.status.value if c.verdict else None,
            "findings": [
                {"claim": f.claim, "check": f.check, "status": f.status.value, "reason": f.reason}
                for f in (c.verdict.findings if c.verdict else ())
            ],
            "citations": [
                {
                    "number": numbers[k],
                    "article": k.article,
                    "part": k.part.value,
                    "start": k.start,
                    "end": k.end,
                    "quote": k.quote,
                }
                for k in c.citations
            ],
        }

    return {
        "version": VERSION,
        "title": brief.title,
        "made_at": _when(brief.made_at),
        "zone": brief.zone,
        "language": brief.language,
        "engine": brief.engine,
        "topics": list(brief.topics),
        "since": _when(brief.since),
        "until": _when(brief.until),
        "stories": [
            {
                "section": s.section.value,
                "headline": claim(s.headline),
                "independent_sources": s.independent_sources,
                "sources": list(s.sources),
                "outlets": list(s.outlets),
                "why": list(s.why),
                "note": s.note,
                "claims": [claim(c) for c in s.claims],
            }
            for s in brief.stories
        ],
        "conflicts": [
            {"about": c.about, "story": c.story, "sides": [claim(side) for side in c.sides]} for c in brief.conflicts
        ],
        "dropped": [
            {
                "reason": d.reason.value,
                "article": d.article,
                "text": d.text,
                "detail": d.detail,
                "part": d.part.value,
                "start": d.start,
                "end": d.end,
            }
            for d in brief.dropped
        ],
        "failures": [{"where": f.where, "reason": f.reason, "detail": f.detail} for f in brief.failures],
        "counts": {
            "articles": brief.counts.articles,
            "originals": brief.counts.originals,
            "passages": brief.counts.passages,
            "taken": brief.counts.taken,
        },
        "cost": {
            "calls": brief.cost.calls,
            "tokens_in": brief.cost.tokens_in,
            "tokens_out": brief.cost.tokens_out,
            "tokens_cached": brief.cost.tokens_cached,
            "price": brief.cost.price,
            "seconds": brief.cost.seconds,
            "saved": brief.cost.saved,
        },
        "articles": [_article(a) for a in brief.articles],
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "sha256": article.sha256,
        "excerpts": [{"part": e.part.value, "start": e.start, "text": e.text} for e in article.excerpts],
        "url": article.url,
        "source": article.source,
        "author": article.author,
        "published": _when(article.published),
        "language": article.language,
        "origin": article.origin,
        "read_as": article.read_as,
    }


def _when(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
