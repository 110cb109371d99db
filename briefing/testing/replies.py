"""What a fake model server is asked, and what it answers."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from briefing.text.tokens import count

_TOKEN = re.compile(r"\s?\w+|\s?[^\w\s]|\s")


class Usage(NamedTuple):
    """Tokens of the question, of the answer, and of the question's start that the server had kept."""

    tokens_in: int
    tokens_out: int
    cached: int = 0


class Pace(NamedTuple):
    """How slowly a model answers: ``first`` seconds to the first token, then ``rate`` tokens a second."""

    first: float = 0.0
    rate: float = math.inf


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. Header names are in lower case; ``json`` is the body, empty where there is none."""

    method: str
    path: str
    headers: Mapping[str, str]
    json: Mapping[str, Any]

    @property
    def system(self) -> str:
        """What the system, or the developer, says, with blank lines between several."""
        return self._said("system", "developer")

    @property
    def user(self) -> str:
        """What the user says, with blank lines between several messages."""
        return self._said("user")

    @property
    def schema(self) -> Mapping[str, Any] | None:
        """The JSON schema that the answer has to follow, where the request gives one."""
        form = self.json.get("response_format") or {}
        schema: Mapping[str, Any] | None = (form.get("json_schema") or {}).get("schema")
        return schema

    def _said(self, *roles: str) -> str:
        return "\n\n".join(_text(m.get("content")) for m in self.json.get("messages", ()) if m.get("role") in roles)


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content or ())


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the server.

    ``content`` is the model's text; an object becomes JSON. ``finish`` is the finish reason. ``chances`` are the
    alternatives of each token with their probabilities, sent when the request wants log-probabilities; without them
    every token is certain. ``usage`` is counted where it is "counted", and left out where it is None. ``pace``
    stands before the server's.

    ``status``, ``headers`` and ``body`` make any other answer; with a ``body`` the text above is not used.
    ``cut`` closes the connection after as many bytes of the body, -1 before the first byte of the answer;
    ``drip`` sends the body one byte at a time with as many seconds between, and then white space without end.
    """

    content: str | Mapping[str, Any] | Sequence[Any] | None = ""
    finish: str = "stop"
    refusal: str | None = None
    chances: tuple[Mapping[str, float], ...] = ()
    usage: Usage | str | None = "counted"
    pace: Pace | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cut: int | None = None
    drip: float | None = None

    @property
    def text(self) -> str:
        """The model's text as it is sent."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return json.dumps(self.content, ensure_ascii=False)

    def after(self, seconds: float, rate: float = math.inf) -> Reply:
        """This reply, ``seconds`` later, and then at ``rate`` tokens a second."""
        return replace(self, pace=Pace(seconds, rate))

    @classmethod
    def yes(cls, probability: float) -> Reply:
        """The answer "yes" or "no", whichever is likelier, with the probability of both."""
        chances = {"yes": probability, "no": 1 - probability}
        return cls(max(chances, key=chances.__getitem__), chances=(chances,))

    def completion(self, request: Request) -> dict[str, Any]:
        """The reply as an object of the Chat Completions API."""
        message = {"role": "assistant", "content": None if self.content is None else self.text, "refusal": self.refusal}
        choice: dict[str, Any] = {"index": 0, "message": message, "finish_reason": self.finish, "logprobs": None}
        if request.json.get("logprobs"):
            choice["logprobs"] = {"content": self._logprobs(request.json.get("top_logprobs") or 0), "refusal": None}
        made: dict[str, Any] = {
            "id": "chatcmpl-fake",
            "object": "chat.completion",
            "created": 0,
            "model": request.json.get("model", ""),
            "choices": [choice],
        }
        usage = self.counted(request)
        if usage:
            made["usage"] = {
                "prompt_tokens": usage.tokens_in,
                "completion_tokens": usage.tokens_out,
                "total_tokens": usage.tokens_in + usage.tokens_out,
                "prompt_tokens_details": {"cached_tokens": usage.cached},
            }
        return made

    def counted(self, request: Request) -> Usage | None:
        """The usage of this reply, or None where it is left out."""
        if isinstance(self.usage, str):
            return Usage(count(request.system) + count(request.user), count(self.text) + count(self.refusal or ""))
        return self.usage

    def _logprobs(self, alternatives: int) -> list[dict[str, Any]]:
        sure: tuple[Mapping[str, float], ...] = tuple({t: 1.0} for t in _TOKEN.findall(self.text))
        found = []
        for of in self.chances or sure:
            ordered = sorted(of.items(), key=lambda item: -item[1])
            made = [{"token": t, "logprob": math.log(max(p, 1e-30)), "bytes": list(t.encode())} for t, p in ordered]
            # The first alternative is the token that was written.
            found.append({**made[0], "top_logprobs": made[:alternatives]})
        return found


Answering = Callable[[Request], Reply]
