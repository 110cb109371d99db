"""The marks of a chart: one bar a picture, for a page as SVG and for a mail as PNG. Words stand beside them as text.

A picture without words needs no font, and is the same on every machine, in every language and at every width.
docs/decisions/0021-charts.md tells why no charting library draws them.
"""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

# In units of the picture, which pages and mails scale: a row's bar lies, a column's stands.
LONG, THICK = 200, 12
TALL, WIDE = 60, 24
# What is not nothing must be seen.
LEAST = 2
# The rest of the room, so that the eye has the scale.
_TRACK = 0.14


def svg(kind: str, share: float, title: str, direction: str = "ltr") -> str:
    """A bar of ``share`` of its room, 0 to 1: lying in a chart of ``numbers``, standing in one of ``volume``.

    It takes the colour of the text around it, and is called ``title``. Lying bars begin where a line of ``direction``
    does.
    """
    width, height, box = _box(kind, share, direction)
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": "marks",
            "role": "img",
            "viewBox": f"0 0 {width} {height}",
            "width": f"{width}",
            "height": f"{height}",
            "preserveAspectRatio": "none",
            "fill": "currentColor",
        },
    )
    ElementTree.SubElement(root, "title").text = title
    track = (0, 0, width, height) if kind == "numbers" else (0, height - 1, width, height)
    for bounds, opacity in ((track, _TRACK if kind == "numbers" else 1), (box, 1)):
        left, top, right, bottom = bounds
        if right > left and bottom > top:
            place = {"x": left, "y": top, "width": right - left, "height": bottom - top}
            shape = {name: f"{value}" for name, value in place.items()}
            ElementTree.SubElement(root, "rect", shape | ({} if opacity == 1 else {"opacity": f"{opacity}"}))
    return ElementTree.tostring(root, "unicode")


def png(kind: str, share: float, colour: str, direction: str = "ltr") -> bytes:
    """The same in ``colour``, on nothing, as PNG: of twice the size, for screens of many dots.

    Raises ``ValueError`` for a colour that Pillow does not know.
    """
    from PIL import Image, ImageColor, ImageDraw

    width, height, box = _box(kind, share, direction)
    image = Image.new("RGBA", (2 * width, 2 * height), (0, 0, 0, 0))
    red, green, blue = ImageColor.getrgb(colour)[:3]
    draw = ImageDraw.Draw(image)
    faint = (red, green, blue, round(255 * _TRACK))
    if kind == "numbers":
        draw.rectangle((0, 0, 2 * width - 1, 2 * height - 1), faint)
    else:
        draw.rectangle((0, 2 * height - 2, 2 * width - 1, 2 * height - 1), (red, green, blue, 255))
    left, top, right, bottom = (2 * edge for edge in box)
    if right > left and bottom > top:
        draw.rectangle((left, top, right - 1, bottom - 1), (red, green, blue, 255))
    content = BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()


def _box(kind: str, share: float, direction: str) -> tuple[int, int, tuple[int, int, int, int]]:
    """The size of the picture, and the left, upper, right and lower edge of the bar in it."""
    if kind == "volume":
        tall = _length(share, TALL)
        return WIDE, TALL, (WIDE // 6, TALL - tall, WIDE - WIDE // 6, TALL)
    long = _length(share, LONG)
    return LONG, THICK, (0, 0, long, THICK) if direction == "ltr" else (LONG - long, 0, LONG, THICK)


def _length(share: float, whole: int) -> int:
    return max(LEAST, round(share * whole)) if share > 0 else 0
