"""What every cache of paid answers promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.ports import Cache
from briefing.store.answers import Answers
from briefing.testing import MemoryCache

Opening = Callable[[Path], Cache]
CACHES: dict[str, Opening] = {
    "memory": lambda folder: MemoryCache(),
    "sqlite": lambda folder: Answers(folder / "answers.db"),
}

# What can be written as UTF-8; answers are JSON, which escapes the rest.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.fixture(params=CACHES)
def cache(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Cache]:
    opened = CACHES[request.param](tmp_path)
    yield opened
    if isinstance(opened, Answers):
        opened.close()


def test_what_was_not_put_is_not_there(cache: Cache) -> None:
    assert cache.get("a") is None
    cache.put("a", "1")
    assert cache.get("A") is None


def test_what_was_put_comes_back(cache: Cache) -> None:
    cache.put("a", "1")
    cache.put("b", "2")
    assert (cache.get("a"), cache.get("b"), cache.get("a")) == ("1", "2", "1")


def test_the_last_answer_stands(cache: Cache) -> None:
    cache.put("a", "1")
    cache.put("a", "2")
    assert cache.get("a") == "2"


def test_an_empty_answer_is_an_answer(cache: Cache) -> None:
    cache.put("a", "")
    assert cache.get("a") == ""


@given(value=texts)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_character_comes_back(cache: Cache, value: str) -> None:
    cache.put("a", value)
    assert cache.get("a") == value


def test_a_long_answer_comes_back(cache: Cache) -> None:
    value = "Ostrand " * 100_000
    cache.put("a", value)
    assert cache.get("a") == value


def test_threads_do_not_disturb_each_other(cache: Cache) -> None:
    def put_and_get(number: int) -> bool:
        cache.put(f"key {number % 5}", f"value {number % 5}")
        return cache.get(f"key {number % 5}") == f"value {number % 5}"

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(put_and_get, range(60)))
