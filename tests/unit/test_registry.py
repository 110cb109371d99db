"""From names to engines."""

from __future__ import annotations

import pytest

from briefing import registry
from briefing.engines.extractive import Extractive
from briefing.errors import ConfigError


def test_a_built_in_and_a_plug_in_resolve_alike() -> None:
    assert isinstance(registry.engine("extractive"), Extractive)
    assert isinstance(registry.engine("briefing.engines.extractive:Extractive"), Extractive)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("extractiv", "did you mean 'extractive'"),
        ("lm:gpt", "unknown engine 'lm:gpt'; did you mean 'llm'"),
        ("extractive:fast", "takes no argument"),
        ("no.such.package:Engine", "there is no module"),
        ("briefing.engines.extractive:Nothing", "has no 'Nothing'"),
    ],
)
def test_a_name_that_does_not_resolve_is_explained(spec: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        registry.engine(spec)


@pytest.mark.parametrize(
    ("spec", "message"), [("sane", "did you mean 'same'"), ("no.package:Judge", "there is no module")]
)
def test_so_is_the_name_of_a_judge(spec: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        registry.judge(spec)
