"""Models without a model: one that writes what its passages say, and one that obeys whatever a text tells it to do."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from briefing.engines.exchange import Answer, Chance, Prompt
from briefing.testing.orders import Order, orders
from briefing.testing.replies import Answering, Reply, Request
from briefing.text.sentences import sentences

# "[p7] Text of the passage", and the line before the first passage of an article, which names its publisher.
_PASSAGE = re.compile(r"^\[(?P<id>[a-z]+\d+)\] (?P<text>.+)$", re.MULTILINE)
_NAMED = re.compile(r"^(?!\[)(?P<name>.+):\n\[(?P<id>[a-z]+\d+)\] ", re.MULTILINE)
# A sentence that did not pass, in a question for a better one.
_FAILED = re.compile(r"^(?:Headline|Sentence) (?P<number>\d+): (?P<text>.+)$", re.MULTILINE)
_CLAIM = re.compile(r"^Claim (\d+):", re.MULTILINE)
_MOST_SENTENCES = re.compile(r"up to (\d+) sentences")
_MOST_WORDS = re.compile(r"at most (\d+) words(?! and )")
_FEWEST_WORDS = 6


class Said(NamedTuple):
    """A sentence of an answer: the passages that say it, their words, and its own."""

    passages: tuple[str, ...]
    evidence: str
    text: str


def passages(request: Request) -> dict[str, str]:
    """The passages that a request shows, by their ids."""
    return {m["id"]: m["text"].strip() for m in _PASSAGE.finditer(request.user)}


@dataclass(frozen=True, slots=True)
class Writer:
    """Answers every question that ``briefing`` asks a model. Use it as the ``answer`` of a ``ModelServer``.

    A story is made of sentences of its passages, the first of each passage before the second of any, as many as are
    asked for. With ``reword`` they are not quite the source's words, so that every check has to look at them. In place
    of a sentence that did not pass it quotes the one that shares most words with it.
    Asked to judge, it says yes with probability ``yes``.
    """

    reword: bool = False
    yes: float = 0.95

    def __call__(self, request: Request) -> Reply:
        shown = passages(request)
        if not shown:
            return judgement(request, self.yes)
        return story(request, self.said(request, shown))

    def said(self, request: Request, shown: Mapping[str, str]) -> list[Said]:
        """The sentences of the story, the most important first."""
        if failed := [m["text"] for m in _FAILED.finditer(request.user)]:
            return [_nearest(text, shown) for text in failed]
        most = _number(_MOST_SENTENCES, request.user, 1)
        words = _number(_MOST_WORDS, request.user, 60)
        taken: list[Said] = []
        for id, sentence in _in_turn(shown):
            size = len(sentence.split())
            if len(taken) < most and (size <= words or not taken):
                words -= size
                taken.append(Said((id,), sentence, reworded(sentence) if self.reword else sentence))
        return taken


faithful = Writer()


def obedient(request: Request) -> Reply:
    """A model that does whatever a sentence in its prompt tells a machine to do; without an order, a faithful one.

    It reads publishers' names and passages as they stand, and cites the passage that gives the order, with its words,
    so that its citations are in order too. What counts as an order is decided in ``testing.orders``, which knows
    nothing of how ``briefing`` finds them.
    """
    shown = passages(request)
    names = [(m["id"], m["name"]) for m in _NAMED.finditer(request.user)]
    found = [(id, order) for id, text in (*names, *shown.items()) for order in orders(text)]
    if not shown:
        # A judge that obeys finds everything supported.
        return judgement(request, 1.0)
    if not found:
        return faithful(request)
    for _, order in found:
        if order.answer is not None:
            return Reply(order.answer)
    obeyed = [Said((id,), order.sentence, text) for id, order in found for text in order.obeyed(request.system)]
    usual = [_changed(said, [order for _, order in found]) for said in faithful.said(request, shown)]
    return story(request, [*obeyed, *usual])


def story(request: Request, said: Sequence[Said]) -> Reply:
    """An answer in the form that ``request`` asks for, else in that of a story; the first sentence is the headline."""
    if request.schema is not None:
        return Reply(_filled(request.schema, said))
    headline, *rest = [s._asdict() for s in (said[0], *said)]
    return Reply({"headline": headline, "sentences": [{"role": "what happened", **s} for s in rest]})


def in_process(answer: Answering) -> Callable[[Prompt], Answer]:
    """What ``answer`` says, without a server: for a ``ScriptedChat``."""

    def answered(prompt: Prompt) -> Answer:
        messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
        form = {"response_format": {"type": "json_schema", "json_schema": {"schema": prompt.schema}}}
        reply = answer(Request("", "", {}, {"messages": messages, **(form if prompt.schema else {})}))
        chances = reply.chances if prompt.top_logprobs else ()
        ordered = [sorted(of.items(), key=lambda item: -item[1]) for of in chances]
        logprobs = tuple(tuple(Chance(token, math.log(max(p, 1e-30))) for token, p in of) for of in ordered)
        return Answer(reply.text, reply.finish, logprobs)

    return answered


def judgement(request: Request, yes: float) -> Reply:
    """Yes with probability ``yes``, to one claim or to each of several."""
    word = {"yes": yes, "no": 1 - yes}
    numbers = _CLAIM.findall(request.user)
    if not numbers:
        return Reply.yes(yes)
    likely = max(word, key=word.__getitem__)
    chances: list[Mapping[str, float]] = []
    for number in numbers:
        chances += [{number: 1.0}, {":": 1.0}, {f" {w}": p for w, p in word.items()}, {"\n": 1.0}]
    return Reply("".join(f"{number}: {likely}\n" for number in numbers), chances=tuple(chances))


def reworded(sentence: str) -> str:
    """The sentence in nearly its own words: nothing that it says is changed, but it is no quotation."""
    for needless in (" also", ",", " that", " the"):
        if f"{needless} " in sentence:
            return sentence.replace(f"{needless} ", " ", 1)
    return sentence


def _in_turn(shown: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The first sentence of every passage, then the second of every one, and so on."""
    split = {id: [text[a:b].strip() for a, b in sentences(text)] for id, text in shown.items()}
    for turn in range(max(map(len, split.values()), default=0)):
        for id, own in split.items():
            if turn < len(own) and len(own[turn].split()) >= _FEWEST_WORDS:
                yield id, own[turn]


