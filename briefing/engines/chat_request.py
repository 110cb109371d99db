"""A question as Chat Completions take it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from briefing.engines.capabilities import Capabilities
from briefing.engines.exchange import Prompt


def request_body(model: str, prompt: Prompt, known: Capabilities) -> dict[str, Any]:
    """The body of the request; nothing in it that the model is known to refuse."""
    system = prompt.system
    if prompt.schema is not None and (known.json != "schema" or known.prompted):
        # Behind the static part, which it is as static as: servers keep the prefix.
        system = f"{system}\n\n{_in_words(prompt.schema)}".lstrip()
    body: dict[str, Any] = {"model": model, "messages": _messages(system, prompt.user, known)}
    body[known.token_field] = min(prompt.max_tokens + known.room, known.output or MOST)
    if known.temperature:
        body["temperature"] = prompt.temperature
    if known.effort:
        body["reasoning_effort"] = known.effort
    if prompt.top_logprobs and known.logprobs:
        body |= {"logprobs": True, "top_logprobs": min(prompt.top_logprobs, known.logprobs)}
    if prompt.schema is not None and known.json == "schema":
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": prompt.name, "schema": prompt.schema, "strict": True},
        }
    elif prompt.schema is not None and known.json == "object":
        body["response_format"] = {"type": "json_object"}
    return body


def answer_tokens(body: Mapping[str, Any]) -> int:
    """The most tokens that the answer to ``body`` may have, reasoning among them."""
    return int(body.get("max_completion_tokens") or body["max_tokens"])


def asked_text(body: Mapping[str, Any]) -> str:
    """All text of ``body`` that a model reads, the schema too: OpenAI counts it, and others may."""
    texts = [message["content"] for message in body["messages"]]
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
    return "\n".join([*texts, json.dumps(schema, ensure_ascii=False)] if schema else texts)


def fits(text: str, schema: Mapping[str, Any]) -> bool:
    """Whether ``text`` has the outer form that ``schema`` asks for: an object with all required keys.

    A server that enforces the schema cannot miss it; the rest of the form is for whoever asked.
    """
    start, end = text.find("{"), text.rfind("}")
    try:
        value = json.loads(text[start : end + 1])
    except ValueError:
        return False
    return isinstance(value, dict) and all(name in value for name in schema.get("required", ()))


# No model writes more; where nothing is known of a model, its server says.
MOST = 1_000_000


def _messages(system: str, user: str, known: Capabilities) -> list[dict[str, str]]:
    if system and known.system:
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]
    return [{"role": "user", "content": f"{system}\n\n{user}" if system else user}]


def _in_words(schema: Mapping[str, Any]) -> str:
    form = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON object and nothing else. It must be valid for this JSON schema:\n{form}"
