"""Makes the pictures of our themes anew: ``python -m docs.pictures.make``. Look at them before committing them.

Each shows the brief of the sample articles in one theme: the web page, the first page of the PDF and the mail. The
fonts are those of the machine; these were made on Debian 12 with ``fonts-noto-core``. Needs Chromium and ``pdftoppm``,
as the tests do.
"""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from briefing.render.formats import render
from briefing.render.json import loads
from briefing.web.preview_pages import mail
from tests.browser import chromium

HERE = Path(__file__).parent
BRIEF = HERE.parent.parent / "samples" / "expected" / "brief.json"
THEMES = ("default", "memo", "compact")
# Dots, but for the last two: what CSS calls pixels, as wide as a small window and a large phone.
HIGH, GAP = 830, 14
PAGE, MAIL = 800, 400
SCALE = 0.75
AROUND = "#c9ccd1"
# So few that the file is small, so many that letters have smooth edges.
COLOURS = 40


def main() -> None:
    brief = loads(BRIEF.read_text("utf-8"))
    with chromium() as browser:
        for theme in THEMES:
            panels = [
                seen(browser, render(brief, "html", theme=theme).content.decode(), PAGE),
                paper(render(brief, "pdf", theme=theme).content),
                seen(browser, mail(render(brief, "eml", theme=theme)).html, MAIL),
            ]
            side_by_side(panels).quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / f"{theme}.png", optimize=True)


def seen(browser: Browser, html: str, width: int) -> Image.Image:
    """The top of a page in a window of ``width`` pixels."""
    context = browser.new_context(
        viewport={"width": width, "height": round(HIGH / SCALE)}, device_scale_factor=SCALE, color_scheme="light"
    )
    page = context.new_page()
    page.set_content(html)
    shot = Image.open(BytesIO(page.screenshot()))
    context.close()
    return shot


def paper(pdf: bytes) -> Image.Image:
    """The first page of a PDF."""
    command = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", "-1", "-scale-to-y", str(HIGH), "-"]
    return Image.open(BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))


def side_by_side(panels: list[Image.Image]) -> Image.Image:
    width = sum(panel.width for panel in panels) + GAP * (len(panels) + 1)
    picture = Image.new("RGB", (width, HIGH + 2 * GAP), AROUND)
    left = GAP
    for panel in panels:
        picture.paste(panel.convert("RGB").crop((0, 0, panel.width, HIGH)), (left, GAP))
        left += panel.width + GAP
    return picture


if __name__ == "__main__":
    main()
