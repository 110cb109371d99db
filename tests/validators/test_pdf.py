"""PDFs of every theme in every language conform: PDF/UA-1, and PDF/A-3a for the archive, by veraPDF and
page-validation; their structure by qpdf."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import weasyprint

from briefing.model import Brief
from briefing.render.formats import render
from tests.briefs import rich_brief
from tests.validators.cases import odd, spoken
from tests.validators.tools import page_validation, program, run, verapdf


def with_emoji() -> Brief:
    """A brief whose title and topics hold emoji in colour, joined, of flags and with a choice of style."""
    return replace(rich_brief(), title="Morning 🔥 Brief ☎️", topics=("🇩🇪 floods", "👩🏽‍🚒 strike ☎ ❤ ✈️ ⚽"))


def test_every_pdf_conforms(tmp_path: Path) -> None:
    pairs = []
    for name, (theme, brief) in odd().items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(render(brief, "pdf", theme=theme).content)
        pairs.append((file, "ua1"))
    archived = {**spoken(), "emoji": ("default", with_emoji()), "nothing": odd()["default-empty"]}
    for name, (theme, brief) in archived.items():
        file = tmp_path / f"archive-{name}.pdf"
        file.write_bytes(render(brief, "pdf", theme=theme, variant="pdf/a-3a").content)
        # It is both at once.
        pairs += [(file, "3a"), (file, "ua1")]
    faults = [fault for file, flavour in pairs for fault in page_validation(file, flavour)]
    assert faults == []
    for file in dict(pairs):
        assert "No syntax or stream encoding errors found" in run(program("qpdf"), "--check", file)
    # That the validators find faults is shown in the same run, for the sake of its time.
    untagged = tmp_path / "untagged.pdf"
    untagged.write_bytes(weasyprint.HTML(string="<p>No tags, no title, no language").write_pdf())
    assert page_validation(untagged, "ua1")
    faults = verapdf([*pairs, (untagged, "ua1")])
    assert [fault for fault in faults if not fault.startswith("untagged.pdf")] == []
    assert len(faults) > 1
