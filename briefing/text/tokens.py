"""Counting the tokens that a model will see, without a network."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import as_file, files

import tiktoken


def count(text: str, encoding: str = "o200k_base") -> int:
    """Number of tokens of ``text``. Text that looks like a special token is counted as ordinary text."""
    return len(_encoding(encoding).encode_ordinary(text))


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    # tiktoken downloads its rank files at first use; ours stand in the package under the names that its
    # cache expects, and it verifies their hashes on load.
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    with as_file(files("briefing.text") / "ranks") as folder:
        os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
        try:
            return tiktoken.get_encoding(name)
        finally:
            if before is None:
                del os.environ["TIKTOKEN_CACHE_DIR"]
            else:
                os.environ["TIKTOKEN_CACHE_DIR"] = before
