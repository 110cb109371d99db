"""The package installed as a user would: as a wheel, and editable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ARTICLE = "Title: Dam at Orle breaks\n\nThe dam at Orle broke on Monday night after four days of rain in the valley.\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's files, so that building leaves no trace in the source tree."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("briefing", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def _environment(folder: Path) -> Path:
    """A virtual environment that sees this one's libraries, but not its copy of the package."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, timeout=120)
    site = next(folder.glob("lib/python3*/site-packages"))
    # A plain line is a path to search; a .pth file found there (the editable install under test) is not read.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder / "bin"


@pytest.mark.parametrize("editable", [False, True], ids=["wheel", "editable"])
def test_an_installed_package_makes_a_brief(project: Path, tmp_path: Path, editable: bool) -> None:
    binaries = _environment(tmp_path / "env")
    what = ["--editable", str(project)] if editable else [str(project)]
    install = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", *what]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run(install, check=True, timeout=300, env=environment)
    (tmp_path / "flood.txt").write_text(ARTICLE, encoding="utf-8")

    where = "from briefing.render import environment as e; print(e.__file__); print(e.find('default'))"
    done = subprocess.run(
        [binaries / "python", "-c", where],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    module, theme = map(Path, done.stdout.splitlines())
    assert module.is_relative_to(project if editable else tmp_path / "env")
    assert theme == (project / "templates" if editable else module.parent.parent / "templates") / "default"

    command = [str(binaries / "briefing"), "make", "flood.txt", "--format", "html,pdf", "--quiet"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, timeout=120)
    assert "The dam at Orle broke on Monday night" in (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "brief.pdf").read_bytes().startswith(b"%PDF-")
