"""The page as a reader meets it: opened from a file in Chromium, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from briefing.render.formats import render
from tests.briefs import hostile_brief, long_brief, rich_brief
from tests.browser import chromium

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for make in (rich_brief, long_brief, hostile_brief):
        (folder / f"{make.__name__}.html").write_bytes(render(make(), "html").content)
    return folder


class Visit:
    """A page that is open, and what it asked for or complained about."""

    def __init__(
        self, browser: Browser, file: Path, size: dict[str, int], scripts: bool = True, scheme: str = "light"
    ) -> None:
        self.context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            java_script_enabled=scripts,
            color_scheme="dark" if scheme == "dark" else "light",
        )
        self.context.set_default_timeout(10_000)
        self.page: Page = self.context.new_page()
        self.size = size
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: self.said.append(f"dialog {dialog.message}"))
        self.page.goto(file.as_uri())

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def inside(self, selector: str) -> bool:
        box = self.page.locator(selector).bounding_box()
        assert box is not None
        return (
            box["x"] >= 0
            and box["y"] >= 0
            and box["x"] + box["width"] <= self.size["width"]
            and box["y"] + box["height"] <= self.size["height"]
        )


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_tab_to_a_citation_shows_its_card(browser: Browser, folder: Path, size: dict[str, int], scripts: bool) -> None:
    with Visit(browser, folder / "rich_brief.html", size, scripts) as visit:
        page = visit.page
        assert not page.locator("#card-1").is_visible()
        page.keyboard.press("Tab")
        assert page.locator(".skip:focus").count() == 1
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.locator("#cite-1:focus").count() == 1
        page.locator("#card-1").wait_for(state="visible")
        assert visit.inside("#card-1")
        assert "Port Ellery tug crews end strike after eleven days" in page.locator("#card-1").inner_text()
        assert "The Ellery Gazette, 21 November 2026" in page.locator("#card-1").inner_text()
        page.keyboard.press("Tab")
        link = page.locator("#card-1 a:focus").get_attribute("href")
        assert link is not None
        assert link.startswith("https://ellerygazette.example/harbour/strike-ends#:~:text=Port%20Ellery")
        page.keyboard.press("Tab")
        page.locator("#card-1").wait_for(state="hidden")
        assert visit.asked == [(folder / "rich_brief.html").as_uri()]
        assert visit.said == []


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_every_card_can_be_read_whole(browser: Browser, folder: Path, size: dict[str, int]) -> None:
    with Visit(browser, folder / "rich_brief.html", size) as visit:
        for number in range(1, visit.page.locator(".call").count() + 1):
            visit.page.locator(f"#cite-{number}").focus()
            visit.page.locator(f"#card-{number}").wait_for(state="visible")
            assert visit.inside(f"#card-{number}"), number
            assert visit.inside(f"#cite-{number}"), number


def test_a_number_leads_to_the_words_and_back(browser: Browser, folder: Path) -> None:
    with Visit(browser, folder / "rich_brief.html", DESK, scripts=False) as visit:
        page = visit.page
        page.locator("#cite-6").click()
        page.wait_for_url("**#ref-3")
        assert "The harbour of Port Ellery reopened" in page.locator("#ref-3").inner_text()
        assert page.locator("#ref-3").bounding_box() is not None
        page.locator("#ref-3 .back a[href^='#cite-']").first.click()
        page.wait_for_url("**#cite-6")


def test_hovering_shows_the_card_and_escape_closes_it(browser: Browser, folder: Path) -> None:
    with Visit(browser, folder / "rich_brief.html", DESK) as visit:
        page = visit.page
        page.locator("#cite-4").hover()
        page.locator("#card-4").wait_for(state="visible")
        # The pointer can move from the number into the card.
        page.locator("#card-4 mark").hover()
        assert page.locator("#card-4").is_visible()
        page.keyboard.press("Escape")
        page.locator("#card-4").wait_for(state="hidden")
        page.locator("h1").hover()
        page.locator("#cite-4").focus()
        page.locator("#card-4").wait_for(state="visible")
        page.keyboard.press("Escape")
        page.locator("#card-4").wait_for(state="hidden")


@pytest.mark.parametrize("name", ["rich_brief", "long_brief", "hostile_brief"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_overflows_the_screen(browser: Browser, folder: Path, name: str, size: dict[str, int]) -> None:
    with Visit(browser, folder / f"{name}.html", size) as visit:
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert visit.said == []
        assert len(visit.asked) == 1


def test_every_call_and_every_way_back_has_a_target(browser: Browser, folder: Path) -> None:
    with Visit(browser, folder / "long_brief.html", DESK) as visit:
        missing = visit.page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
            ".filter(id => document.querySelectorAll('#' + CSS.escape(id)).length !== 1)"
        )
        assert missing == []


def test_headings_are_in_order(browser: Browser, folder: Path) -> None:
    with Visit(browser, folder / "rich_brief.html", DESK) as visit:
        levels = visit.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1]))")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


CONTRAST = """() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return c.startsWith("color(") ? m.map((v, i) => i < 3 ? v * 255 : v) : m; };
  const shine = ([r, g, b]) => { const f = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > .9) return c; } return [255, 255, 255]; };
  const poor = [];
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || ["SCRIPT", "STYLE"].includes(e.tagName)) continue;
    const a = shine(parse(getComputedStyle(e).color)), b = shine(behind(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) poor.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...new Set(poor)];
}"""  # noqa: E501


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_the_contrast_of_wcag_aa(browser: Browser, folder: Path, scheme: str) -> None:
    with Visit(browser, folder / "rich_brief.html", DESK, scheme=scheme) as visit:
        assert visit.page.evaluate(CONTRAST) == []
