"""Mails to the people who run the briefs: what failed and what to do, and what waits for their approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime

from briefing import wiring
from briefing.editions import EditionKey, Mail, Message
from briefing.model import Brief, Document
from briefing.render.email_headers import address_field, harmless, message_id, plain_field, text_field
from briefing.render.email_mime import attachment, completed, multipart, text_part
from briefing.render.strings import printable
from briefing.schedule.plan import EditionPlan, Mailbox, Plan
from briefing.schedule.post import NOBODY

SMTP = "smtp"


def alert(
    key: EditionKey, reason: str, plan: Plan, now: datetime, advice: Sequence[tuple[str, str]] = ()
) -> Message | None:
    """What is wrong with an edition, to the admin; None where there is none. Raises ``RenderError``.

    ``advice`` is what there is to do, and the line to type for it.
    """
    if not plan.service.admin:
        return None
    advice = advice or [("To make and send it now", f"briefing run {key.name}")]
    lines = [
        *advice,
        ("What became of it", f"briefing history {key.name}"),
        ("Its mails", f"briefing outbox list --edition {key.whole}"),
        ("What this machine lacks", "briefing doctor --smtp"),
    ]
    width = max(len(what) for what, _ in lines) + 1
    typed = "".join(f"{what + ':':{width}}  {line}\n" for what, line in lines)
    text = f"The edition {key.whole} needs you: {reason}\n\n{typed}"
    return _notice(key, Mailbox(plan.service.admin), f"{key.whole}: {reason}", text, plan, now)


def review_requests(key: EditionKey, brief: Brief, edition: EditionPlan, plan: Plan, now: datetime) -> list[Message]:
    """The brief with its ledger to each reviewer, and what to type. Raises ``RenderError``."""
    documents, problems = wiring.documents(brief, replace(edition.settings, formats=("html", "txt")))
    if problems:
        raise problems[0]
    page = next(d for d in documents if d.name.endswith(".html"))
    brief_text = next(d for d in documents if d.name.endswith(".txt")).content.decode()
    text = (
        f"{key.whole} waits for your word; brief.html has all of it with what was left out and why.\n\n"
        f"To send it:        briefing approve {key.whole}\n"
        f"To change it:      briefing edit {key.whole}\n"
        f"Not to send it:    briefing reject {key.whole}\n\n"
        f"{'=' * 72}\n\n{brief_text}"
    )
    people = edition.reviewers or (Mailbox(plan.service.admin),)
    return [_notice(key, person, f"Review: {brief.title}", text, plan, now, (page,)) for person in people]


def corrections(
    part: EditionKey,
    mails: Sequence[Mail],
    subject: str,
    text: str,
    brief: Brief,
    edition: EditionPlan,
    plan: Plan,
    now: datetime,
) -> list[Message]:
    """A correction to whoever got one of ``mails``, as an answer to it, with the corrected page, which is made once.

    Raises ``RenderError``.
    """
    page, problems = wiring.documents(brief, replace(edition.settings, formats=("html",)))
    if problems:
        raise problems[0]

    def answer(mail: Mail) -> Message:
        to, language = Mailbox(mail.recipient), brief.language
        made = _notice(part, to, subject, text, plan, now, page, answers=mail.message_id, language=language)
        return replace(made, channel=mail.channel)

    return [answer(mail) for mail in mails]


def _notice(
    key: EditionKey,
    to: Mailbox,
    subject: str,
    text: str,
    plan: Plan,
    now: datetime,
    files: Sequence[Document] = (),
    *,
    answers: str = "",
    language: str = "en",
) -> Message:
    sender = plan.sender or NOBODY
    id = message_id(str(key), to.address, sender.address)
    line = " ".join(harmless(printable(subject)).split())[:200]
    head = [
        address_field("From", sender.address, sender.name),
        address_field("To", to.address, to.name),
        text_field("Subject", line),
        plain_field("Date", format_datetime(now)),
        plain_field("Message-ID", id),
        *([plain_field("In-Reply-To", answers), plain_field("References", answers)] if answers else []),
        plain_field("Auto-Submitted", "auto-generated"),
        plain_field("MIME-Version", "1.0"),
    ]
    body = text_part(text, "plain", language, "", ())
    if files:
        body = multipart("mixed", [body, *map(attachment, files)])
    return Message(sender.address, to.address, _channel(key, plan), id, (b"".join(head), *completed(body, {})))


def _channel(key: EditionKey, plan: Plan) -> str:
    """What notices go by: mail where there is a server, else the edition's way, or another's where it was removed."""
    edition = plan.editions.get(key.name) or next(iter(plan.editions.values()), None)
    return SMTP if plan.smtp or edition is None else edition.channel
