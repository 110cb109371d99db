"""What ``import briefing`` offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import briefing
from briefing.render import formats
from tests.golden.update import ROOT


def test_the_public_names() -> None:
    assert set(briefing.__all__) == {
        "Article", "Brief", "BriefFormatError", "BriefingError", "Citation", "Claim", "ConfigError", "Document",
        "Interest", "Publisher", "RenderError", "make", "read", "render",
    }  # fmt: skip
    for name in briefing.__all__:
        assert getattr(briefing, name).__doc__, name


def test_render_is_the_function_whatever_is_imported(tmp_path: Path) -> None:
    (tmp_path / "flood.txt").write_text("The dam at Orle broke on Monday night after four days of rain.\n", "utf-8")
    brief = briefing.make([tmp_path], now=None, title="A title")
    assert callable(briefing.render)
    assert "The dam at Orle broke" in briefing.render(brief, "md").content.decode()
    (tmp_path / "brief.json").write_bytes(briefing.render(brief, "json").content)
    assert briefing.read(tmp_path / "brief.json") == brief
    assert formats.FORMATS


def test_importing_the_package_costs_little() -> None:
    program = "import sys, briefing; print(sorted({'numpy', 'jinja2', 'weasyprint', 'tiktoken'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_wrong_format_or_theme_is_a_named_error(tmp_path: Path) -> None:
    (tmp_path / "flood.txt").write_text("The dam at Orle broke on Monday night after four days of rain.\n", "utf-8")
    brief = briefing.make([tmp_path])
    with pytest.raises(briefing.ConfigError, match="did you mean 'html'"):
        briefing.render(brief, "htm")
    with pytest.raises(briefing.ConfigError, match="unknown theme 'none'"):
        briefing.render(brief, "html", theme="none")


def test_one_path_and_one_topic_are_not_taken_letter_by_letter(tmp_path: Path) -> None:
    (tmp_path / "flood.txt").write_text("The dam at Orle broke on Monday night after four days of rain.\n", "utf-8")
    assert briefing.make(str(tmp_path)).counts.articles == 1
    assert briefing.make(tmp_path).counts.articles == 1
    with pytest.raises(briefing.BriefingError, match=r"topics is a tuple of texts, not one text: write topics="):
        briefing.Interest(topics="rain")  # type: ignore[arg-type]
