"""What the documents say of the code holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.pipeline import Pipeline

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/*.md"), *ROOT.glob("samples/README.md")]
)


def test_the_tour_has_a_chapter_for_each_stage_of_the_pipeline() -> None:
    assert Pipeline.__doc__
    stages = Pipeline.__doc__.strip().split(" | ")
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    assert " | ".join(stages) in tour
    assert re.findall(r"^## (.+)$", tour, re.MULTILINE) == stages


def test_the_pipeline_runs_its_stages_in_that_order() -> None:
    source = (ROOT / "briefing" / "pipeline.py").read_text(encoding="utf-8")
    run = re.findall(r'(?:run\.(?:step|each)\(|flow\(\(|, \()"(\w+)"', source)
    assert Pipeline.__doc__
    assert run == Pipeline.__doc__.strip().split(" | ")[: len(run)]
    assert len(run) == 9


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_room_stands_in_the_architecture_of_the_contributor_guide() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {p.name for p in (ROOT / "briefing").iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    missing = {room for room in rooms if f"`{room}/`" not in guide}
    assert not missing
