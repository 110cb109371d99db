"""Strictness is not emptiness: what a good writer says in words of its own is printed whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from briefing.engines.chat import OpenAIChat
from briefing.model import Reason, Status
from briefing.testing import ModelServer, Reply, Request
from briefing.testing.writers import judgement, passages
from tests.newsroom import articles, brief_of


class Sentence(NamedTuple):
    text: str
    evidence: str
    role: str = "what happened"


DRAFTS = {
    "bridge": [
        Sentence(
            "Tarn closes Velm bridge after cracks are found",
            "The Velm bridge in Tarn was closed to all traffic on Tuesday after inspectors found cracks in two of its",
        ),
        Sentence(
            "Tarn closed the Velm bridge to all traffic on Tuesday after inspectors found cracks in two main cables.",
            "The Velm bridge in Tarn was closed to all traffic on Tuesday after inspectors found cracks in two of its",
        ),
        Sentence(
            "The cracks were up to 14 centimetres long, said Ilse Maron, the city's engineer.",
            "The city's engineer, Ilse Maron, said the cracks were up to 14 centimetres long.",
        ),
        Sentence(
            "Detours could cost its members 200,000 crowns a day, Tarn's haulage association said.",
            "The haulage association of Tarn said detours could cost its members 200,000 crowns a day.",
            "why it matters",
        ),
        Sentence(
            "On a working day some 31,000 vehicles use the bridge, the city says.",
            "About 31,000 vehicles cross the bridge on a working day, according to the city.",
            "by the numbers",
        ),
        Sentence("On 20 May a first report is expected.", "A first report is expected on 20 May.", "what's next"),
    ],
    "harbour": [
        Sentence(
            "Ostrand council votes against larger harbour",
            "The council of Ostrand voted against the expansion of the container harbour on Monday",
        ),
        Sentence(
            "Ostrand's council voted by 21 to 16 against the expansion of the container harbour on Monday.",
            "The council of Ostrand voted against the expansion of the container harbour on Monday, by 21 votes to 16.",
        ),
        Sentence(
            "The plan would have cost 380 million crowns and added two berths.",
            "The plan would have added two berths and cost 380 million crowns.",
        ),
        Sentence(
            'Opposition leader Arne Holt called the plan "a bet with other people\'s money".',
            'The leader of the opposition, Arne Holt, called the harbour plan "a bet with other people\'s money".',
        ),
        Sentence(
            "If the harbour cannot take larger ships, 120 jobs might be cut, the port company said.",
            "The port company said it might cut 120 jobs if the harbour could not take larger ships.",
            "why it matters",
        ),
    ],
    "recall": [
        Sentence(
            "Kestrel calls back Swift electric bicycles after battery fires",
            "Kestrel has called back its electric bicycles of the Swift series after battery fires.",
        ),
        Sentence(
            "Kestrel is recalling 52,000 electric bicycles whose batteries can overheat.",
            "The bicycle maker Kestrel is recalling 52,000 electric bicycles because their batteries can overheat.",
        ),
        Sentence(
            "Eleven batteries caught fire, but nobody was injured.",
            "Kestrel knows of eleven batteries that caught fire; nobody was injured.",
        ),
        Sentence(
            "Shares in Kestrel dropped by 8.4 percent to 61.20 crowns.",
            "Shares in Kestrel fell 8.4 percent to 61.20 crowns.",
            "by the numbers",
        ),
        Sentence(
            "The recall is expected by Kestrel to cost 30 to 35 million crowns.",
            "Kestrel expects the recall to cost between 30 and 35 million crowns",
            "by the numbers",
        ),
    ],
    "flood": [
        Sentence(
            "Asker and Nimwell evacuated as the Lune rises",
            "The villages of Asker and Nimwell were evacuated on Monday night as the river Lune rose to 6.8 metres",
        ),
        Sentence(
            "Asker and Nimwell were evacuated on Monday night when the river Lune rose to 6.8 metres.",
            "The villages of Asker and Nimwell were evacuated on Monday night as the river Lune rose to 6.8 metres",
        ),
        Sentence(
            "Around 1,400 people spent the night in schools and with relatives.",
            "About 1,400 inhabitants spent the night in schools and with relatives.",
        ),
        Sentence(
            "The soaked dyke near Asker could break, the fire service said.",
            "A dyke near Asker is soaked and could break, the fire service said.",
            "where sources disagree",
        ),
        Sentence(
            "The dyke near Asker was holding, said Governor Maud Ellery.",
            "Governor Maud Ellery spoke of the worst flood in a generation, but said the dyke near Asker was holding.",
            "where sources disagree",
        ),
        Sentence(
            "The weather service expects the rain to end on Wednesday.",
            "The weather service expects the rain to end on Wednesday.",
            "what's next",
        ),
    ],
}


@pytest.mark.parametrize("judged", [True, False], ids=["with a judge", "by the code alone"])
@pytest.mark.parametrize("part", ["first", "last"])
@pytest.mark.parametrize("event", DRAFTS)
def test_a_good_draft_is_printed_whole(event: str, part: str, judged: bool) -> None:
    given: list[Sentence] = []

    def answer(request: Request) -> Reply:
        shown = passages(request)
        if not shown:
            return judgement(request, 0.95)
        assert not given, "asked to repair what is good"
        headline, *sentences = [s for s in DRAFTS[event] if any(s.evidence in text for text in shown.values())]
        # These stories are short: a brief gives each of them room for two or three sentences.
        given.extend((headline, *(sentences[:2] if part == "first" else sentences[-2:])))
        first, *rest = [_said(sentence, shown) for sentence in given]
        return Reply({"headline": first, "sentences": rest})

    with ModelServer(answer) as server:
        brief = brief_of(articles(event), lambda: OpenAIChat("fake", base_url=server.base_url), judged=judged)
    (story,) = brief.stories
    assert len(given) == 3
    assert not [(d.text, d.detail) for d in brief.dropped if d.reason is Reason.UNSUPPORTED]
    assert [story.headline.text, *(c.text for c in story.claims)] == [s.text for s in given]
    assert {c.verdict.status for c in (story.headline, *story.claims) if c.verdict} == {Status.SUPPORTED}
    assert not story.note


def _said(sentence: Sentence, shown: Mapping[str, str]) -> dict[str, object]:
    return {"passages": [id for id, text in shown.items() if sentence.evidence in text], **sentence._asdict()}
