"""Seconds of one mail and personalised mails a second, on one core.

    python -m benchmarks.mail [--mails 2000]

An edition is rendered, inlined and encoded once; each person's mail is then completed from it. Best of three times of
the processor, which other programs disturb least. Beside it: the standard library writing the same parts.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from email import message_from_bytes, policy

from briefing.model import Brief
from briefing.render.email import Edition
from tests.briefs import long_brief, rich_brief


def seconds(work: Callable[[], object]) -> float:
    """The least of three times, in seconds."""
    times = []
    for _ in range(3):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=2000)
    mails: int = parser.parse_args().mails
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for name, brief in (("18 references", rich_brief()), ("70 references, shortened", long_brief())):
        found = measured(brief, mails)
        print(
            f"{name}: {found['bytes']:,} bytes; edition {found['edition']:.3f} s; "
            f"{found['mails_a_second']:,.0f} mails/s; written anew {found['written_anew']:.4f} s"
        )


def measured(brief: Brief, mails: int) -> dict[str, float]:
    """Seconds of an edition with its first mail, mails a second, and seconds of the standard library for one mail."""
    first = seconds(lambda: _person(Edition(brief, sender="desk@news.example"), 0))
    edition = Edition(brief, sender="desk@news.example")
    raw = _person(edition, 0)
    each = seconds(lambda: [_person(edition, n) for n in range(mails)]) / mails
    parsed = message_from_bytes(raw, policy=policy.SMTP)
    library = seconds(parsed.as_bytes)
    return {"bytes": len(raw), "edition": first, "mails_a_second": 1 / each, "written_anew": library}


def _person(edition: Edition, number: int) -> bytes:
    return edition.message(
        f"reader{number}@mail.example",
        name=f"Reader {number}",
        unsubscribe=(f"https://news.example/unsubscribe/{number:032x}", f"mailto:leave+{number}@news.example"),
    )


if __name__ == "__main__":
    main()
