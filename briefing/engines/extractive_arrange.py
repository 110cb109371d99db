"""The order in which the sentences of a story are read."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.engines.extractive_names import Names
from briefing.engines.extractive_pool import Sentence
from briefing.text.readable import Fault, fault


def arranged(taken: Sequence[Sentence], language: str) -> list[Sentence]:
    """``taken`` in reading order: the lead, the rest of its article, then the other articles by time.

    The brief's language comes first. The lead is the first that was taken; a sentence that directly follows
    another in its article follows it here too. Who is introduced in one sentence is named alone only after it.
    """
    if not taken:
        return []
    runs = _runs(taken)
    lead = next(run for run in runs if taken[0] in run)
    order = {s.original.article.id: i for i, s in reversed(list(enumerate(taken)))}

    def rank(run: Sequence[Sentence]) -> tuple[bool, bool, bool, float, int, int]:
        article = run[0].original.article
        when = article.published.timestamp() if article.published else float("inf")
        home = article.id == lead[0].original.article.id
        return (run[0].language != language, run is not lead, not home, when, order[article.id], run[0].span.start)

    ordered = sorted(runs, key=rank)
    return [
        sentence
        for home in (True, False)
        for sentence in _introduced_first([run for run in ordered if (run[0].language == language) is home])
    ]


def _introduced_first(runs: Sequence[Sequence[Sentence]]) -> list[Sentence]:
    """The sentences of ``runs`` in order, but a run that names somebody alone waits for the one that introduces."""
    order = [sentence for run in runs for sentence in run]
    names = Names(order)
    at = {sentence.place: i for i, sentence in enumerate(order)}
    waiting = list(runs)
    known: set[str] = set()
    out: list[Sentence] = []
    while waiting:
        ready = next((run for run in waiting if not _unknown([at[s.place] for s in run], names, known)), waiting[0])
        waiting.remove(ready)
        out.extend(ready)
        known.update(*(names.given(at[s.place]) for s in ready))
    return out


def _unknown(run: Sequence[int], names: Names, known: set[str]) -> set[str]:
    told = set(known)
    unknown: set[str] = set()
    for index in run:
        unknown |= names.wanted(index) - told
        told |= names.given(index)
    return unknown


def _runs(taken: Sequence[Sentence]) -> list[list[Sentence]]:
    """Sentences together with those that lean on them."""
    runs: list[list[Sentence]] = []
    for sentence in sorted(taken, key=lambda s: s.place):
        if runs and sentence.follows(runs[-1][-1]) and fault(sentence.text, sentence.language) is Fault.LEANS:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    return runs
