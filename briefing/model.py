"""The nouns: frozen values that refuse nonsense when they are made, and nothing else.

Offsets count Unicode code points, as Python's slices do. A ``Span`` is half open: ``text[start:end]``.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from briefing.errors import ModelError

# How fast a brief is read; what its minutes are counted by, when it is planned and when it is printed.
WORDS_A_MINUTE = 230

# How a note begins of a story that no engine wrote and that stands in its sources' own words.
QUOTED = "Told in quotations of its sources only"
# And of one that a judge should have read and could not.
UNJUDGED = "Checked by the code alone"
# And that a person changed some of its sentences.
BY_HAND = "Changed by hand"


class Span(NamedTuple):
    """``start`` and ``end`` in code points, end not included."""

    start: int
    end: int


class Part(StrEnum):
    """The part of an article that a span counts in."""

    TEXT = "text"
    TITLE = "title"


class Reason(StrEnum):
    """Why something was left out of a brief."""

    TEASER = "teaser of another story"
    BOILERPLATE = "page furniture"
    CAPTION = "caption"
    INSTRUCTION = "addresses a language model"
    WRONG_TITLE = "title of another story"
    DUPLICATE = "copy of another text"
    BLOCKED = "publisher blocked"
    OUTSIDE_PERIOD = "outside the period"
    EARLIER = "in an earlier edition"
    EXCLUDED = "holds an excluded term"
    MISSING_REQUIRED = "lacks a required term"
    OFF_TOPIC = "off topic"
    PUBLISHER_SHARE = "publisher's share is full"
    REPEATED = "repeats what is said"
    NOT_READABLE_ALONE = "not readable alone"
    OVER_BUDGET = "over the length"
    UNSUPPORTED = "not supported by its source"
    BY_HAND = "taken out by hand"


class Status(StrEnum):
    """What the checks say of a claim."""

    SUPPORTED = "SUPPORTED"
    PARTLY = "PARTLY"
    UNSUPPORTED = "UNSUPPORTED"
    UNCITED = "UNCITED"


class Role(StrEnum):
    """What a sentence does in its story; a story's sentences stand in this order."""

    HAPPENED = "what happened"
    MATTERS = "why it matters"
    NUMBERS = "by the numbers"
    DISAGREE = "where sources disagree"
    NEXT = "what's next"


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of ``text``, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of an article kept in place of its whole text; ``start`` counts in the whole text."""

    part: Part
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was published. Make one with ``Article.of``.

    ``text`` and ``title`` are NFC and frozen before they are hashed. Where the whole text is withheld
    (``--texts cited``), ``text`` is empty, ``sha256`` still names the whole text, and ``excerpts`` hold
    the cited words, so citations resolve and can be verified against the original.
    """

    id: str
    title: str
    text: str
    url: str = ""
    source: str = ""
    author: str = ""
    published: datetime | None = None
    language: str = ""
    origin: str = ""
    read_as: str = ""
    sha256: str = ""
    excerpts: tuple[Excerpt, ...] = ()

    def __post_init__(self) -> None:
        if not self.id:
            raise ModelError("an article needs an id; make it with Article.of")
        for name in ("title", "text"):
            if not unicodedata.is_normalized("NFC", getattr(self, name)):
                raise ModelError(f"article {self.id}: {name} is not NFC; make it with Article.of")
        if self.published is not None and self.published.tzinfo is None:
            raise ModelError(f"article {self.id}: published has no time zone")
        if not self.excerpts and self.sha256 != digest(self.text):
            raise ModelError(f"article {self.id}: sha256 does not fit the text")

    @classmethod
    def of(
        cls,
        *,
        title: str = "",
        text: str,
        url: str = "",
        source: str = "",
        author: str = "",
        published: datetime | None = None,
        language: str = "",
        origin: str = "",
        read_as: str = "",
    ) -> Article:
        """An article with its text brought to NFC and its id derived from what was published.

        The id hashes title, text, publisher, address and time, not the file it was read from: the same
        article in two folders is one article, the same text under two mastheads is two.
        """
        title = unicodedata.normalize("NFC", title)
        text = unicodedata.normalize("NFC", text)
        when = published.isoformat() if published else ""
        key = digest("\x00".join((title, text, source, url, when)))[:16]
        return cls(
            id=key,
            title=title,
            text=text,
            url=url,
            source=source,
            author=author,
            published=published,
            language=language,
            origin=origin,
            read_as=read_as,
            sha256=digest(text),
        )

    @property
    def label(self) -> str:
        """What names the article in a list: its title, or else its first 200 characters."""
        return self.title or self.text[:200]

    def slice(self, part: Part, start: int, end: int) -> str:
        """The characters of ``part`` from ``start`` to ``end``.

        Raises ``ModelError`` when the span is outside the part or was withheld.
        """
        if not 0 <= start < end:
            raise ModelError(f"article {self.id}: {start}:{end} is not a span")
        whole = self.title if part is Part.TITLE else self.text
        if end <= len(whole):
            return whole[start:end]
        for excerpt in self.excerpts:
            if excerpt.part is part and excerpt.start <= start and end <= excerpt.start + len(excerpt.text):
                return excerpt.text[start - excerpt.start : end - excerpt.start]
        raise ModelError(f"article {self.id}: {part.value} {start}:{end} is outside the article")


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: where, which kind of failure, and the words for a person."""

    where: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was left out and why. ``article`` is an article id; ``detail`` says more than the reason."""

    reason: Reason
    article: str
    text: str
    detail: str = ""
    part: Part = Part.TEXT
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article, the paragraphs that belong to it, and what was dropped of it."""

    article: Article
    kept: tuple[Span, ...]
    dropped: tuple[Dropped, ...] = ()
    title_trusted: bool = True

    def __post_init__(self) -> None:
        _ordered(self.kept, len(self.article.text), f"article {self.article.id}")


@dataclass(frozen=True, slots=True)
class Original:
    """One independent text, and the copies of it that other outlets carried."""

    cleaned: Cleaned
    copies: tuple[Article, ...] = ()

    @property
    def article(self) -> Article:
        return self.cleaned.article

    @property
    def outlets(self) -> tuple[str, ...]:
        """Publishers that carried this text, the original's first, each once."""
        names = (self.article.source, *(c.source for c in self.copies))
        return tuple(dict.fromkeys(n for n in names if n))


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of an article's text: whole sentences, in reading order."""

    original: Original
    sentences: tuple[Span, ...]

    def __post_init__(self) -> None:
        if not self.sentences:
            raise ModelError("a passage needs at least one sentence")
        _ordered(self.sentences, len(self.article.text), f"article {self.article.id}")

    @property
    def article(self) -> Article:
        return self.original.article

    @property
    def start(self) -> int:
        return self.sentences[0].start

    @property
    def end(self) -> int:
        return self.sentences[-1].end

    @property
    def text(self) -> str:
        return self.article.text[self.start : self.end]

    @property
    def id(self) -> str:
        return f"{self.article.id}:{self.start}-{self.end}"


