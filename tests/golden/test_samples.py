"""The brief of the samples is the one in ``samples/expected/``; ``make samples`` makes that anew."""

from __future__ import annotations

import difflib

import pytest

from tests.golden.update import EXPECTED, ROOT, documents


def test_the_samples_make_the_expected_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    # Where an article was read from stands in the brief as the path that was typed.
    monkeypatch.chdir(ROOT)
    made = documents()
    assert sorted(made) == sorted(p.name for p in EXPECTED.iterdir() if p.name.startswith("brief."))
    for name, content in sorted(made.items(), key=lambda item: item[0] != "brief.txt"):
        before = (EXPECTED / name).read_text(encoding="utf-8").splitlines()
        after = content.decode("utf-8").splitlines()
        difference = list(difflib.unified_diff(before, after, f"expected/{name}", f"made/{name}", lineterm="", n=1))
        assert not difference, "\n".join(line[:200] for line in difference[:60])