def _nearest(text: str, shown: Mapping[str, str]) -> Said:
    """The sentence that shares most words with ``text``, word for word."""
    wanted = set(text.casefold().split())
    id, sentence = max(_in_turn(shown), key=lambda one: len(wanted & set(one[1].casefold().split())))
    return Said((id,), sentence, sentence)


def _number(pattern: re.Pattern[str], text: str, default: int) -> int:
    found = pattern.findall(text)
    return int(found[-1]) if found else default


def _changed(said: Said, found: Sequence[Order]) -> Said:
    text = said.text
    for order in found:
        for old, new in order.replacements:
            text = new.join(re.split(re.escape(old), text, flags=re.IGNORECASE))
    return said._replace(text=text)


def _filled(schema: Mapping[str, Any], said: Sequence[Said], number: int = 0) -> dict[str, Any]:
    """An object that fits ``schema``: its lists of objects get an entry for each sentence, the rest is the first one's.

    Of values to choose from it takes the first, in the entry ``number`` of a list the one at that place.
    """
    one = said[0] if said else Said((), "", "")
    first = {**one._asdict(), "passage": next(iter(one.passages), "")}
    made: dict[str, Any] = {}
    for name, of in schema.get("properties", {}).items():
        items = of.get("items", {})
        if name in first:
            made[name] = first[name]
        elif "enum" in of:
            made[name] = of["enum"][number if of.get("type") == "integer" else 0]
        elif items.get("type") == "object":
            most = min((len(p["enum"]) for p in items["properties"].values() if p.get("type") == "integer"), default=99)
            made[name] = [_filled(items, [one], place) for place, one in enumerate(said[:most])]
        elif "enum" in items:
            made[name] = items["enum"][: len(said)]
        elif of.get("type") == "object":
            made[name] = _filled(of, said)
        else:
            made[name] = [] if of.get("type") == "array" else first["text"]
    return made
