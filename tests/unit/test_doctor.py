"""What the doctor says of language models; the rest is in ``tests/acceptance/test_command_line.py``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from briefing.engines.calibrate import Calibration, Share, keep_threshold
from briefing.store.answers import Answers

KEYS = ("OPENAI_API_KEY", "PYTHON_KEYRING_BACKEND")


def doctor(home: Path, **environment: str) -> dict[str, str]:
    """Each line of ``briefing doctor`` by what it is about, with its mark before and the line to type after it."""
    clean = {name: value for name, value in os.environ.items() if name not in KEYS}
    # No keyring of the machine that the test runs on.
    clean |= {"XDG_DATA_HOME": str(home), "HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "doctor"],
        capture_output=True,
        text=True,
        env=clean | environment,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines: dict[str, str] = {}
    for line in done.stdout.replace("\n      type:", " type:").splitlines():
        mark, _, rest = line.partition("  ")
        name, _, detail = rest.strip().partition(": ")
        lines[name] = f"{mark.strip()} {detail}" if name not in lines else f"{lines[name]}\n{mark.strip()} {detail}"
    return lines


def file(home: Path) -> Path:
    """Where answers are kept below ``home``."""
    code = "from briefing.store.place import answers_file; print(answers_file())"
    environment = os.environ | {"XDG_DATA_HOME": str(home), "HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    return Path(done.stdout.strip())


def test_a_new_machine(tmp_path: Path) -> None:
    lines = doctor(tmp_path)
    assert lines["Key"].startswith("note api.openai.com wants a key")
    assert lines["Key"].endswith("type: export OPENAI_API_KEY=...")
    assert lines["Kept answers"] == f"ok none yet; they will be in {file(tmp_path)}"
    assert "Judge's threshold" not in lines
    assert "Local models" in lines
    assert not file(tmp_path).exists()


def test_a_key_is_named_and_never_told(tmp_path: Path) -> None:
    lines = doctor(tmp_path, OPENAI_API_KEY="sk-canary")
    assert lines["Key"] == "ok of OpenAI, in OPENAI_API_KEY"
    assert "canary" not in str(lines)
    torn = doctor(tmp_path, OPENAI_API_KEY="sk-canary and more")
    assert torn["Key"].startswith("note the key from OPENAI_API_KEY holds a blank")
    assert "canary" not in str(torn)


def test_kept_answers_and_thresholds(tmp_path: Path) -> None:
    answers = Answers(file(tmp_path))
    answers.put("a", "x" * 100)
    answers.put("b", "x" * 100)
    keep_threshold(answers, "good/judge/1", Calibration(0.875, 0.9, 0.8, Share(19, 20), Share(20, 20)))
    keep_threshold(answers, "bad/judge/1", Calibration(0.5, 0.5, 0.4, Share(1, 20), Share(20, 20), (), "cannot judge"))
    answers.put("threshold/old", "{}")
    answers.close()
    lines = doctor(tmp_path)
    assert lines["Kept answers"].startswith("ok 2, 0.")
    assert lines["Kept answers"].endswith(f" MB, in {file(tmp_path)}")
    assert lines["Judge's threshold"].splitlines() == ["note bad/judge/1: cannot judge", "ok good/judge/1: 0.88"]


def test_a_damaged_store_is_a_note(tmp_path: Path) -> None:
    path = file(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database" * 500)
    lines = doctor(tmp_path)
    assert lines["Kept answers"] == f"note {path}: file is not a database type: rm {path}"