def _ordered(spans: tuple[Span, ...], length: int, where: str) -> None:
    at = 0
    for start, end in spans:
        if not at <= start < end <= length:
            raise ModelError(f"{where}: span {start}:{end} is empty, overlaps or lies outside 0:{length}")
        at = end


@dataclass(frozen=True, slots=True)
class Publisher:
    """What the reader says of a publisher: 1.0 is the usual weight; ``max_share`` is a fraction of the brief."""

    weight: float = 1.0
    blocked: bool = False
    max_share: float = 1.0

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ModelError(f"a publisher's weight is at least 0, not {self.weight}")
        if not 0 < self.max_share <= 1:
            raise ModelError(f"a publisher's max_share is above 0 and at most 1, not {self.max_share}")


@dataclass(frozen=True, slots=True)
class Interest:
    """What the reader wants. Without topics: what the articles themselves are most about.

    ``seen`` are the ids of articles that an earlier edition was made of.
    """

    topics: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    language: str = "en"
    publishers: Mapping[str, Publisher] = field(default_factory=lambda: MappingProxyType({}))
    seen: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("topics", "must", "never"):
            if isinstance(getattr(self, name), str):
                raise ModelError(f"{name} is a tuple of texts, not one text: write {name}=(...,)")
        for name in ("since", "until"):
            when = getattr(self, name)
            if when is not None and when.tzinfo is None:
                raise ModelError(f"{name} has no time zone")
        if self.since and self.until and self.since >= self.until:
            raise ModelError(f"since ({self.since}) is not before until ({self.until})")


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage, its score (higher is nearer to the interest) and why it was taken."""

    passage: Passage
    score: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Passages about one event, best first."""

    id: str
    passages: tuple[Scored, ...]
    score: float = 0.0
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.passages:
            raise ModelError("a story needs at least one passage")

    @property
    def originals(self) -> tuple[Original, ...]:
        """The independent texts behind the story, in the order of their best passage."""
        return tuple({s.passage.article.id: s.passage.original for s in self.passages}.values())

    @property
    def independent_sources(self) -> int:
        """Independent texts by different publishers; a wire text counts once, however many carried it.

        Texts whose publisher is not known count one each.
        """
        named = {o.article.source for o in self.originals if o.article.source}
        return len(named) + sum(not o.article.source for o in self.originals)


@dataclass(frozen=True, slots=True)
class Ask:
    """What an engine is asked for: language of the brief, words to spend, the run's time."""

    language: str
    words: int
    now: datetime
    sentences: int = 6


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words that support a claim: ``quote`` equals ``part[start:end]`` of the article."""

    article: str
    part: Part
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.quote):
            raise ModelError(f"citation of {self.article}: {self.start}:{self.end} does not fit its quote")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says of one claim: ``check`` is its name, ``reason`` the words for a person."""

    claim: int
    check: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of the checks, with those that did not pass (or that say why it holds)."""

    status: Status
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the brief, or a headline, with its citations. ``language`` is that of ``text``."""

    text: str
    citations: tuple[Citation, ...]
    language: str = ""
    verdict: Verdict | None = None
    role: Role = Role.HAPPENED

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ModelError("a claim needs words")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine wrote for a story, not yet checked. Claim 0 is the headline in the numbering of findings.

    ``note`` says in words for the reader what went otherwise than asked for: that the brief's engine did not write the
    story, or that no judge read it, and why. Mostly it is empty.
    """

    story: Story
    headline: Claim
    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A draft that did not pass and the findings that say why; an engine writes again only what failed."""

    draft: Draft
    findings: tuple[Finding, ...]


