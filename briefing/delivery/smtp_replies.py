"""What a reply of an SMTP server means for a message. Pure.

    | step                             | 4yz                  | 5yz                                          |
    |----------------------------------|----------------------|----------------------------------------------|
    | connecting, EHLO, STARTTLS, AUTH | deferred, pause      | deferred, pause: ours or the settings' fault |
    | MAIL FROM                        | deferred (1)         | deferred; too large (552, 5.3.4): refused    |
    | RCPT TO, DATA, after the dot     | deferred (1)         | refused (2); nobody there: suppressed (3)    |

(1) Pause with 421, 4.3.1 and 4.3.2. (2) Deferred where the reply is about us: our address (5.1.7, 5.1.8), relaying, and
with pause a missing login. (3) 5.1.x and 5.2.1; of 550, 551 and 553 to RCPT TO without such a code, those whose words
say so.

After the final dot 2yz is sent, and anything else unknown. A connection that ends or a reply that does not come is
deferred before the dot, with pause where nothing was said of a recipient yet or the time ran out, and unknown after it.
"""

from __future__ import annotations

import re
from enum import StrEnum

from briefing.editions import Outcome, Receipt

_ENHANCED = re.compile(r"([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])")
# RFC 4954: a login that is missing, weak, wrong or not encrypted. None of them is about a recipient.
_LOGIN = {530, 534, 535, 538}
# Servers put off what they hold against us until RCPT, where it looks like a fault of the recipient's.
_AGAINST_US = re.compile(r"relay|sender address|client host|authentica", re.IGNORECASE)
# For servers without enhanced status codes, whose 550 may as well be a matter of policy.
_NOBODY = re.compile(r"unknown|no such|not exist|not found|invalid", re.IGNORECASE)
_LONGEST = 500


class Step(StrEnum):
    """Where in the dialogue a reply came; in the words of messages."""

    CONNECT = "on connecting"
    EHLO = "to EHLO"
    STARTTLS = "to STARTTLS"
    AUTH = "to the login"
    MAIL = "to MAIL FROM"
    RCPT = "to RCPT TO"
    DATA = "to DATA"
    END = "to the message"


# What is answered before a message is begun is about all of them.
_BEFORE_MESSAGE = {Step.CONNECT, Step.EHLO, Step.STARTTLS, Step.AUTH}


def judged(step: Step, code: int, text: str) -> Receipt:
    """The receipt for a reply that came to ``step``: its code (RFC 5321, 4.2) and its text.

    An enhanced status code (RFC 3463) at the text's beginning decides where it does not contradict the code. Of what
    came after the final dot, anything but a 2yz, 4yz or 5yz leaves open whether the message was taken.
    """
    words = reply_line(code, text)
    subject, detail = _status(code, text)
    if code // 100 == 5:
        return _refused(step, code, subject, detail, words)
    if step is Step.END and code // 100 == 2:
        return Receipt(Outcome.SENT, words)
    if step is Step.END and code // 100 != 4:
        return Receipt(Outcome.UNKNOWN, words)
    # 4.3.1 and 4.3.2: the whole system is full, or takes nothing at present.
    pause = step in _BEFORE_MESSAGE or code == 421 or (subject == 3 and detail in (1, 2))
    return Receipt(Outcome.DEFERRED, f"{words} ({step})", pause=pause)


def reply_line(code: int, text: str) -> str:
    """A reply on one line of bounded length, without what cannot be printed."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"{code} {line}"[:_LONGEST].strip()


def _refused(step: Step, code: int, subject: int, detail: int, words: str) -> Receipt:
    if code in _LOGIN:
        return Receipt(Outcome.DEFERRED, f"{words} ({step}; {_ADVICE[Step.AUTH]})", pause=True)
    if step in _BEFORE_MESSAGE:
        return Receipt(Outcome.DEFERRED, f"{words} ({step}; {_ADVICE.get(step, _ADVICE[Step.CONNECT])})", pause=True)
    # 5.1.7 and 5.1.8 are about the sender's address, the others of 5.1 about the recipient's. The server may refuse one
    # sender and take another, so the round goes on.
    too_large = code == 552 or (subject, detail) == (3, 4)
    if (step is Step.MAIL and not too_large) or (subject == 1 and detail in (7, 8)):
        return Receipt(Outcome.DEFERRED, f"{words} ({step}; {_ADVICE[Step.MAIL]})")
    if subject in (-1, 7) and _AGAINST_US.search(words):
        # One domain may be closed to us while others are not.
        return Receipt(Outcome.DEFERRED, f"{words} ({step}; {_ADVICE[Step.RCPT]})")
    nobody = step is Step.RCPT and subject == -1 and code in (550, 551, 553) and bool(_NOBODY.search(words))
    suppress = subject == 1 or (subject, detail) == (2, 1) or nobody
    return Receipt(Outcome.REFUSED, f"{words} ({step})", suppress=suppress)


_ADVICE = {
    Step.CONNECT: "the server takes no mail from here; see host and port in [smtp]",
    Step.AUTH: "see user in [smtp], BRIEFING_SMTP_USER and BRIEFING_SMTP_PASSWORD",
    Step.MAIL: "the server does not take mail from this sender; see from and user in [smtp]",
    Step.RCPT: "the server does not take this from us; see user and host in [smtp]",
}


def _status(code: int, text: str) -> tuple[int, int]:
    """Subject and detail of an enhanced status code, or -1 and -1."""
    match = _ENHANCED.match(text.strip())
    if not match or int(match[1]) != code // 100:
        return -1, -1
    return int(match[2]), int(match[3])
