"""Reading what a server answers: the model's text, how it ended, and what it used."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from briefing.engines.chat_faults import Faults
from briefing.engines.exchange import Answer, Chance
from briefing.engines.outcomes import Outcome
from briefing.engines.retry import Fault

# Reasoning that servers leave in the text. Some templates open it in the prompt, so that only its end is seen.
_THOUGHT = re.compile(r"\s*<(think|thinking|thought|reasoning)>.*?(?:</\1>\s*|\Z)", re.DOTALL)
_THOUGHT_END = re.compile(r"(?s:.*?)</think>\s*")
_LENGTH = {"length", "max_tokens", "max_output_tokens", "model_length"}


class Usage(NamedTuple):
    """Tokens of the question, of the answer with its reasoning, and those of the question that the server had kept."""

    tokens_in: int
    tokens_out: int
    tokens_cached: int


def payload(content: bytes, faults: Faults, now: datetime) -> dict[str, Any]:
    """The JSON object of an answer. Raises ``Fault``, also for an error that came as if all were well (OpenRouter)."""
    value = _object(content)
    if value is None:
        text = content[:2000].decode("utf-8", "replace").lstrip()
        raise faults.of_body(faults.said(text) if text.startswith("<") else "broken JSON" if text else "nothing")
    choice = _first(value.get("choices")) or {}
    if error := value.get("error") or choice.get("error"):
        code = error.get("code") if isinstance(error, dict) else None
        status = code if isinstance(code, int) and 300 <= code <= 599 else 500
        raise faults.of_status(status, json.dumps({"error": error}), {}, now)
    return value


def written(reply: Mapping[str, Any]) -> str:
    """All text of a reply, its reasoning too."""
    message = (_first(reply.get("choices")) or {}).get("message")
    if not isinstance(message, dict):
        return ""
    return "".join(_text(message.get(name)) for name in ("reasoning_content", "reasoning", "content", "refusal"))


def usage(reply: Mapping[str, Any]) -> Usage | None:
    """What the server counted, or None. Reasoning that some servers count apart is in the total, and added."""
    used = reply.get("usage")
    if not isinstance(used, dict):
        return None
    tokens_in, tokens_out = _count(used.get("prompt_tokens")), _count(used.get("completion_tokens"))
    tokens_out = max(tokens_out, _count(used.get("total_tokens")) - tokens_in)
    details = used.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else used.get("prompt_cache_hit_tokens")
    return Usage(tokens_in, tokens_out, min(_count(cached), tokens_in)) if tokens_in or tokens_out else None


def answer(reply: Mapping[str, Any], faults: Faults) -> Answer:
    """The answer, its cost left out. Raises ``Fault`` where there is none: refused, filtered, empty."""
    where = f"{faults.model} at {faults.server.url}"
    choice = _first(reply.get("choices"))
    if choice is None:
        raise Fault(Outcome.EMPTY, f"{where} gave no answer at all", tries=2)
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    finish = str(choice.get("finish_reason") or "stop").lower()
    finish = "length" if finish in _LENGTH else finish
    if finish == "content_filter":
        raise Fault(Outcome.FILTERED, f"{where} stopped at its content filter")
    if refusal := message.get("refusal"):
        raise Fault(Outcome.REFUSAL, f"{where} says: {faults.said(str(refusal))}")
    whole = _text(message.get("content"))
    text = without_thoughts(whole)
    logprobs = _logprobs(choice.get("logprobs"), len(whole) - len(text))
    # Of a blank in front of an answer that was to have few tokens, its alternatives may tell enough.
    if not text.strip() and not (text and logprobs and finish == "length"):
        if finish == "length":
            todo = "set reasoning_effort to low, or a larger context"
            raise Fault(Outcome.CUT_OFF, f"{where} used up its tokens before it began to answer; {todo}")
        raise Fault(Outcome.EMPTY, f"{where} answered with nothing", tries=2)
    return Answer(text, finish, logprobs)


def without_thoughts(text: str) -> str:
    """The answer behind reasoning that stands before it; nothing where the reasoning never ended."""
    if thought := _THOUGHT.match(text):
        return text[thought.end() :]
    if "</think>" in text and "<think>" not in text and (thought := _THOUGHT_END.match(text)):
        return text[thought.end() :]
    return text


def _object(content: bytes) -> dict[str, Any] | None:
    # No error leaves here with the body in it: a server may repeat the key.
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _first(choices: object) -> dict[str, Any] | None:
    return choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else None


def _text(content: object) -> str:
    """The text of a message: a string, or a list of parts of which those that are text count."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = (
        part.get("text") for part in content if isinstance(part, dict) and part.get("type") in ("text", "output_text")
    )
    return "".join(part for part in parts if isinstance(part, str))


def _logprobs(given: object, skipped: int) -> tuple[tuple[Chance, ...], ...]:
    """For each token of the answer the one that was written, then its alternatives, the likeliest first.

    ``skipped`` is how many characters of reasoning stood before the answer.
    """
    content = given.get("content") if isinstance(given, dict) else None
    places: list[tuple[Chance, ...]] = []
    for place in content if isinstance(content, list) else ():
        chosen = _chance(place)
        if chosen is None:
            return ()
        if skipped > 0:
            skipped -= len(chosen.token)
            continue
        top = place.get("top_logprobs")
        others = [chance for other in (top if isinstance(top, list) else ()) if (chance := _chance(other))]
        others.sort(key=lambda chance: -chance.logprob)
        places.append((chosen, *(other for other in others if other.token != chosen.token)))
    return tuple(places)


def _chance(place: object) -> Chance | None:
    if not isinstance(place, dict):
        return None
    token, logprob = place.get("token"), place.get("logprob")
    return Chance(token, float(logprob)) if isinstance(token, str) and isinstance(logprob, (int, float)) else None


def _count(value: object) -> int:
    return max(0, int(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0
