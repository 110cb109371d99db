"""Contrast of two colours as WCAG 2.2 counts it (success criterion 1.4.3)."""

from __future__ import annotations

# What text of a usual size needs at level AA.
ENOUGH = 4.5
# And large text: 24 pixels, or 18.66 in bold.
ENOUGH_LARGE = 3.0


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white. Colours are ``#rrggbb``."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
