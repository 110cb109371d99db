"""What a model can be asked for: known of its family, set by the user, or learned from a server that refuses it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from briefing.engines.options import ModelOptions

# Room for reasoning, in tokens, by the effort asked for. OpenAI advises 25,000 to begin with; what is asked here needs
# little thought, and what is not used is not paid.
ROOM = {"": 8_000, "none": 0, "minimal": 1_000, "low": 4_000, "medium": 8_000, "high": 24_000, "xhigh": 48_000}
MOST_ROOM = 64_000
# Small enough for any server, and for what Ollama or llama.cpp give when nothing is set.
UNKNOWN_CONTEXT = 8_192


@dataclass(frozen=True, slots=True)
class Capabilities:
    """How a model is to be asked.

    ``logprobs`` is the most alternatives that it gives for a token, 0 for none. ``json`` is how it takes a schema:
    enforced, as "a JSON object" with the schema in the prompt, or in the prompt alone. ``prompted`` puts the schema
    into the prompt as well where a server was seen not to enforce it. ``room`` is tokens for reasoning on top of the
    answer. ``output`` is the most tokens that one answer may have. ``exact``: we have the model's own tokenizer.
    """

    context: int = UNKNOWN_CONTEXT
    token_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True
    logprobs: int = 20
    json: Literal["schema", "object", "prompt"] = "schema"
    prompted: bool = False
    system: bool = True
    effort: str = ""
    room: int = 0
    output: int | None = None
    encoding: str = "o200k_base"
    exact: bool = False
    switched: bool = False

    @property
    def enforced(self) -> bool:
        """Whether the server alone is trusted to keep to a schema."""
        return self.json != "prompt" and not self.prompted


UNKNOWN = Capabilities()
_OPENAI = Capabilities(token_field="max_completion_tokens", context=128_000, output=16_384, exact=True)
_REASONS = replace(_OPENAI, temperature=False, logprobs=0, room=ROOM[""], context=200_000, output=100_000)

# The first pattern that is found at the start of the model's name, without its maker ("openai/gpt-4o"), tells.
# Sources: the makers' pages on models and on compatibility with OpenAI's API, November 2026.
FAMILIES: tuple[tuple[str, Capabilities], ...] = (
    (r"gpt-oss", Capabilities(context=131_072, room=ROOM[""], exact=True)),
    (r"chatgpt|gpt-[5-9][\d.]*-chat", replace(_OPENAI, logprobs=0, temperature=False)),
    (r"gpt-[5-9]", replace(_REASONS, context=400_000, output=128_000)),
    (r"o\d", _REASONS),
    (r"gpt-4\.1", replace(_OPENAI, context=1_047_576, output=32_768)),
    (r"gpt-4o", _OPENAI),
    (r"gpt-4-turbo", replace(_OPENAI, json="object", encoding="cl100k_base", output=4_096)),
    (r"gpt-3\.5", replace(_OPENAI, json="object", encoding="cl100k_base", output=4_096, context=16_385)),
    # Anthropic's own compatible server takes a response_format and ignores it.
    (r"claude", Capabilities(context=200_000, json="prompt", logprobs=0)),
    (r"gemini-(2\.5|[3-9])", Capabilities(context=1_048_576, logprobs=0, room=ROOM[""])),
    (r"gemini", Capabilities(context=1_048_576, logprobs=0)),
    (r"qwen[\d.]*.*(coder|instruct)", Capabilities(context=32_768)),
    (r"qwen-?3|qwq|deepseek-(r1|reasoner)|magistral", Capabilities(context=32_768, room=ROOM[""])),
    (r"qwen|gemma", Capabilities(context=32_768)),
    (r"deepseek", Capabilities(context=65_536)),
    (r"llama-?3|meta-llama-3|llama-?4", Capabilities(context=131_072)),
    (r"mistral|ministral|mixtral|codestral", Capabilities(context=32_768)),
)


def capabilities(options: ModelOptions, *, local: bool = False) -> Capabilities:
    """What is known of the model's family, under what the user has set.

    A server on this machine holds what it was started with, whatever its model could: the context is then a small one.
    """
    name = options.model.lower().rsplit("/", 1)[-1]
    known = next((k for pattern, k in FAMILIES if re.match(pattern, name)), UNKNOWN)
    if local:
        known = replace(known, context=min(known.context, UNKNOWN_CONTEXT), output=None)
    if options.context is not None:
        known = replace(known, context=int(options.context))
    if options.json != "auto":
        known = replace(known, json=options.json)
    if options.logprobs is not None:
        known = replace(known, logprobs=(known.logprobs or UNKNOWN.logprobs) if options.logprobs else 0)
    if options.reasoning_effort:
        effort = options.reasoning_effort
        known = replace(known, effort=effort, room=ROOM.get(effort, ROOM[""]))
    return replace(known, room=min(known.room, known.context // 4))


_NOT = re.compile(
    r"unsupported|not (?:\w+ )?support|n[o']t support|unrecogni[sz]ed|unexpected|unknown"
    r"|not (?:allowed|permitted|available)|extra (?:inputs|fields)|deprecated|only the default"
    r"|must be|invalid|not compatible|not implemented|fail|cannot",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"response_format|json[_ ]?(?:schema|object)|structured[_ ]output|guided|grammar|schema", re.IGNORECASE
)
_TOO_MANY = re.compile(
    r"(?:at most|up to|less than or equal to|<=|maximum (?:value )?(?:of|is)|limit of)\D{0,20}(\d+)", re.I
)


def learned(known: Capabilities, body: Mapping[str, Any], words: str) -> Capabilities | None:
    """What a server's refusal of ``body``, in its own ``words``, teaches; None when it names nothing that was sent.

    Each lesson takes something away that is not given back, so there are only so many of them.
    """
    field, said = known.token_field, words.lower()
    if not _NOT.search(words) and not _TOO_MANY.search(words):
        return None
    if "logprobs" in body and "logprobs" in said:
        most = _most(words)
        return replace(known, logprobs=most if most and most < known.logprobs else 0)
    if field in body and re.search(rf"\b{field}\b", said):
        most = _most(words)
        if most and most < body[field]:
            return replace(known, output=most, room=min(known.room, most // 2))
        if not known.switched:
            other: Any = "max_tokens" if field == "max_completion_tokens" else "max_completion_tokens"
            return replace(known, token_field=other, switched=True)
    if "reasoning_effort" in body and "reasoning" in said:
        return replace(known, effort="")
    if "temperature" in body and "temperature" in said:
        return replace(known, temperature=False)
    if known.system and re.search(r"system.{0,20}(?:role|message|instruction)|roles must alternate|'system'", said):
        return replace(known, system=False)
    if "response_format" in body and _FORM.search(words):
        return replace(known, json="object" if known.json == "schema" else "prompt")
    return None


def _most(words: str) -> int | None:
    found = _TOO_MANY.search(words)
    return int(found.group(1)) if found else None
