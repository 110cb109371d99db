"""Thresholds of judges, from claims made of the user's own sources."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from random import Random

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from briefing.engines.calibrate import (
    LEAST,
    LOSS,
    Calibration,
    Share,
    calibrate,
    calibrate_model,
    calibration,
    judge_of,
    keep_threshold,
    kept_threshold,
)
from briefing.engines.calibrate_pairs import Trial, chosen, trials
from briefing.engines.calibrate_reword import reworded
from briefing.engines.exchange import Answer, Prompt
from briefing.engines.judge import ModelJudge
from briefing.errors import EngineError
from briefing.model import Article, Cleaned, Original, Pair, Passage, Span
from briefing.testing import MemoryCache, ScriptedChat, ScriptedJudge
from briefing.text.sentences import sentences

PLACES = "Brill Lund Torhaven Ellis Marsden Kolby Ruthin Selby Vane Holt Arden Penrith".split()
PEOPLE = "Anna Berger,Ole Hansen,Clara Holm,Nils Falk,Ruth Keller,Otto Krag".split(",")


def passages(articles: int = 12) -> tuple[Passage, ...]:
    made = []
    for n in range(articles):
        place, who, other = PLACES[n % 12], PEOPLE[n % 6], PEOPLE[(n + 1) % 6]
        text = (
            f"The council of {place} will spend {230 + n} million euros on the new harbour, officials said on Monday. "
            f"On Tuesday, the mayor {who} told reporters that the old ferry may close before the summer. "
            f"Traffic in the harbour of {place} rose by {n + 3} percent last year, according to the port office. "
            f"The engineer {other} was not informed of the plan, which {who} had approved in 2019 in {place}. "
            f"More than {n + 12},000 people signed a letter against the closure of the ferry, the union said on Friday."
        )
        article = Article.of(title=f"Harbour of {place}", text=text, source="Coast", language="en")
        whole = (Span(0, len(article.text)),)
        spans = tuple(Span(a, b) for a, b in sentences(article.text))
        made.append(Passage(Original(Cleaned(article, whole)), spans))
    return tuple(made)


def scored(true: Sequence[float], false: Sequence[float]) -> Calibration:
    tried = [Trial(Pair("e", "c"), True)] * len(true) + [Trial(Pair("e", "c"), False, "number")] * len(false)
    return calibration(tried, [*true, *false])


class TestTrials:
    def test_half_of_them_are_true_and_each_kind_has_its_share(self) -> None:
        found = trials(passages(), 40)
        assert Counter(t.true for t in found) == {True: 20, False: 20}
        assert len({t.kind for t in found if not t.true}) >= 6

    def test_true_claims_are_not_mere_copies_of_their_evidence(self) -> None:
        found = [t for t in trials(passages(), 20) if t.true]
        assert sum(t.pair.claim in t.pair.evidence for t in found) < len(found) / 2

    def test_false_ones_are_made_of_the_true_ones(self) -> None:
        found = trials(passages(), 40)
        assert {t.pair.evidence for t in found if t.true} == {t.pair.evidence for t in found if not t.true}
        assert not {t.pair for t in found if t.true} & {t.pair for t in found if not t.true}

    def test_every_article_has_its_turn(self) -> None:
        found = trials(passages(), 24)
        assert sum(any(place in t.pair.evidence for t in found) for place in PLACES) >= 8

    def test_passages_and_seed_decide_them(self) -> None:
        assert trials(passages(), 30, seed=1) == trials(passages(), 30, seed=1)
        assert trials(passages(), 30, seed=1) != trials(passages(), 30, seed=2)

    def test_sources_that_give_no_more_give_fewer(self) -> None:
        assert 0 < len(trials(passages(1), 200)) < 200
        assert trials((), 200) == ()


class TestRewording:
    SENTENCES = tuple(islice(chosen(passages()), 6))

    def reworded(self, *answers: Answer | str) -> dict[str, str]:
        return asyncio.run(reworded(ScriptedChat(answers), self.SENTENCES))

    def test_a_claim_that_says_the_same_counts(self) -> None:
        said = [s.text.replace(", officials said", "").replace("told reporters", "said") for s in self.SENTENCES]
        found = self.reworded("\n".join(f"{n}: {text}" for n, text in enumerate(said, 1)))
        assert found
        assert all(claim != sentence for sentence, claim in found.items())

    def test_a_claim_in_which_a_fact_differs_does_not(self) -> None:
        wrong = [
            s.text.replace("million", "billion").replace("percent", "points") + " It rained." for s in self.SENTENCES
        ]
        assert self.reworded("\n".join(f"{n}: {text} In 1871." for n, text in enumerate(wrong, 1))) == {}

    def test_copies_prose_and_strange_numbers_are_passed_over(self) -> None:
        copies = [f"{n}. {s.text}" for n, s in enumerate(self.SENTENCES, 1)]
        assert (
            self.reworded("Sure, here you are.\n" + "\n".join(copies) + "\n0: Yes.\n99: A claim of nothing at all.")
            == {}
        )

    def test_of_an_answer_cut_off_the_last_line_is_left_out(self) -> None:
        text = self.SENTENCES[0].text.replace(" ", "  ", 1).replace("The ", "the ")
        assert self.reworded(Answer(f"1: {text}", finish="length")) == {}

    def test_the_trials_use_them(self) -> None:
        first = self.SENTENCES[0]
        found = trials(passages(), 40, reworded={first.text: f"It is said: {first.text}"})
        assert any(t.true and t.pair.claim == f"It is said: {first.text}" for t in found)

    def test_a_model_without_words_leaves_the_claims_made_by_rules(self) -> None:
        def answer(prompt: Prompt) -> str:
            return "I am a language model."

        judge = ScriptedJudge(lambda p: 0.5)
        found = asyncio.run(calibrate(judge, passages(), pairs=40, chat=ScriptedChat(answer)))
        assert found.pairs == 40


class TestThreshold:
    def test_a_judge_that_knows_catches_all_and_keeps_all(self) -> None:
        known = {t.pair: t.true for t in trials(passages(), 60)}
        found = asyncio.run(calibrate(ScriptedJudge(lambda p: 0.9 if known[p] else 0.2), passages(), pairs=60))
        assert found.usable
        assert (found.auc, found.caught.value, found.kept.value) == (1.0, 1.0, 1.0)
        assert 0.2 < found.threshold <= 0.9
        assert found.pairs == 60

    def test_a_judge_that_says_yes_to_everything_is_refused(self) -> None:
        found = asyncio.run(calibrate(ScriptedJudge(lambda p: 0.97), passages(), pairs=60))
        assert not found.usable
        assert "this model cannot judge: AUC 0.50" in str(found)
        assert "--judge none" in str(found)

    def test_a_judge_that_guesses_is_refused(self) -> None:
        guess = Random(7)
        found = asyncio.run(calibrate(ScriptedJudge(lambda p: guess.random()), passages(), pairs=60))
        assert not found.usable

    def test_a_judge_that_may_be_good_has_to_be_tried_on_more(self) -> None:
        few = scored([0.8, 0.6, 0.5, 0.4] * 5, [0.7, 0.45, 0.35, 0.3] * 5)
        more = scored([0.8, 0.6, 0.5, 0.4] * 50, [0.7, 0.45, 0.35, 0.3] * 50)
        assert "try more pairs" in few.refusal
        assert more.usable

    def test_a_judge_that_never_answers_is_refused(self) -> None:
        assert not scored([0.0] * 40, [0.0] * 40).usable

    def test_few_sentences_promise_nothing(self) -> None:
        found = scored([0.9] * (LEAST - 1), [0.1] * 50)
        assert not found.usable
        assert "too few sentences" in str(found)

    def test_no_more_than_one_in_twenty_true_claims_is_lost(self) -> None:
        found = scored([n / 100 for n in range(1, 101)], [n / 400 for n in range(1, 101)])
        assert found.kept.value >= 1 - LOSS
        assert found.caught.value == pytest.approx(0.19, abs=0.02)

    def test_the_threshold_lies_between_true_and_false_where_there_is_room(self) -> None:
        assert scored([0.9] * 30, [0.1] * 30).threshold == pytest.approx(0.5)

    def test_yes_and_no_are_parted_in_the_middle(self) -> None:
        found = scored([1.0] * 45 + [0.0] * 5, [0.0] * 40 + [1.0] * 10)
        assert found.usable
        assert (found.threshold, found.kept.value, found.caught.value) == (0.5, 0.9, 0.8)

    def test_errors_of_the_judge_pass_through(self) -> None:
        with pytest.raises(EngineError):
            asyncio.run(calibrate(ScriptedJudge([EngineError("rate limit", "later")]), passages()))

    def test_caught_is_told_by_kind(self) -> None:
        wrong = [Trial(Pair("e", "c"), False, kind) for kind in ("name", "number", "date")]
        found = calibration([Trial(Pair("e", "c"), True)] * 60 + wrong * 20, [0.9] * 60 + [0.1, 0.1, 0.9] * 20)
        assert dict(found.kinds) == {"date": Share(0, 20), "name": Share(20, 20), "number": Share(20, 20)}
        assert "name" in str(found)


class TestShare:
    def test_the_interval_of_a_small_sample_is_wide(self) -> None:
        # Newcombe (1998), table I: 15 of 148 and 0 of 20.
        assert Share(15, 148).bounds == pytest.approx((0.0624, 0.1605), abs=5e-4)
        assert Share(0, 20).bounds == pytest.approx((0.0, 0.1611), abs=5e-4)
        assert Share(0, 0).bounds == (0.0, 1.0)


class TestModel:
    def chat(self, *, several: bool) -> ScriptedChat:
        """A model that judges well, one claim at a time or ``several`` too; else it agrees to everything."""
        true = {" ".join(t.pair.claim.split()) for t in trials(passages(), 60) if t.true}

        def answer(prompt: Prompt) -> str:
            claims = regex.findall(r"^Claim(?: (\d+))?: (.*)$", prompt.user, regex.MULTILINE)
            words = ["yes" if claim in true or (number and not several) else "no" for number, claim in claims]
            return "\n".join(
                f"{claim[0]}: {word}" if claim[0] else word for claim, word in zip(claims, words, strict=True)
            )

        return ScriptedChat(answer, model="m")

    def calibrated(self, chat: ScriptedChat) -> tuple[ModelJudge, Calibration | None]:
        cache = MemoryCache()
        for name, found in asyncio.run(calibrate_model(chat, passages(), pairs=60)).items():
            keep_threshold(cache, name, found)
        return judge_of(chat, cache)

    def test_a_model_that_reads_several_claims_is_asked_so(self) -> None:
        judge, found = self.calibrated(self.chat(several=True))
        assert judge.name == ModelJudge(ScriptedChat([], model="m")).name
        assert found
        assert found.usable

    def test_a_model_that_reads_one_at_a_time_is_asked_singly(self) -> None:
        judge, found = self.calibrated(self.chat(several=False))
        assert judge.name == ModelJudge(ScriptedChat([], model="m"), batch=1).name
        assert found
        assert found.usable

    def test_a_model_that_cannot_judge_is_known_as_such(self) -> None:
        _, found = self.calibrated(ScriptedChat(lambda prompt: "Yes, of course.", model="m"))
        assert found
        assert not found.usable

    def test_a_model_that_was_not_tried_is_asked_singly(self) -> None:
        chat = ScriptedChat([], model="m")
        for cache in (None, MemoryCache()):
            judge, found = judge_of(chat, cache)
            assert judge.name == ModelJudge(chat, batch=1).name
            assert found is None


class TestKeeping:
    @pytest.mark.parametrize("true", [[0.9] * 30, [0.1] * 30])
    def test_what_is_kept_comes_back(self, true: list[float]) -> None:
        cache = MemoryCache()
        found = scored(true, [0.1] * 30)
        keep_threshold(cache, "model/judge/1", found)
        assert kept_threshold(cache, "model/judge/1") == found
        assert kept_threshold(cache, "model/judge/2") is None

    def test_too_few_sentences_say_nothing_of_the_model(self) -> None:
        cache = MemoryCache()
        keep_threshold(cache, "m", scored([0.9] * 3, [0.1] * 3))
        assert kept_threshold(cache, "m") is None

    @pytest.mark.parametrize("kept", ["", "{}", "[]", "null", '{"threshold": 1}', "nonsense"])
    def test_what_cannot_be_read_is_none(self, kept: str) -> None:
        cache = MemoryCache()
        cache.put("threshold/m", kept)
        assert kept_threshold(cache, "m") is None


SCORES = st.lists(st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0, 1), max_size=60)


@given(SCORES, SCORES)
def test_counts_and_threshold_agree(true: list[float], false: list[float]) -> None:
    found = scored(true, false)
    assert 0.0 <= found.threshold <= 1.0
    assert 0.0 <= found.auc_low <= found.auc <= 1.0 or not found.usable
    if found.usable:
        assert found.kept.part == sum(s >= found.threshold for s in true)
        assert found.caught.part == sum(s < found.threshold for s in false) > 0
        assert found.kept.value >= 1 - LOSS or len({*true, *false}) == 2
