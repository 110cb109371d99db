"""Pages of every theme in every language are valid HTML and accessible: the Nu validator, and axe in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from briefing.render.catalogue import LANGUAGES
from briefing.render.formats import render
from tests.browser import chromium
from tests.validators.cases import THEMES, odd, spoken
from tests.validators.tools import axe, vnu


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pages")
    files = []
    for name, (theme, brief) in (spoken() | odd()).items():
        files.append(folder / f"{name}.html")
        files[-1].write_bytes(render(brief, "html", theme=theme).content)
    return files


def faulty(folder: Path) -> Path:
    file = folder / "faulty.html"
    file.write_text("<!DOCTYPE html><title>x</title><p id=a><p id=a><img src=x.png><blink>y</blink>")
    return file


def test_every_theme_and_language_is_looked_at() -> None:
    assert {"default", "memo", "compact"} <= set(THEMES)
    assert {"en", "de", "fr", "es", "ar", "ja"} <= set(LANGUAGES)


def test_every_page_is_valid(pages: list[Path], tmp_path: Path) -> None:
    # That the validator finds faults is shown in the same run, for the sake of its time.
    faults = vnu([*pages, faulty(tmp_path)])
    assert [fault for fault in faults if not fault.startswith("faulty.html")] == []
    assert any("Duplicate ID" in fault for fault in faults)
    assert any("blink" in fault for fault in faults)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_page_is_hard_to_use_for_anyone(browser: Browser, pages: list[Path], scheme: str, width: int) -> None:
    faults = []
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        # A card that is still fading in has less contrast than one that is read.
        reduced_motion="reduce",
    )
    page = context.new_page()
    for file in pages:
        page.goto(file.as_uri())
        if page.locator(".call").count():
            # With a card open, since what is hidden is not looked at.
            page.locator(".call").first.focus()
            page.locator(".card").first.wait_for(state="visible")
        faults += [f"{file.name}: {fault}" for fault in axe(page)]
    context.close()
    assert faults == []


def test_axe_finds_faults(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(faulty(tmp_path).as_uri())
    found = " ".join(axe(page))
    assert "image-alt" in found
    assert "html-has-lang" in found
    page.close()