class Pair(NamedTuple):
    """What a judge is asked: does ``evidence`` say all that ``claim`` says?"""

    evidence: str
    claim: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A story whose headline and claims carry verdicts, and what the checks withheld. ``note`` as in ``Draft``."""

    story: Story
    headline: Claim
    claims: tuple[Claim, ...]
    dropped: tuple[Dropped, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of a brief: its title, the time it is made at, its zone and its length in minutes of reading."""

    title: str
    made_at: datetime
    zone: str = "UTC"
    minutes: float = 5.0

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ModelError("made_at has no time zone")
        if self.minutes <= 0:
            raise ModelError(f"a brief is longer than {self.minutes} minutes")


class Section(StrEnum):
    """Where in the brief a story stands."""

    LEAD = "lead"
    IN_BRIEF = "in brief"


@dataclass(frozen=True, slots=True)
class BriefStory:
    """A story as it is printed.

    ``sources`` names the publishers of its independent texts, where they are known; ``outlets`` those that carried
    copies of these and nothing of their own; ``note`` as in ``Draft``.
    """

    headline: Claim
    claims: tuple[Claim, ...]
    independent_sources: int
    sources: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    section: Section = Section.LEAD
    why: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims of different sources on the same thing that disagree; ``about`` names the thing.

    ``story`` is the index of the story in the brief.
    """

    about: str
    sides: tuple[Claim, ...]
    story: int = 0

    def __post_init__(self) -> None:
        if len(self.sides) < 2:
            raise ModelError("a conflict needs two sides")


@dataclass(frozen=True, slots=True)
class Cost:
    """What the models used: calls, tokens in (those the vendor had cached among them) and out, US dollars, seconds.

    ``price`` is None where the model's prices are not known. ``seconds`` is the sum over calls, which overlap.
    ``saved`` counts the calls that kept answers stood in for.
    """

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    price: float | None = 0.0
    seconds: float = 0.0
    saved: int = 0

    def __add__(self, other: Cost) -> Cost:
        known = self.price is not None and other.price is not None
        return Cost(
            self.calls + other.calls,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.tokens_cached + other.tokens_cached,
            (self.price or 0.0) + (other.price or 0.0) if known else None,
            self.seconds + other.seconds,
            self.saved + other.saved,
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How much went in: articles read, independent texts among them, passages made, passages taken."""

    articles: int = 0
    originals: int = 0
    passages: int = 0
    taken: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """A finished brief: checked stories in reading order, conflicts, and the ledger of what was left out.

    ``articles`` are those that the brief cites or whose parts stand in the ledger with a span.
    """

    title: str
    made_at: datetime
    language: str
    engine: str
    articles: tuple[Article, ...]
    stories: tuple[BriefStory, ...]
    conflicts: tuple[Conflict, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    failures: tuple[Failure, ...] = ()
    topics: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    zone: str = "UTC"
    counts: Counts = Counts()
    cost: Cost = Cost()

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ModelError("made_at has no time zone")
        by_id = {a.id: a for a in self.articles}
        for citation in self.references:
            article = by_id.get(citation.article)
            if article is None:
                raise ModelError(f"citation of an article that the brief does not hold: {citation.article}")
            if article.slice(citation.part, citation.start, citation.end) != citation.quote:
                raise ModelError(
                    f"article {article.id}: {citation.start}:{citation.end} does not read {citation.quote!r}"
                )
        for conflict in self.conflicts:
            if not 0 <= conflict.story < len(self.stories):
                raise ModelError(f"conflict about {conflict.about!r} belongs to no story")

    def article(self, id: str) -> Article:
        """The article with this id. Raises ``KeyError``."""
        for article in self.articles:
            if article.id == id:
                return article
        raise KeyError(id)

    @property
    def references(self) -> tuple[Citation, ...]:
        """Every cited span once, in reading order; a reference's number is its place here, from 1.

        Reading order is each story's headline, claims and conflicts, story by story.
        """
        order: dict[Citation, None] = {}
        for index, story in enumerate(self.stories):
            sides = (side for c in self.conflicts if c.story == index for side in c.sides)
            for claim in (story.headline, *story.claims, *sides):
                order.update(dict.fromkeys(claim.citations))
        return tuple(order)


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered brief: its bytes, media type, and file name."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The passages taken, best first, and what was left out with the reason."""

    taken: tuple[Scored, ...]
    dropped: tuple[Dropped, ...] = ()
