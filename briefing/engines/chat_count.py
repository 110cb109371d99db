"""Counting a model's tokens, on the safe side."""

from __future__ import annotations

from briefing.engines.capabilities import Capabilities
from briefing.text import tokens

# Tokenizers of other makers need up to a fifth more tokens for English than o200k; other scripts show in ``usage``.
UNKNOWN_MARGIN = 1.25
SEEN_MARGIN = 1.1
# What a chat's template puts around two messages and the answer.
FRAME = 32
# Below this the template is too large a share of what the server counted.
ENOUGH = 400


class Counter:
    """Counts with the ranks of OpenAI's tokenizers, times a margin where the model's tokenizer is another one.

    Each ``usage`` that comes back calibrates the margin: it is a tenth above the largest ratio seen, so a text of a
    script that was not yet seen may still have more. It never counts fewer tokens than the ranks do.
    """

    def __init__(self, known: Capabilities) -> None:
        self._encoding = known.encoding
        self._ratio = 1.0 if known.exact else UNKNOWN_MARGIN
        self._exact = known.exact
        self._seen = 0.0

    def count(self, text: str) -> int:
        return round(tokens.count(text, self._encoding) * self._ratio + 0.5) if text else 0

    def question(self, text: str) -> int:
        """Tokens of a whole question, the template's among them."""
        return self.count(text) + FRAME

    def observe(self, text: str, counted: int) -> None:
        """Learns from a question of which the server counted so many tokens."""
        ours = tokens.count(text, self._encoding)
        if ours < ENOUGH:
            return
        self._seen = max(self._seen, (counted - FRAME) / ours)
        self._ratio = max(1.0, self._seen if self._exact else self._seen * SEEN_MARGIN)
