"""``briefing make --engine llm:...`` as a user types it, against a fake server: exit codes, notes, the second run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefing.model import QUOTED
from briefing.testing import Fault, ModelServer, Writer
from tests.acceptance.test_command_line import briefing
from tests.newsroom import EVENTS, NOW, articles

WRITER = Writer(reword=True)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number, one in enumerate(articles()):
        assert one.published
        head = f"Title: {one.title}\nSource: {one.source}\nDate: {one.published.isoformat()}\n\n"
        (folder / f"{number}.txt").write_text(head + one.text + "\n", encoding="utf-8")
    return folder


def make(news: Path, server: ModelServer, *more: str) -> tuple[int, str, dict[str, Any]]:
    """Exit code, what was said on standard error, and the brief."""
    out, cache = news.parent / "out", news.parent / "answers.sqlite"
    arguments: list[str | Path] = [
        "make",
        news,
        "--engine",
        "llm:fake",
        "--base-url",
        server.base_url,
        "--format",
        "json",
        "--out",
        out,
    ]
    done = briefing(*arguments, "--cache", cache, "--now", NOW.isoformat(), *more, cwd=news.parent)
    brief = out / "brief.json"
    return done.returncode, done.stderr, json.loads(brief.read_text(encoding="utf-8")) if brief.exists() else {}


def test_a_brief_by_a_model_and_the_same_again_without_a_call(news: Path) -> None:
    with ModelServer(WRITER) as server:
        code, _, first = make(news, server)
        assert code == 0
        assert len(first["stories"]) == len(EVENTS)
        assert not any(story["note"] for story in first["stories"])
        calls = len(server.calls)
        assert first["cost"]["calls"] == calls >= len(EVENTS)
        code, _, again = make(news, server)
    assert code == 0
    assert len(server.calls) == calls
    assert again["stories"] == first["stories"]


def test_a_refused_key_leaves_quotations_and_exit_code_3(news: Path) -> None:
    with ModelServer(WRITER, key="secret") as server:
        code, said, brief = make(news, server)
        assert len(server.calls) <= len(EVENTS)
    assert code == 3
    assert "key refused" in said
    assert len(brief["stories"]) == len(EVENTS)
    assert all(story["note"].startswith(QUOTED) and story["claims"] for story in brief["stories"])


def test_one_story_that_fails_is_named_with_exit_code_3(news: Path) -> None:
    with ModelServer(lambda r: Fault.refusal() if "Velm" in r.user else WRITER(r)) as server:
        code, said, brief = make(news, server)
    assert code == 3
    assert "model refused" in said
    assert sum(bool(story["note"]) for story in brief["stories"]) == 1


def test_an_estimate_calls_nothing(news: Path) -> None:
    with ModelServer(WRITER) as server:
        code, _, brief = make(news, server, "--estimate")
        assert not server.requests
    assert code == 0
    assert not brief
