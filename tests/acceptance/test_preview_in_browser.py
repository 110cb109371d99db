"""The preview as a designer meets it: in Chromium, while the theme's files are changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from briefing.model import Brief, Document
from briefing.render import formats
from briefing.render.environment import Look
from briefing.render.json import dumps
from briefing.web.preview import Chosen, Preview, Render
from briefing.web.preview_server import PreviewServer
from briefing.web.preview_shell import shell
from tests.briefs import rich_brief
from tests.browser import chromium
from tests.validators.tools import axe, vnu

ACCENT = '[options]\naccent = "{}"\n'
# What a stranger's theme would try: the page around it, the server, the world, another page in its place.
SCRIPT = """{% extends "!default/brief.html" %}{% block masthead %}<h1 id="out">waiting</h1><script>
const attempts = {
  parent: () => parent.document.title,
  LEAVING
  cookie: () => document.cookie,
  storage: () => localStorage.length,
  popup: () => { if (!open("https://elsewhere.example/")) throw "none"; },
};
const works = ([, attempt]) => { try { attempt(); return true; } catch { return false; } };
const said = Object.entries(attempts).filter(works);
const server = new URL("/", location.href).href;
Promise.allSettled([fetch(server), fetch(server + "check", { mode: "no-cors" }), fetch("https://elsewhere.example/")])
  .then((results) => {
    const got = results.filter((r) => r.status === "fulfilled").length;
    document.getElementById("out").textContent = `reached: ${said.map(([name]) => name)} ${got}`;
  });
