"""The benchmark of the checks: its generator stands apart from the product, and its cases are what they say."""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import corruptions, verify
from benchmarks.corruptions.scenes import KINDS, cases, read_texts, scenes
from briefing.model import Pair

_FLOOD = """The river Orla rose by 34 centimeters on Monday, the water board said.

Mayor Anna Keller said the town of Brenn would not close its schools before Thursday. About three families in Ohio \
left their homes on March 12, police said. "We have never seen the water this high," said Peter Lang, a spokesman \
for the mayor.

The repairs may cost $12 million, according to a report. Two bridges were closed on Tuesday, and the harbor was \
empty."""
_STORM = """A storm has reached the coast near Brenn, where 12 fishermen were missing on Friday. Maria Stone said the \
boats left the harbor on Sunday.

The wind was stronger than in 2015, officials said. The search will go on until the sea is calm again."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "summaries").mkdir()
    documents = [{"id": "a", "text": _FLOOD + " "}, {"id": "b", "text": _STORM + " " * 200}]
    row = {"id": "s", "documents": documents, "reference": "The town of Brenn would not close its schools early."}
    (tmp_path / "summaries" / "made.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (tmp_path / "claims").mkdir()
    claim = {"id": "c", "claim": "The river Orla rose by 34 centimeters.", "source": [_FLOOD], "supported": True}
    wrong = {**claim, "id": "d", "claim": "The river fell.", "supported": False}
    lines = "".join(json.dumps(row) + "\n" for row in (claim, wrong))
    (tmp_path / "claims" / "made.jsonl").write_text(lines, "utf-8")
    return tmp_path


def test_the_generator_imports_nothing_of_the_product() -> None:
    for path in Path(corruptions.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.partition(".")[0] == "briefing" for name in names), path


def test_every_kind_has_patterns_in_both_sets() -> None:
    assert {(p.kind, p.set) for p in verify.PATTERNS} == {(kind, set) for kind in KINDS for set in "ab"}


def test_cases_are_the_same_at_every_run_and_with_either_set_alone(data: Path) -> None:
    found = scenes(read_texts(data))
    together = [(c.pattern.name, c.text) for c in cases(found, verify.PATTERNS) if c.pattern.set == "b"]
    alone = [(c.pattern.name, c.text) for c in cases(found, [p for p in verify.PATTERNS if p.set == "b"])]
    assert together == alone
    assert len(alone) > 5


def test_a_corruption_changes_one_thing(data: Path) -> None:
    made = {c.pattern.name: (c.scene.sentence, c.text) for c in cases(scenes(read_texts(data)), verify.PATTERNS)}
    before, after = made["another weekday"]
    changed = [(b, a) for b, a in zip(before.split(), after.split(), strict=True) if b != a]
    assert len(changed) == 1
    assert all("day" in word for word in changed[0])
    before, after = made["closing attribution dropped"]
    assert before.startswith(after.rstrip("."))
    assert "said" not in after


def test_a_table_of_what_is_caught_and_kept(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main(["--data", str(data), "--examples", "number", "--kept"]) == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("caught", "verbatim", "made summaries"))


def test_a_judge_is_asked_only_of_what_the_code_let_pass(data: Path) -> None:
    class Strict:
        asked = 0

        async def judge(self, pairs: Sequence[Pair]) -> tuple[float, ...]:
            self.asked += len(pairs)
            return tuple(0.0 for _ in pairs)

    trials = [*verify.false_ones(data), *verify.true_ones(data)]
    judge = Strict()
    alone = asyncio.run(verify.examine(trials))
    judged = asyncio.run(verify.examine(trials, judge))
    assert 0 < judge.asked <= sum(o.kept for o in alone)
    assert not any(o.kept for o in judged if o.trial.of not in ("true",))
    assert all(o.kept for o in judged if o.trial.kind == "verbatim")
