"""Claims whose truth is known, made of the user's own sources: what a judge is tried on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from briefing.model import Article, Pair, Passage
from briefing.text.corrupt import corruptions
from briefing.text.corrupt_harmless import harmless
from briefing.text.facts.compare import Evidence, differences
from briefing.text.tokens import count

# Shorter pieces are captions and headings, longer ones lists and run-ons.
_SHORTEST, _LONGEST = 12, 80


class Trial(NamedTuple):
    """A pair, whether its claim is true, and what was changed in it where it is false."""

    pair: Pair
    true: bool
    kind: str = ""


class Sentence(NamedTuple):
    """A sentence of an article, as evidence with what stands around it, and the article's other sentences."""

    text: str
    evidence: str
    company: tuple[str, ...]
    language: str


def trials(
    passages: Sequence[Passage], pairs: int = 200, seed: int = 0, reworded: Mapping[str, str] = MappingProxyType({})
) -> tuple[Trial, ...]:
    """At most ``pairs`` trials, half of them true; fewer where the sources give no more.

    A claim says in other or fewer words what its sentence says, and the false one is made of that, so that only its
    falsehood tells it from the true one. Both stand on the same evidence: the sentence, alone or with its neighbours.
    ``reworded`` are claims for some of the sentences, by the sentence; the others are reworded by rules. The same
    arguments give the same trials.
    """
    random = Random(seed)
    found: list[Trial] = []
    made: Counter[str] = Counter()
    for sentence, claim in _claims(chosen(passages, seed), reworded):
        if len(found) + 2 > pairs:
            break
        if differences(claim, [Evidence(sentence.evidence, sentence.language)], (), sentence.language):
            # A rule has gone wrong, or a check; no judge would be asked.
            continue
        wrong = corruptions(claim, sentence.company, sentence.language, seed)
        if not wrong:
            continue
        # The kind that there is least of so far, so that rare ones have their share.
        least = min(wrong, key=lambda c: (made[c.kind], c.kind))
        made[least.kind] += 1
        found.append(Trial(Pair(sentence.evidence, claim), True))
        found.append(Trial(Pair(sentence.evidence, least.text), False, least.kind))
    # Side by side, the true claim and the false one would give each other away.
    random.shuffle(found)
    return tuple(found)


def chosen(passages: Sequence[Passage], seed: int = 0) -> Iterator[Sentence]:
    """The sentences of ``passages`` that can stand for claims, in turn from each article, in an order by ``seed``."""
    articles: dict[str, tuple[Article, list[Passage]]] = {}
    for passage in passages:
        articles.setdefault(passage.article.id, (passage.article, []))[1].append(passage)
    random = Random(seed)
    queues = []
    for article, own in articles.values():
        queue = list(_sentences(article, own))
        random.shuffle(queue)
        queues.append(queue)
    random.shuffle(queues)
    for turn in zip_longest(*queues):
        yield from (sentence for sentence in turn if sentence is not None)


def _sentences(article: Article, passages: Sequence[Passage]) -> Iterator[Sentence]:
    spans = sorted({span for passage in passages for span in passage.sentences})
    texts = [" ".join(article.text[a:b].split()) for a, b in spans]
    for i, text in enumerate(texts):
        if not _SHORTEST <= count(text) <= _LONGEST or text[-1] not in '.!”"»。':
            continue
        # Alone, with the sentence before, with the one after, with both: evidence comes in all of these.
        first, last = max(0, i - i % 2), i + 1 + (i // 2) % 2
        yield Sentence(text, " ".join(texts[first:last]), (*texts[:i], *texts[i + 1 :]), article.language or "en")


def _claims(sentences: Iterator[Sentence], reworded: Mapping[str, str]) -> Iterator[tuple[Sentence, str]]:
    """Sentences with a claim that says as much; those that have to stand for themselves come last."""
    plain = []
    for sentence in sentences:
        if sentence.text in reworded:
            yield sentence, reworded[sentence.text]
        elif other := harmless(sentence.text, sentence.language):
            yield sentence, other[0]
        else:
            plain.append(sentence)
    yield from ((sentence, sentence.text) for sentence in plain)
