"""The PDF conforms: PDF/UA-1 by veraPDF and by page-validation, and its structure by qpdf."""

from __future__ import annotations

from pathlib import Path

import weasyprint

from briefing.render.formats import render
from tests.validators.cases import CASES
from tests.validators.tools import page_validation, program, run, verapdf


def test_every_pdf_conforms(tmp_path: Path) -> None:
    files = []
    for name, make in CASES.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(render(make(), "pdf").content)
    for file in files:
        assert "No syntax or stream encoding errors found" in run(program("qpdf"), "--check", file)
        assert page_validation(file, "ua1") == []
    assert verapdf((file, "ua1") for file in files) == []


def test_the_validators_find_faults(tmp_path: Path) -> None:
    file = tmp_path / "untagged.pdf"
    file.write_bytes(weasyprint.HTML(string="<p>No tags, no title, no language").write_pdf())
    assert page_validation(file, "ua1")
    assert any("ua1 refused" not in fault for fault in verapdf([(file, "ua1")]))
