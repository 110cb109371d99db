"""Makes what is written of templates anew: the tables of docs/templates.md and ``context.schema.json``."""

from __future__ import annotations

import json
import re
from pathlib import Path

from briefing.render.environment import DEFAULT, Theme
from briefing.render.fields import schema, tables

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "templates.md"
SCHEMA = ROOT / "briefing" / "render" / "context.schema.json"
# Ours that declare options beside those of the default theme.
OTHERS = ("memo", "compact")


def page(text: str) -> str:
    """docs/templates.md with its tables as the code has them."""
    made_of = {"options": _options(DEFAULT), "fields": tables()}
    made_of |= {f"options of {theme}": _options(theme) for theme in OTHERS}
    for name, made in made_of.items():
        marked = re.compile(rf"(<!-- {name}: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
        assert marked.search(text)
        text = marked.sub(lambda found, made=made: f"{found[1]}\n{made}\n{found[2]}", text)  # type: ignore[misc]
    return text


def schema_text() -> str:
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def _options(theme: str) -> str:
    """What ``theme`` declares itself."""
    ours = {} if theme == DEFAULT else Theme(DEFAULT).options
    own = [option for name, option in Theme(theme).options.items() if option != ours.get(name)]
    rows = [f"| `{o.name}` | {o.kind} | {_value(o.default)} | {o.about} |" for o in own]
    return "\n".join(["| option | type | default | what it is |", "|---|---|---|---|", *rows]) + "\n"


def _value(value: object) -> str:
    if value in ("", []):
        return ""
    return ", ".join(f"`{v}`" for v in value) if isinstance(value, list) else f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
    SCHEMA.write_text(schema_text(), "utf-8")
