"""How near passages are to a topic in plain words, and how near is near enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from itertools import pairwise
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from briefing.model import Passage
from briefing.text.similarity import Floats, Terms, bm25, likeness, tfidf
from briefing.text.words import fold, stem, terms, words

# Words that say what kind of text is wanted, not what it is about. They count, but little.
_FURNITURE = frozenset(
    fold(word)
    for word in """
    analysis analyses article articles comprehensive coverage daily detailed details development developments effect
    effects evolution future impact impacts implication implications information introduction issue issues key latest
    new news outlook overview report reports review situation story stories strategic strategy summary today trend
    trends update updates week weekly
    analyse aktuell aktuelle aktuelles auswirkung auswirkungen bericht berichte entwicklung entwicklungen folgen
    lage meldungen nachrichten neueste thema überblick zukunft
    actualité actualités avenir conséquences développement développements évolution informations nouvelles
    perspectives rapport situation tendances
    actualidad análisis consecuencias desarrollo desarrollos efectos evolución futuro impacto informe noticias
    novedades perspectivas situación tendencias
    """.split()
)  # fmt: skip
_FURNITURE_WEIGHT = 0.25
_VARIANT_WEIGHT = 0.7
_PHRASE_WEIGHT = 0.5

# The relevance model: how many articles it looks at, how many terms it takes, and their share of the query.
_FEEDBACK_ARTICLES = 10
_FEEDBACK_TERMS = 30
_FEEDBACK_SHARE = 0.7

# Articles thought to stand beside the batch, so that words of a batch of one have weights too.
_BACKGROUND = 20
_EVIDENCE = 0.5
_FLOOR = (0.25, 0.5)


class Match(NamedTuple):
    """Nearness to one topic. ``passages`` and ``met`` have an entry for every passage, ``near`` for every article.

    ``passages`` lies in 0..1; ``met`` holds the words of the topic that stand in the passage in any form, as the
    reader wrote them; ``near`` says which articles are near enough.
    """

    passages: Floats
    met: list[list[str]]
    near: list[bool]


class _Word(NamedTuple):
    written: str
    columns: dict[int, float]
    weight: float


class Batch:
    """Passages counted once, to be matched with one topic after another; those of an article in reading order.

    ``article_of[i]`` is the index of passage ``i``'s article, in the order of first occurrence. ``language`` is that
    of texts that do not say.
    """

    def __init__(self, passages: Sequence[Passage], topics: Sequence[str], language: str) -> None:
        index: dict[str, int] = {}
        self.article_of = np.array([index.setdefault(p.article.id, len(index)) for p in passages], dtype=np.int64)
        tongues = [p.article.language or language for p in passages]
        self._language = language
        self._languages = sorted({language, *tongues})
        self._kept = {t: frozenset(w for topic in topics for w in _bare(topic, t)) for t in self._languages}
        pairs = {pair for topic in topics for t in self._languages for pair in _pairs(self._content(topic, t))}
        # News says first what it is about, so an article's first passage, with its title, counts twice.
        first = np.zeros(len(passages), dtype=bool)
        first[np.unique(self.article_of, return_index=True)[1]] = True
        texts = (_titled(p) if lead else p.text for p, lead in zip(passages, first, strict=True))
        terms = Terms.of(_counted(self._content(text, t), pairs) for text, t in zip(texts, tongues, strict=True))
        self._articles = terms.joined(self.article_of, 1.0 + first)
        self._terms = terms
        self._texts_with = terms.counts.tocsc()
        self._passage_weights = bm25(terms)
        self._article_weights = bm25(self._articles)
        self._vectors = tfidf(self._articles)

    def match(self, topic: str) -> Match:
        """How near every passage is to ``topic``, and which articles are near enough to count.

        BM25 (Robertson & Zaragoza, 2009) over the topic's words and adjacent pairs (Metzler & Croft, 2005), then once
        more with the words of the best articles added (RM3; Abdul-Jaleel et al., 2004), since articles on a topic
        often lack its words. A passage's nearness is its article's, between half and whole by its own words.
        """
        asked = self._asked(topic)
        query = self._query(topic, asked)
        first = _scaled(self._article_weights @ query)
        first += _scaled(_best(self._passage_weights @ query, self.article_of, first.size))
        expanded = self._expanded(query, first)
        articles = _scaled(self._article_weights @ expanded)
        enough = self._evidence(asked, first) >= _EVIDENCE
        least = floor(articles)
        passages = articles[self.article_of] * (1 + _scaled(self._passage_weights @ expanded)) / 2
        return Match(passages, self._met(asked), [bool(enough and a >= least) for a in articles])

    def _content(self, text: str, language: str) -> list[str]:
        return content(text, language, self._kept[language])

    def _asked(self, topic: str) -> list[_Word]:
        """The topic's words with the columns that stand for them, in the languages of all articles."""
        column = self._articles.column
        asked: list[_Word] = []
        for word in dict.fromkeys(words(topic)):
            forms = {language: self._content(word, language) for language in self._languages}
            found = {form for some in forms.values() for form in some}
            columns = {column[form]: 1.0 for form in found if form in column}
            # A stop word of the reader's language says nothing; one of another language may be a word here.
            if not forms[self._language] or not (columns or all(forms.values())):
                continue
            # Other forms stand in only for a word that no article has: 'regulatory' for 'regulators', cognates.
            columns = columns or {c: _VARIANT_WEIGHT for t, c in column.items() if any(_akin(t, f) for f in found)}
            asked.append(_Word(word, columns, _FURNITURE_WEIGHT if fold(word) in _FURNITURE else 1.0))
        return asked

    def _query(self, topic: str, asked: Sequence[_Word]) -> Floats:
        query = np.zeros(self._articles.counts.shape[1])
        for word in asked:
            for column, weight in word.columns.items():
                query[column] = max(query[column], weight * word.weight)
        for language in self._languages:
            for pair in _pairs(self._content(topic, language)):
                if pair in self._articles.column:
                    query[self._articles.column[pair]] = _PHRASE_WEIGHT
        return query

    def _expanded(self, query: Floats, first: Floats) -> Floats:
        best = np.argsort(-first, kind="stable")[:_FEEDBACK_ARTICLES]
        best = best[first[best] > 0]
        if not best.size:
            return query
        counts = self._articles.counts[best]
        lengths = np.maximum(1.0, counts.sum(axis=1))
        model = (counts.T @ (first[best] / lengths)) * self._articles.rarity
        # What only one of several articles says, or only one passage of a single article, is not of the topic.
        held = self._articles.counts[best] if best.size > 1 else self._terms.counts[self.article_of == best]
        model[Terms(held, {}).frequency < 2] = 0
        model[np.argsort(-model, kind="stable")[_FEEDBACK_TERMS:]] = 0
        if not model.any():
            return query
        expanded: Floats = (1 - _FEEDBACK_SHARE) * query / query.sum() + _FEEDBACK_SHARE * model / model.sum()
        return expanded

    def _evidence(self, asked: Sequence[_Word], first: Floats) -> float:
        """How sure it is that the topic is in the batch at all, from 0.

        The share of the topic's weight that the best article holds (rare words weigh more, words that no article has
        most, a passing mention little), and how much more alike the three best articles are than any (a query's
        clarity; Cronen-Townsend et al., 2002), which speaks for a topic that shares few words with its articles.
        """
        if all(word.weight < 1 for word in asked):
            return 0.0  # A topic of such words only names no subject.
        counts = self._articles.counts
        length: Floats = np.asarray(counts.sum(axis=1), dtype=np.float64)
        mean = max(1.0, float(length.mean()))
        depth = 0.25 + 0.75 * length / mean
        covered: Floats = np.zeros(first.size)
        total = 0.0
        for word in asked:
            held = np.zeros(first.size)
            for column, weight in word.columns.items():
                found = counts[:, [column]].toarray().ravel()
                held = np.maximum(held, weight * found / (found + depth))
            rarity = log((first.size + _BACKGROUND) / max(1, int(np.count_nonzero(held))))
            covered += word.weight * rarity * held
            total += word.weight * rarity
        best = np.argsort(-first, kind="stable")[:3]
        best = best[first[best] > 0]
        return float(covered.max()) / total + max(0.0, likeness(self._vectors[best]) - likeness(self._vectors))

    def _met(self, asked: Sequence[_Word]) -> list[list[str]]:
        met: list[list[str]] = [[] for _ in self.article_of]
        for word in asked:
            rows: set[int] = set()
            for column in word.columns:
                rows.update(self._texts_with.indices[slice(*self._texts_with.indptr[column : column + 2])].tolist())
            for row in rows:
                met[row].append(word.written)
        return met


