"""Contrast of two colours as WCAG 2.2 counts it (success criteria 1.4.3 and 1.4.11)."""

from __future__ import annotations

# What text of a usual size needs at level AA.
ENOUGH = 4.5
# And large text: 24 pixels, or 18.66 in bold. Graphics need as much.
ENOUGH_LARGE = 3.0
# From one colour to another, no difference that is seen.
_STEPS = 32


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white. Colours are ``#rrggbb``."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen_on_both(light: str, dark: str, paper: str, paper_dark: str) -> str:
    """A colour for a picture that stands on light and on dark pages alike: of those between ``light`` and ``dark`` the
    first that has the contrast of graphics (3 to 1) on both papers; where none has, the one that is seen best.
    """
    between = [_mixed(light, dark, step / _STEPS) for step in range(_STEPS + 1)]
    worse = {colour: min(contrast(colour, paper), contrast(colour, paper_dark)) for colour in between}
    return next((colour for colour in between if worse[colour] >= ENOUGH_LARGE), max(between, key=worse.__getitem__))


def _mixed(one: str, other: str, share: float) -> str:
    """``one`` with so large a ``share`` of ``other``, 0 to 1."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
