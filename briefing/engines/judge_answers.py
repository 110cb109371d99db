"""What a model's answer says of each claim: the probability of yes, from log-probabilities or from the words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import regex

from briefing.engines.exchange import Answer, Chance

# A model that is asked in English may still answer in the language of the claim.
_YES = frozenset("yes ja oui sí si sì sim да 是 是的 はい true".split())
_NO = frozenset("no nein non não nee нет 否 不 不是 いいえ false".split())
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_THOUGHT = regex.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", regex.DOTALL | regex.IGNORECASE)
# "1: yes", "1. Yes", "Claim 2 - no", "**3**: no"; one line each.
_LINE = regex.compile(
    r"^[^\p{L}\p{N}\n]*(?:\p{L}+ )?(?P<number>\d{1,3})[^\p{L}\p{N}\n]+(?P<word>[\p{L}\p{M}]+)", regex.MULTILINE
)


def one(answer: Answer) -> float | None:
    """The probability of yes in an answer to a single claim, or None where the answer says neither."""
    text, tokens = _read(answer)
    word = _WORD.search(text)
    return _score(word.group(), word.start(), tokens) if word else None


def several(answer: Answer, count: int) -> tuple[float | None, ...]:
    """The probability of yes of each of ``count`` claims; None where the answer says neither or says two things."""
    text, tokens = _read(answer)
    lines = [(int(m["number"]), m) for m in _LINE.finditer(text)]
    times = Counter(number for number, _ in lines)
    found = {number: _score(m["word"], m.start("word"), tokens) for number, m in lines if times[number] == 1}
    return tuple(found.get(number) for number in range(1, count + 1))


def _read(answer: Answer) -> tuple[str, Sequence[Sequence[Chance]]]:
    """The answer's words without what was thought aloud, as long as before; with the tokens where these make it up."""
    written = "".join(chances[0].token for chances in answer.logprobs if chances)
    # Some servers leave out or cut tokens; the alternatives are then those of other words.
    tokens = answer.logprobs if answer.text.strip() and answer.text.strip() in written else ()
    text = written if tokens else answer.text
    return _THOUGHT.sub(lambda m: "\n" * len(m.group()), text), tokens


def _score(word: str, at: int, tokens: Sequence[Sequence[Chance]]) -> float | None:
    yes, no = _masses(_at(at, tokens))
    if yes + no > 0.0:
        return yes / (yes + no)
    said = _plain(word)
    return 1.0 if said in _YES else 0.0 if said in _NO else None


def _at(position: int, tokens: Sequence[Sequence[Chance]]) -> Sequence[Chance]:
    """The alternatives of the token that holds the character at ``position`` of what was written."""
    end = 0
    for chances in tokens:
        end += len(chances[0].token) if chances else 0
        if end > position:
            return chances
    return ()


def _masses(chances: Sequence[Chance]) -> tuple[float, float]:
    # The token that was written may stand among its alternatives once more.
    likely = {token: math.exp(min(logprob, 0.0)) for token, logprob in chances if not math.isnan(logprob)}
    yes = math.fsum(p for token, p in likely.items() if _plain(token) in _YES)
    no = math.fsum(p for token, p in likely.items() if _plain(token) in _NO)
    return yes, no


def _plain(token: str) -> str:
    word = _WORD.search(token)
    return word.group().casefold() if word else ""
