"""What a model wrote, read from whatever it wrote it in: fences, prose around it, an end that is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from briefing.engines.exchange import Answer
from briefing.engines.llm_plain import plain
from briefing.engines.outcomes import Outcome
from briefing.model import Role

# An answer that stops within a loop repeats at least so many characters, at least so many times.
_LOOPED, _TIMES, _PERIOD = 60, 3, 1000
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_NAME = re.compile(r'"(\w+)"\s*:\s*$')


class Unusable(Exception):
    """An answer that nothing can be made of. It does not leave this room: it becomes an ``EngineError``."""

    def __init__(self, outcome: Outcome, detail: str) -> None:
        super().__init__(f"{outcome.value}: {detail}")
        self.outcome = outcome
        self.detail = detail


class Said(NamedTuple):
    """A sentence or a headline as the model gave it; ``text`` is plain, ``number`` is that of a repaired claim."""

    text: str
    evidence: str = ""
    passages: tuple[str, ...] = ()
    role: Role = Role.HAPPENED
    number: int = -1


class Told(NamedTuple):
    """A story as the model told it; without a headline where it gave none or was cut off before."""

    headline: Said | None
    sentences: tuple[Said, ...]


def told(answer: Answer) -> Told:
    """What the answer says. Of one that was cut off, the sentences that are complete.

    Raises ``Unusable`` when there is not one sentence.
    """
    headline, items = _items(answer.text)
    sentences = tuple(said for item in items if (said := _said(item)) is not None)
    if not sentences:
        raise _nothing(answer)
    return Told(
        _said({"text": headline} if isinstance(headline, str) else headline),
        tuple(dict.fromkeys(_first_time(sentences))),
    )


def repairs(answer: Answer, numbers: Sequence[int]) -> dict[int, Said]:
    """The sentences that were written again, by their numbers; ``numbers`` are those that were asked for.

    Where a model gives as many sentences but other numbers, they are taken in order. Raises ``Unusable`` when the
    answer has no form.
    """
    _, items = _items(answer.text)
    found = [said for item in items if (said := _said(item)) is not None]
    if not found and '"sentences"' not in answer.text:
        raise _nothing(answer)
    if len(found) == len(numbers) and not {s.number for s in found} <= set(numbers):
        return dict(zip(numbers, found, strict=True))
    return {s.number: s for s in reversed(found) if s.number in numbers}


def _first_time(sentences: Sequence[Said]) -> Iterator[Said]:
    """The sentences up to where their numbers begin anew: from there on a model goes through what is left over."""
    last = -1
    for said in sentences:
        if said.number < last:
            return
        yield said
        last = said.number


def named(answer: Answer, key: str) -> list[str]:
    """The texts in the list ``key`` of an answer. Raises ``Unusable`` when it has none."""
    for _, item in _complete(_trimmed(answer.text)):
        if isinstance(found := item.get(key), list):
            return [text for text in found if isinstance(text, str)]
    raise _nothing(answer)


def _items(text: str) -> tuple[object, list[object]]:
    """The headline's object and those of the sentences."""
    headline: object = None
    items: list[object] = []
    for name, item in _complete(_trimmed(text)):
        if "sentences" in item or "headline" in item:
            headline = item.get("headline", headline)
            found = item.get("sentences")
            items.extend(found if isinstance(found, list) else [])
        elif name == "headline":
            headline = item
        elif "text" in item:
            items.append(item)
        else:
            # An answer wrapped in one more object.
            for inner in item.values():
                if isinstance(inner, dict) and "sentences" in inner:
                    headline = inner.get("headline", headline)
                    items.extend(inner["sentences"] if isinstance(inner["sentences"], list) else [])
    return headline, items


def _trimmed(text: str) -> str:
    return _STRING_OR_COMMA.sub(lambda m: m.group(1) or "", _THOUGHT.sub("", text))


def _complete(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object that is complete and in no other one that is, with the name that stands before it."""
    decoder = json.JSONDecoder(object_pairs_hook=_merged, strict=False)
    at = text.find("{")
    while at >= 0:
        try:
            item, end = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError):
            end = at + 1
        else:
            name = _NAME.search(text, max(0, at - 40), at)
            yield name.group(1) if name else "", item
        at = text.find("{", end)


def _merged(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a key that comes twice the first value, since evidence comes before what is said; lists are joined."""
    merged: dict[str, Any] = {}
    for key, value in pairs:
        if isinstance(value, list) and isinstance(merged.get(key), list):
            merged[key] = merged[key] + value
        else:
            merged.setdefault(key, value)
    return merged


def _said(item: object) -> Said | None:
    if not isinstance(item, dict):
        return None
    text, evidence = item.get("text"), item.get("evidence", "")
    passages = item.get("passage", item.get("passages", ()))
    if not isinstance(text, str) or looping(text):
        return None
    if isinstance(evidence, list):
        evidence = " … ".join(e for e in evidence if isinstance(e, str))
    named = [passages] if isinstance(passages, str) else passages if isinstance(passages, list) else []
    number = item.get("number", -1)
    return Said(
        plain(text),
        evidence if isinstance(evidence, str) else "",
        tuple(dict.fromkeys(p.strip("[] ") for p in named if isinstance(p, str))),
        _role(item.get("role")),
        number if isinstance(number, int) else -1,
    )


def _role(value: object) -> Role:
    if isinstance(value, str):
        wanted = value.strip().lower().replace("’", "'")
        for role in Role:
            if role.value == wanted:
                return role
    return Role.HAPPENED


def _nothing(answer: Answer) -> Unusable:
    if not answer.text.strip():
        return Unusable(Outcome.EMPTY, "the answer holds no text")
    if looping(answer.text):
        return Unusable(Outcome.REPETITION, "the answer repeats itself")
    if answer.finish == "length":
        return Unusable(Outcome.CUT_OFF, "the answer ends within its first sentence")
    try:
        json.loads(answer.text)
    except ValueError:
        return Unusable(Outcome.BAD_FORM, "the answer is not JSON")
    return Unusable(Outcome.BAD_FORM, "the answer holds no sentence")


def looping(text: str) -> bool:
    """Whether ``text`` ends in a piece that is repeated again and again."""
    tail = text.rstrip()[-_PERIOD * _TIMES :]
    for period in range(1, len(tail) // _TIMES + 1):
        length = max(_LOOPED, period * _TIMES)
        if length <= len(tail) and tail[-length:-period] == tail[-length + period :]:
            return True
    return False
