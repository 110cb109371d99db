"""Seconds and memory of whole runs through the command line, on one core.

    python -m benchmarks.speed [--articles 100,1000,10000] [--data DIR] [--json FILE]

Articles are resampled from real text (``--data``, a folder with ``clusters/*.jsonl``; else the samples), with planted
copies and stories. ``seconds`` are those of the wall with start-up and rendering, ``cpu`` those of the processor, which
other programs disturb less. ``exponent`` is the slope of log seconds over log articles between the two largest counts.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import made_articles

SAMPLES = Path(__file__).parent.parent / "samples"


def run(folder: Path, out: Path) -> dict[str, Any]:
    """One run: seconds of the whole process, its peak memory in megabytes, and seconds of each stage."""
    stats = out / "stats.json"
    command = [sys.executable, "-m", "briefing", "make", str(folder), "--out", str(out), "--stats", str(stats)]
    command += ["--now", made_articles.NOW.isoformat(), "--quiet"]
    if taskset := shutil.which("taskset"):
        command = [taskset, "-c", "0", *command]
    # Installers compile what they install; where nothing is compiled and nothing may be, each start takes 2 s more.
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(out.parent.parent / "bytecode"),
    }
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=out, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    # Popen must not wait for a child that was reaped here.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"briefing make ended with {process.returncode}")
    stages = {name: round(value, 3) for name, value in json.loads(stats.read_text())["stages"].items()}
    cpu = usage.ru_utime + usage.ru_stime
    return {
        "seconds": round(seconds, 2),
        "cpu": round(cpu, 2),
        "peak_mb": round(usage.ru_maxrss / 1024),
        "stages": stages,
    }


def made(folder: Path, count: int, pool: list[str]) -> dict[str, Any]:
    """A run on ``count`` articles made in ``folder``."""
    articles, out = folder / "articles", folder / "out"
    out.mkdir(parents=True)
    made_articles.write(articles, count, pool)
    return run(articles, out)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__.split("\n")[0])
    parser.add_argument("--articles", default="100,1000,10000", metavar="COUNTS")
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="real text to resample")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args(arguments)
    counts = sorted(int(n) for n in options.articles.split(","))
    pool = made_articles.texts(options.data, SAMPLES)
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as temporary:
        made(Path(temporary, "warm-up"), 10, pool)  # It fills the cache of compiled modules.
        for count in counts:
            figures[str(count)] = made(Path(temporary, str(count)), count, pool)
            print(f"{count:6} articles  {figures[str(count)]}", flush=True)
    if len(counts) > 1:
        a, b = counts[-2:]
        growth = math.log(figures[str(b)]["seconds"] / figures[str(a)]["seconds"])
        figures["exponent"] = round(growth / math.log(b / a), 3)
    text = json.dumps(figures, indent=1)
    print(text)
    if options.json:
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