def content(text: str, language: str, kept: frozenset[str] = frozenset()) -> list[str]:
    """The terms of ``text`` in order, as ``text.words.terms``, and names in capitals that look like stop words (IS).

    The folded words in ``kept`` count too, although they are stop words.
    """
    if not kept:
        return list(filter(None, map(_terms_of(language), words(text))))
    term_of = _terms_of(language)
    return [
        term
        for word in words(text)
        if (term := term_of(word) or (stem(folded, language) if (folded := fold(word)) in kept else ""))
    ]


@cache
def _terms_of(language: str) -> Callable[[str], str]:
    return lru_cache(maxsize=200_000)(partial(_term, language))


def _term(language: str, word: str) -> str:
    found = terms(word, language)
    return found[0] if found else word.replace(".", "") if len(word) > 1 and word.isupper() else ""


def floor(scores: Floats) -> float:
    """The score that an article needs, given those of all: the widest gap in a band below the best three."""
    if not scores.size:
        return 0.0
    ranked = np.sort(scores)
    low, high = (share * float(ranked[-3:].mean()) for share in _FLOOR)
    edges = np.concatenate(([low], ranked[(ranked > low) & (ranked < high)], [high]))
    widest = int(np.argmax(np.diff(edges)))
    return float(edges[widest] + edges[widest + 1]) / 2 or np.inf


def _titled(passage: Passage) -> str:
    title = passage.article.title if passage.original.cleaned.title_trusted else ""
    return f"{title}\n{passage.text}"


def _bare(topic: str, language: str) -> list[str]:
    """The folded words of a topic that would have none left without its stop words."""
    return [] if content(topic, language) else [fold(word) for word in words(topic)]


def _pairs(found: Sequence[str]) -> list[str]:
    return [f"{a} {b}" for a, b in pairwise(found)]


def _counted(found: list[str], pairs: set[str]) -> Counter[str]:
    counted = Counter(found)
    if pairs:
        counted.update(pair for pair in _pairs(found) if pair in pairs)
    return counted


def _akin(term: str, form: str) -> bool:
    """Whether two stems begin alike: at least five letters, most of the shorter, half of the longer."""
    shorter, longer = sorted((len(term), len(form)))
    shared = max(5, -(-4 * shorter // 5), -(-longer // 2))
    return " " not in term and len(term) >= shared and term[:shared] == form[:shared]


def _best(scores: Floats, group: NDArray[np.int64], groups: int) -> Floats:
    best = np.zeros(groups)
    np.maximum.at(best, group, scores)
    return best


def _scaled(scores: Floats) -> Floats:
    top = float(scores.max(initial=0.0))
    return scores / top if top > 0 else scores
