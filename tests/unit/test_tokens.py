"""Tokens: counted without a network, special tokens like any text."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from briefing.text.tokens import count


@pytest.mark.parametrize("encoding", ["o200k_base", "cl100k_base"])
def test_known_counts(encoding: str) -> None:
    assert count("", encoding) == 0
    assert count("hello world", encoding) == 2
    assert count("hello world " * 50, encoding) > 99


def test_special_tokens_are_ordinary_text() -> None:
    assert count("<|endoftext|>") > 1


def test_lone_surrogates_are_counted() -> None:
    assert count("a\ud800b") >= 2


def test_unknown_encoding() -> None:
    with pytest.raises(ValueError, match="no_such_base"):
        count("a", "no_such_base")


def test_ranks_come_from_the_package_and_the_environment_is_left_as_it_was() -> None:
    # A fresh process, in which nothing is loaded yet and every connection is refused.
    program = (
        "import os, socket\n"
        "def refuse(*args, **kwargs): raise AssertionError('the network was asked')\n"
        "socket.socket.connect = refuse\n"
        "socket.getaddrinfo = refuse\n"
        "from briefing.text.tokens import count\n"
        "print(count('hello world'), count('hello world', 'cl100k_base'), os.environ['TIKTOKEN_CACHE_DIR'])\n"
    )
    environment = {**os.environ, "TIKTOKEN_CACHE_DIR": os.devnull}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert run.stdout.split() == ["2", "2", os.devnull]
