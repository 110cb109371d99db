"""An edition that waits for a person, and one that was wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.editions import EditionState, MailState
from briefing.errors import ConfigError
from briefing.schedule import review
from briefing.steps.edit import Place, places
from tests.acceptance.test_editions import sent
from tests.desk import TOML, Clock, open_office, write_desk

REVIEWED = TOML + 'review = true\nreviewers = ["Chief <chief@example.org>"]\n'


def test_it_waits_until_it_is_approved(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path, REVIEWED), Clock()) as office:
        record = office.run("morning")

        assert record.state is EditionState.WAITING
        (request,) = sent(tmp_path)
        assert request["To"] == "Chief <chief@example.org>"
        assert f"briefing approve {record.key}" in request.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert [part.get_filename() for part in request.iter_attachments()] == ["brief.html"]
        assert office.run("morning").state is EditionState.WAITING

        assert office.approve(record.key).state in (EditionState.SENDING, EditionState.DONE)
        assert office.store.outbox.counts(record.key) == {MailState.SENT: 2}
        with pytest.raises(ConfigError, match=r"does not wait for a review.*briefing correct"):
            office.approve(record.key)
    assert len(sent(tmp_path)) == 3


def test_what_is_rejected_is_sent_to_nobody(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path, REVIEWED), Clock()) as office:
        key = office.run("morning").key
        review.reject(office.newsroom, key, "too thin")

        record = office.store.editions.get(key)
        assert record is not None
        assert (record.state, record.reason) == (EditionState.REJECTED, "too thin")
        assert office.run("morning").state is EditionState.REJECTED
        assert office.store.outbox.counts(key) == {}


def test_a_sentence_is_changed_before_it_is_sent(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path, REVIEWED), Clock()) as office:
        key = office.run("morning").key
        place = next(p for p in places(office.newsroom.brief(key)) if p.sentence)
        with pytest.raises(ConfigError, match="would not be supported"):
            review.edit(office.newsroom, key, place, "Nine whales blocked the harbour of Lindow.")
        with pytest.raises(ConfigError, match=r"has no 77\.1"):
            review.edit(office.newsroom, key, Place(77, 1), "Words.")

        claim = review.edit(office.newsroom, key, place, "Nine whales blocked the harbour.", uncited=True)
        office.approve(key)

        assert claim is not None
        assert claim.citations == ()
    text = str(sent(tmp_path)[-1].get_body(("plain",)))
    assert "Nine whales blocked the harbour." in text
    assert "no source" in text
    assert "Changed by hand" in text


def test_a_correction_reaches_exactly_those_who_got_it(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path), Clock()) as office:
        key = office.run("morning").key
        brief = office.newsroom.brief(key)
        place = next(p for p in places(brief) if p.sentence)
        old = places(brief)[place].text

        part, count = review.correct(office.newsroom, key, place, "The ferries run hourly.", uncited=True)
        office.newsroom.deliver(part)

        assert (str(part), count) == (f"{key}/correction-1", 2)
        assert places(office.newsroom.brief(key))[place].text == "The ferries run hourly."
        firsts = {
            str(mail["To"]).split("<")[-1].rstrip(">"): mail["Message-ID"]
            for mail in sent(tmp_path)
            if not mail["In-Reply-To"]
        }
        corrections = [mail for mail in sent(tmp_path) if mail["In-Reply-To"]]
        assert {str(mail["To"]): mail["In-Reply-To"] for mail in corrections} == firsts
        assert str(corrections[0]["Subject"]).startswith("Correction: ")
        text = " ".join(str(corrections[0].get_body(("plain",)).get_content()).split())  # type: ignore[union-attr]
        assert f"It said: {old}" in text
        assert "It should say: The ferries run hourly." in text
        # The page that goes with it is made once: to the byte the same for everybody.
        assert len({next(mail.iter_attachments()).get_content() for mail in corrections}) == 1


def test_there_is_nothing_to_correct_that_nobody_got(tmp_path: Path) -> None:
    with open_office(write_desk(tmp_path, REVIEWED), Clock()) as office:
        key = office.run("morning").key
        with pytest.raises(ConfigError, match="nobody got"):
            review.correct(office.newsroom, key, Place(1, 1), "Words.", uncited=True)
