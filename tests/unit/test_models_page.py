"""docs/models.md has every setting of a model and every outcome."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from briefing.engines.chat_server import server, variables
from briefing.engines.options import ModelOptions
from briefing.engines.outcomes import Outcome

PAGE = (Path(__file__).parent.parent.parent / "docs" / "models.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [f.name for f in fields(ModelOptions)])
def test_every_setting_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_its_defaults_are_the_real_ones() -> None:
    rows = {
        line.split("|")[1].strip(): line.split("|")[2].strip() for line in PAGE.splitlines() if line.startswith("|")
    }
    options = ModelOptions("m")
    assert float(rows["`timeout`"]) == options.timeout
    assert int(rows["`concurrency`"]) == options.concurrency
    assert rows["`json`"] == f"`{options.json}`"


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_is_on_the_page(outcome: Outcome) -> None:
    assert any(line.startswith("|") and outcome.value in line.split("|")[-2] for line in PAGE.splitlines())


@pytest.mark.parametrize(
    "url",
    ["https://api.openai.com", "https://openrouter.ai", "https://api.anthropic.com", "https://x.openai.azure.com"],
)
def test_the_variables_of_keys_are_on_the_page(url: str) -> None:
    assert all(f"`{name}`" in PAGE for name in variables(server(url)))
