"""A language model behind an API like OpenAI's."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING, Any

from briefing.engines.exchange import Answer, Chance, Prompt
from briefing.engines.options import OPENAI
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from briefing.model import Cost
from briefing.text import tokens

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class OpenAIChat:
    """A model that is asked through Chat Completions. Implements ``exchange.Chat``."""

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        context: int | None = None,
        timeout: float = 300.0,
    ) -> None:
        self.model = model
        self.context = context or 8192
        self._url = base_url or OPENAI
        self._key = api_key or os.environ.get("OPENAI_API_KEY", "none")
        self._timeout = timeout
        self._opened: AsyncOpenAI | None = None

    async def ask(self, prompt: Prompt) -> Answer:
        import openai

        began = time.monotonic()
        try:
            raw = await self._client().chat.completions.with_raw_response.create(**self._body(prompt))
        except openai.APITimeoutError as e:
            raise EngineError(Outcome.TIMEOUT, f"{self.model} at {self._url}") from e
        except openai.APIConnectionError as e:
            raise EngineError(Outcome.NO_CONNECTION, f"{self._url}; is the server running?", lasting=True) from e
        except openai.AuthenticationError as e:
            raise EngineError(Outcome.KEY, f"{self._url}; set OPENAI_API_KEY", lasting=True) from e
        except openai.APIError as e:
            raise EngineError(Outcome.SERVER, f"{self.model} at {self._url}: {e.message}") from e
        reply = json.loads(raw.http_response.content)
        choice, usage = reply["choices"][0], reply.get("usage") or {}
        return Answer(
            text=choice["message"].get("content") or "",
            finish=choice.get("finish_reason") or "stop",
            logprobs=_logprobs(choice),
            cost=Cost(
                calls=1,
                tokens_in=usage.get("prompt_tokens", 0),
                tokens_out=usage.get("completion_tokens", 0),
                price=None,
                seconds=time.monotonic() - began,
            ),
        )

    def count(self, text: str) -> int:
        return tokens.count(text)

    async def aclose(self) -> None:
        if self._opened is not None:
            await self._opened.close()
            self._opened = None

    def _client(self) -> AsyncOpenAI:
        from openai import AsyncOpenAI

        if self._opened is None:
            self._opened = AsyncOpenAI(
                base_url=self._url, api_key=self._key, max_retries=0, timeout=self._timeout, organization="", project=""
            )
        return self._opened

    def _body(self, prompt: Prompt) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            "max_tokens": prompt.max_tokens,
            "temperature": prompt.temperature,
        }
        if prompt.schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": prompt.name, "schema": prompt.schema, "strict": True},
            }
        if prompt.top_logprobs:
            body |= {"logprobs": True, "top_logprobs": prompt.top_logprobs}
        return body


def _logprobs(choice: dict[str, Any]) -> tuple[tuple[Chance, ...], ...]:
    """The written token first, then its alternatives."""
    tokens_ = (choice.get("logprobs") or {}).get("content") or ()
    return tuple(
        (
            Chance(t["token"], t["logprob"]),
            *(Chance(a["token"], a["logprob"]) for a in t.get("top_logprobs") or () if a["token"] != t["token"]),
        )
        for t in tokens_
    )
