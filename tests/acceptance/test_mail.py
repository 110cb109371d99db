"""``--format eml`` from the command line, read as a mail program reads it."""

from __future__ import annotations

import subprocess
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def test_a_mail_of_the_samples(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "briefing", "make", str(SAMPLES / "articles"), "--format", "eml"]
    command += ["--out", str(tmp_path), "--now", "2026-11-22T06:00:00+00:00", "--quiet"]
    subprocess.run(command, check=True, cwd=tmp_path)
    mail = message_from_bytes((tmp_path / "brief.eml").read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["Subject"]
    assert mail["Date"].datetime.isoformat() == "2026-11-22T06:00:00+00:00"
    assert mail["Auto-Submitted"] == "auto-generated"
    page = mail.get_body(("html",))
    assert page is not None
    assert len(page.get_content().encode()) <= 95_000
    assert ":~:text=" in page.get_content()
