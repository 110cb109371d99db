"""What a judge is asked: the prompt's template, and evidence that fits it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from briefing.engines.llm_prompts import harmless
from briefing.model import Pair
from briefing.text.facts.alignment import locate
from briefing.text.sentences import sentences

_OMITTED = " [...] "


class Group(NamedTuple):
    """A piece of evidence and the claims that stand on it, each with its number in the question."""

    evidence: str
    claims: tuple[tuple[int, str], ...]


def version() -> str:
    """The name and version of the template: a part of the key that answers and thresholds are kept by."""
    return str(_template("judge").version)


def system() -> str:
    return str(_template("judge").system())


def single(pair: Pair) -> str:
    return str(_template("judge").single(harmless(pair.evidence), harmless(pair.claim)))


def several(pairs: Sequence[Pair]) -> str:
    """One question about all ``pairs``, which are numbered from 1; evidence that claims share is given once."""
    groups: list[Group] = []
    for number, pair in enumerate(pairs, 1):
        claim = (number, harmless(pair.claim))
        if groups and groups[-1].evidence == harmless(pair.evidence):
            groups[-1] = groups[-1]._replace(claims=(*groups[-1].claims, claim))
        else:
            groups.append(Group(harmless(pair.evidence), (claim,)))
    return str(_template("judge").several(groups))


def rewording(sentences: Sequence[str]) -> tuple[str, str, str]:
    """Static part, question and version of the prompt that has ``sentences`` said in other words."""
    template = _template("judge_reword")
    return str(template.system()), str(template.user([harmless(s) for s in sentences])), str(template.version)


def fitting(pair: Pair, room: int, count: Callable[[str], int]) -> Pair:
    """The pair with the sentences of its evidence that are nearest to the claim, in order, in ``room`` tokens.

    One sentence stays whatever its length, cut off at its end.
    """
    if count(pair.evidence) <= room:
        return pair
    pieces = [pair.evidence[a:b] for a, b in sentences(pair.evidence)]
    kept: set[int] = set()
    used = 0
    for index in locate(pair.claim, pieces):
        size = count(pieces[index] + _OMITTED)
        if used + size <= room:
            kept.add(index)
            used += size
    if kept:
        return pair._replace(evidence=_OMITTED.join(pieces[i] for i in sorted(kept)))
    # No sentence fits: as much of the nearest one as there is room for.
    nearest = pieces[locate(pair.claim, pieces)[0]] if pieces else pair.evidence
    return pair._replace(evidence=nearest[: max(1, len(nearest) * room // max(1, count(nearest)))])


@cache
def _template(name: str) -> Any:
    environment = Environment(
        loader=PackageLoader("briefing.engines", "prompts"),
        undefined=StrictUndefined,
        autoescape=False,  # Goes to a model, not into a page.
    )
    return environment.get_template(f"{name}.md.jinja").module
