"""What every judge promises, whatever it is made of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.engines.exchange import Answer, Chance, Prompt
from briefing.engines.judge import ModelJudge
from briefing.engines.outcomes import Outcome
from briefing.errors import EngineError
from briefing.model import Pair
from briefing.ports import Judge
from briefing.testing import Request, ScriptedChat, ScriptedJudge, Writer

TRUE, FALSE = Pair("Rain fell on Monday.", "It rained."), Pair("Rain fell on Monday.", "It snowed.")
DOWN = EngineError(Outcome.SERVER, "it is down")


def _model(prompt: Prompt) -> Answer:
    """A model that holds what does not snow."""
    asked = Request("POST", "", {}, {"messages": [{"role": "user", "content": prompt.user}]})
    claims = [line for line in prompt.user.splitlines() if line.startswith("Claim")]
    reply = Writer(yes=0.9)(asked)
    tokens = [tuple(Chance(t, -0.1 if p > 0.5 else -2.3) for t, p in of.items()) for of in reply.chances]
    # Each line of several has four tokens, of which the third says yes or no; a single answer is one token.
    places = range(2, len(tokens), 4) if len(tokens) > 1 else range(1)
    for place, claim in zip(places, claims, strict=True):
        if "snow" in claim:
            tokens[place] = tuple(reversed([Chance(c.token, -2.4 - c.logprob) for c in tokens[place]]))
    return Answer("".join(token[0].token for token in tokens), logprobs=tuple(tokens))


JUDGES: dict[str, Callable[[], Judge]] = {
    "scripted": lambda: ScriptedJudge(lambda pair: 0.1 if "snow" in pair.claim else 0.9),
    "model": lambda: ModelJudge(ScriptedChat(_model)),
    "model, one at a time": lambda: ModelJudge(ScriptedChat(_model), batch=1),
    "model, small": lambda: ModelJudge(ScriptedChat(_model, context=600)),
}


@pytest.mark.parametrize("made", JUDGES.values(), ids=JUDGES)
@settings(max_examples=25, deadline=None)
@given(pairs=st.lists(st.sampled_from([TRUE, FALSE]), max_size=20))
def test_there_is_one_score_for_each_pair_in_their_order(made: Callable[[], Judge], pairs: list[Pair]) -> None:
    scores = asyncio.run(made().judge(pairs))
    assert [score > 0.5 for score in scores] == [pair is TRUE for pair in pairs]
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize("judge", [ScriptedJudge([DOWN]), ModelJudge(ScriptedChat([DOWN]))])
def test_a_judge_that_cannot_answer_says_so(judge: Judge) -> None:
    with pytest.raises(EngineError):
        asyncio.run(judge.judge([TRUE]))