</script>{% endblock %}"""
LEAVING = 'top: () => { top.location = "https://elsewhere.example/"; },'
PATIENCE = 20_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with chromium() as browser:
        yield browser


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "theme.toml").write_text(ACCENT.format("#005a9c"))
    return folder


@contextmanager
def served(folder: Path, brief: Path | None = None, render: Render = formats.render) -> Iterator[str]:
    with PreviewServer(Preview(lambda: Chosen(str(folder), Look()), brief=brief, render=render)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def visit(browser: Browser, address: str, *, scheme: str = "light", width: int = 1280) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    settled(page)
    yield page
    context.close()


def settled(page: Page) -> None:
    expect(page.locator("#state")).to_contain_text("Up to date")


def frame(page: Page, name: str = "html") -> FrameLocator:
    return page.frame_locator(f"#{name} iframe")


def test_a_change_of_a_file_is_seen_without_a_reload(browser: Browser, house: Path) -> None:
    with served(house) as address, visit(browser, f"{address}?show=html+eml") as page:
        label = frame(page).locator(".bottom-line h2")
        expect(label).to_have_css("color", "rgb(0, 90, 156)")
        page.evaluate("window.here = true")
        frame(page).locator("html").evaluate("() => scrollTo(0, 300)")
        (house / "theme.toml").write_text(ACCENT.format("#2e6b1f") + "# and more\n")
        expect(label).to_have_css("color", "rgb(46, 107, 31)")
        expect(frame(page, "eml").locator("sup").first).to_have_css("color", "rgb(46, 107, 31)")
        assert page.evaluate("window.here")
        # Whoever changes the foot of a page need not look for it again.
        assert frame(page).locator("html").evaluate("() => scrollY") == 300


def test_a_broken_template_stands_in_its_frame_only_and_goes_when_it_is_mended(browser: Browser, house: Path) -> None:
    broken = '{% extends "!default/brief.html" %}\n{% block masthead %}{{ masthead.titel }}{% endblock %}'
    with served(house) as address, visit(browser, f"{address}?show=html+txt") as page:
        (house / "brief.html").write_text(broken)
        expect(frame(page).locator("h1")).to_contain_text("did you mean 'title'?")
        expect(frame(page).locator("code")).to_contain_text("brief.html:2")
        expect(frame(page).locator("pre b")).to_contain_text("{{ masthead.titel }}")
        expect(frame(page, "txt").locator("pre")).to_contain_text("The morning brief")
        (house / "brief.html").write_text(broken.replace("titel", "title") + "\n")
        expect(frame(page).locator(".bottom-line h2")).to_be_visible(timeout=PATIENCE)


def test_nobody_waits_for_the_pdf(browser: Browser, house: Path) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(brief: Brief, format: str, *, theme: str, look: Look) -> Document:
        if format == "pdf":
            begun.set()
            done.wait(PATIENCE / 1000)
        return formats.render(brief, "txt" if format == "pdf" else format, theme=theme, look=look)

    # Chromium as tests start it shows no PDF; one that does would ask for it.
    viewer = "Object.defineProperty(navigator, 'pdfViewerEnabled', { value: true })"
    with served(house, render=slow) as address:
        context = browser.new_context()
        context.add_init_script(viewer)
        page = context.new_page()
        page.goto(f"{address}?show=html+pdf")
        assert begun.wait(PATIENCE / 1000)
        (house / "brief.html").write_text("<h1>changed</h1>")
        expect(frame(page).locator("h1")).to_have_text("changed")
        expect(page.locator("#pdf")).to_have_attribute("aria-busy", "true")
        expect(page.locator("#state")).to_have_text("Rendering…")
        done.set()
        settled(page)
        context.close()


def test_a_brief_of_ones_own_is_shown_and_shown_again(browser: Browser, house: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.json"
    file.write_text(dumps(rich_brief()))
    with served(house, file) as address, visit(browser, f"{address}?show=html") as page:
        expect(frame(page).locator("h1")).to_have_text(rich_brief().title)
        file.write_text(dumps(rich_brief()).replace(rich_brief().title, "Quite another title"))
        expect(frame(page).locator("h1")).to_have_text("Quite another title")
        page.get_by_role("combobox", name="Brief", exact=True).select_option("right-to-left")
        expect(frame(page).locator("html")).to_have_attribute("dir", "rtl")
        page.get_by_role("combobox", name="Language", exact=True).select_option("de")
        expect(frame(page).locator("html")).to_have_attribute("lang", "de")
        page.reload()
        settled(page)
        expect(frame(page).locator("html")).to_have_attribute("lang", "de")


def test_the_script_of_a_theme_reaches_nothing(browser: Browser, house: Path) -> None:
    (house / "brief.html").write_text(SCRIPT.replace("LEAVING", LEAVING))
    with served(house) as address, visit(browser, f"{address}?show=html") as page:
        expect(frame(page).locator("#out")).to_have_text("reached:  0")
        assert page.url.startswith(address)
        assert len(page.context.pages) == 1
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Preview of {house}")
        # By itself it has no more than in the frame; only that it may leave for elsewhere cannot be helped.
        (house / "brief.html").write_text(SCRIPT.replace("LEAVING", ""))
        page.goto(f"{address}frame/html")
        expect(page.locator("#out")).to_contain_text(" 0")
        assert page.evaluate("origin") == "null"


def test_a_frame_that_leaves_is_stopped(browser: Browser, house: Path) -> None:
    (house / "brief.html").write_text('<h1>x</h1><script>location = "https://elsewhere.example/"</script>')
    asked: list[str] = []
    with served(house) as address, visit(browser, address + "?show=txt") as page:
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_role("checkbox", name="Page").check()
        settled(page)
        page.get_by_role("checkbox", name="Mail").check()
        expect(frame(page, "eml").locator("h1")).to_be_visible()
        assert asked
        assert all(url.startswith(address) for url in asked)


def test_widths_and_colours_are_those_of_other_readers(browser: Browser, house: Path) -> None:
    with served(house) as address, visit(browser, f"{address}?show=html+eml") as page:
        inside = frame(page).locator("html")
        assert inside.evaluate("() => innerWidth") == 1120
        page.get_by_label("Phone").check()
        assert inside.evaluate("() => innerWidth") == 390
        titles = [frame(page, name).locator("h1") for name in ("html", "eml")]
        light = [str(title.evaluate("e => getComputedStyle(e).color")) for title in titles]
        page.get_by_label("Dark").check()
        for title, colour in zip(titles, light, strict=True):
            expect(title).not_to_have_css("color", colour)
        settled(page)
        box = page.locator("#html iframe").bounding_box()
        assert box is not None
        assert round(box["width"]) == 390


def test_what_check_finds_is_told_when_it_is_asked_for(browser: Browser, house: Path) -> None:
    (house / "theme.toml").write_text('[options]\nacent = "#ffee00"\n')
    with served(house) as address, visit(browser, f"{address}?show=txt") as page:
        page.get_by_text("Check", exact=True).press("Enter")
        expect(page.locator("#problems")).to_contain_text("did you mean 'accent'?")
        expect(page.locator("#problems code")).to_contain_text("theme.toml:2")
        expect(page.locator("summary")).to_have_text("Check: errors 1, warnings 0, advice 0")
        (house / "theme.toml").write_text("[option]\n")
        expect(page.locator("#problems")).to_contain_text("did you mean 'options'?")


def test_an_end_and_a_new_start_are_noticed(browser: Browser, house: Path) -> None:
    with served(house) as address, visit(browser, f"{address}?show=txt") as page:
        expect(page.locator("#state")).to_contain_text("Up to date")
    with served(house) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}?show=txt")
        settled(page)
    expect(page.locator("#state")).to_contain_text("The preview has ended")
    context.close()


@pytest.mark.parametrize(
    ("scheme", "width", "broken"), [("light", 1280, False), ("dark", 800, True), ("light", 390, True)]
)
def test_the_page_is_for_everyone(browser: Browser, house: Path, scheme: str, width: int, broken: bool) -> None:
    if broken:
        (house / "theme.toml").write_text("[option]\n")
    with served(house) as address, visit(browser, f"{address}?show=html+eml+txt", scheme=scheme, width=width) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.reload()
        settled(page)
        if broken:
            page.locator("summary").click()
            expect(page.locator("summary")).to_contain_text("errors 1")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert said == []


def test_the_page_is_valid(house: Path, tmp_path: Path) -> None:
    file = tmp_path / "preview.html"
    file.write_bytes(shell(Preview(lambda: Chosen(str(house), Look()))))
    assert vnu([file]) == []
