"""Quality on labelled data: runs the product's own stages, as shipped, over every file of a data folder.

    python -m benchmarks.quality --data DIR [--only NAMES] [--json FILE]

The folder has a subfolder for each measure (``summaries``, ``relevance``, ...) with files of any name in it; a figure
is named ``measure/file``. Prints a table, then one JSON object. Fractions, but for ROUGE (percent).
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
import time
from pathlib import Path

from benchmarks import measures

NAMES = tuple(m.name for m in pkgutil.iter_modules(measures.__path__) if not m.name.startswith("_"))


def files(data: Path, only: list[str]) -> list[tuple[str, str, Path]]:
    """Measure, figure's name, and path of every data file; ``only`` names measures or single figures."""
    found = []
    for measure in sorted(set(NAMES) & {p.name for p in data.iterdir() if p.is_dir()}):
        for path in sorted((data / measure).iterdir()):
            figure = f"{measure}/{path.name.split('.')[0]}"
            if path.is_file() and not path.name.startswith(".") and (not only or {measure, figure} & set(only)):
                found.append((measure, figure, path))
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with a subfolder for each measure")
    parser.add_argument("--only", default="", metavar="NAMES", help=f"some of: {','.join(NAMES)}; or measure/file")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    only = [name for name in options.only.split(",") if name]
    if not options.data.is_dir():
        parser.error(f"{options.data} is not a folder; this project ships no evaluation data")
    for name in only:
        if name.split("/")[0] not in NAMES:
            parser.error(f"unknown measure {name!r}; there are: {', '.join(NAMES)}")
    figures: dict[str, dict[str, float]] = {}
    chosen = files(options.data, only)
    if not chosen:
        parser.error(f"{options.data} holds no file for: {', '.join(only or NAMES)}")
    for measure, figure, path in chosen:
        start = time.perf_counter()
        figures[figure] = importlib.import_module(f"benchmarks.measures.{measure}").measure(path)
        row = "  ".join(f"{name} {value:.4g}" for name, value in figures[figure].items())
        print(f"{figure:32} {row}  ({time.perf_counter() - start:.0f} s)", flush=True)
    text = json.dumps(figures, indent=1)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
