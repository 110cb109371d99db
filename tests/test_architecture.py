"""Imports point inwards: each room may use only the rooms named here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "briefing"

MAY_IMPORT = {
    "text": {"text"},
    "errors": set(),
    "model": {"errors"},
    "editions": {"errors", "model"},
    "ports": {"editions", "model"},
    "steps": {"errors", "model", "text", "steps"},
    "sources": {"model", "errors", "ports", "text", "sources"},
    "engines": {"model", "errors", "ports", "text", "engines"},
    "render": {"model", "errors", "ports", "text", "render"},
    "run": {"ports"},
    "registry": {"errors", "ports", "text"},
    "config": {"config", "engines", "errors", "model", "registry", "render", "text"},
    "verification": {"errors", "ports", "steps", "model"},
    "pipeline": {"ports", "steps", "model", "verification"},
    "store": {"editions", "errors", "model", "ports", "store"},
    "delivery": {"delivery", "editions", "errors", "model", "ports", "text"},
    "schedule": {
        "config", "delivery", "doctor", "editions", "errors", "model", "models", "ports", "registry", "render", "run",
        "schedule", "steps", "store", "text", "wiring",
    },
    "testing": {"editions", "engines", "errors", "model", "ports", "testing", "text"},
    "models": {"config", "engines", "errors", "model", "store"},
    "wiring": {
        "config", "models", "doctor", "engines", "errors", "model", "pipeline", "ports", "registry", "render", "run",
        "sources", "steps", "store", "text", "verification",
    },
    "themes": {"errors", "render", "text"},
    "web": {"errors", "model", "render", "text", "themes", "web"},
    "doctor": {"engines", "errors", "render", "store", "text"},
    "cli": {
        "cli", "config", "delivery", "doctor", "editions", "errors", "model", "run", "schedule", "steps", "text",
        "themes", "web", "wiring",
    },
    "__main__": {"cli"},
    "__init__": {"config", "errors", "model", "wiring"},
}  # fmt: skip


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imported(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                modules = [alias.name for alias in names]
            case ast.ImportFrom(module="briefing", names=names, level=0):
                modules = [f"briefing.{alias.name}" for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                modules = [module]
            case ast.ImportFrom(level=level) if level:
                raise AssertionError(f"{path}: relative import; write the whole name")
            case _:
                continue
        rooms |= {m.split(".")[1] for m in modules if m.startswith("briefing.")}
    return rooms


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(PACKAGE)) for p in FILES])
def test_imports_point_inwards(path: Path) -> None:
    room = _room(path)
    assert room in MAY_IMPORT, f"{path}: a room that this test does not know"
    assert _imported(path) <= MAY_IMPORT[room]


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(PACKAGE)) for p in FILES])
def test_files_stay_short(path: Path) -> None:
    # All nouns stand in one file, so that a newcomer reads them in one go.
    limit = 660 if path.name == "model.py" else 330
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


def test_the_walk_sees_imports(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text("from briefing.cli import main\nimport briefing.render.html\nfrom briefing import wiring\n")
    assert _imported(module) == {"cli", "render", "wiring"}
