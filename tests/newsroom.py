"""Invented news of one day: four events, told by several publishers each, and a desk that makes a brief of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from briefing.engines.exchange import Chat
from briefing.engines.extractive import Extractive
from briefing.engines.judge import ModelJudge
from briefing.engines.llm import LLM
from briefing.model import Article, Brief, Edition, Failure, Interest
from briefing.pipeline import Pipeline
from briefing.ports import Source
from briefing.run import PlainRun
from briefing.verification import Desk, Reader

NOW = datetime(2031, 5, 6, 18, 0, tzinfo=UTC)

BRIDGE = [
    (
        "Velm bridge closed after inspectors find cracked cables",
        "Tarn Courier",
        "The Velm bridge in Tarn was closed to all traffic on Tuesday after inspectors found cracks in two of its "
        "main cables. The city's engineer, Ilse Maron, said the cracks were up to 14 centimetres long.\n\n"
        "About 31,000 vehicles cross the bridge on a working day, according to the city. Lorries will be sent over "
        "the Orlen bridge, 9 kilometres to the north.\n\n"
        'Maron said it was not clear when the bridge could open again. "We will not open it before every cable has '
        'been tested," she said. A first report is expected on 20 May.',
    ),
    (
        "Cracks in cables shut Tarn's Velm bridge",
        "Northern Wire",
        "Tarn shut the Velm bridge on Tuesday because two main cables of the 1968 bridge were cracked. Inspectors had "
        "noticed the damage during a yearly check on Monday evening.\n\n"
        "The haulage association of Tarn said detours could cost its members 200,000 crowns a day. Its chairman, Petr "
        "Halloran, asked the city to pay a part of it.\n\n"
        "The bridge's cables were last replaced in 1994 at a cost of 46 million crowns.",
    ),
]
HARBOUR = [
    (
        "Ostrand council rejects harbour expansion",
        "Ostrand Gazette",
        "The council of Ostrand voted against the expansion of the container harbour on Monday, by 21 votes to 16. The "
        "plan would have added two berths and cost 380 million crowns.\n\n"
        "Mayor Lena Brask, who had proposed the expansion, said she would not bring it back before the election in "
        "October. Fishermen had protested against the plan for months because the new berths would have covered oyster "
        "beds.\n\n"
        "The port company said it might cut 120 jobs if the harbour could not take larger ships.",
    ),
    (
        "Ostrand council votes down harbour expansion",
        "Coast Radio",
        "Councillors in Ostrand rejected the expansion of the container harbour on Monday. Twenty-one voted against "
        "the plan of Mayor Lena Brask to build two berths for 380 million crowns, and 16 voted for it.\n\n"
        'The leader of the opposition, Arne Holt, called the harbour plan "a bet with other people\'s money". The '
        "mayor's party was divided: four of its council members voted against the berths.\n\n"
        "The port of Ostrand handled 640,000 containers last year, 3 percent fewer than in the year before.",
    ),
]
RECALL = [
    (
        "Kestrel recalls 52,000 electric bicycles",
        "Trade Daily",
        "The bicycle maker Kestrel is recalling 52,000 electric bicycles because their batteries can overheat. The "
        "models Swift and Swift Plus, sold between March 2029 and January 2031, are affected.\n\n"
        "Kestrel knows of eleven batteries that caught fire; nobody was injured. Owners should not charge the bicycles "
        "and will get a new battery free of charge, the company said on Tuesday.\n\n"
        "Shares in Kestrel fell 8.4 percent to 61.20 crowns.",
    ),
    (
        "Battery fires: Kestrel calls back its Swift bicycles",
        "Northern Wire",
        "Kestrel has called back its electric bicycles of the Swift series after battery fires. The consumer agency "
        "said it had pressed the maker to act since February.\n\n"
        "The batteries come from the supplier Dorvan Cells, which said it was examining the matter. Kestrel expects "
        "the recall to cost between 30 and 35 million crowns, and lowered its forecast for the year.",
    ),
]
FLOOD = [
    (
        "Two villages evacuated as the Lune rises",
        "Valley Post",
        "The villages of Asker and Nimwell were evacuated on Monday night as the river Lune rose to 6.8 metres, the "
        "highest level since 1987. Some 1,400 people had to leave their homes.\n\n"
        "A dyke near Asker is soaked and could break, the fire service said. One man of 63 is missing; his car was "
        "found in a flooded underpass.\n\n"
        "The weather service expects the rain to end on Wednesday.",
    ),
    (
        "Lune floods: 1,400 leave homes in Asker and Nimwell",
        "Coast Radio",
        "After four days of rain the Lune has flooded fields and cellars in Asker and Nimwell. About 1,400 inhabitants "
        "spent the night in schools and with relatives.\n\n"
        "The province has asked the army for 300 soldiers to raise the dykes with sandbags. Governor Maud Ellery spoke "
        "of the worst flood in a generation, but said the dyke near Asker was holding.\n\n"
        "The railway between Tarn and Nimwell stays closed until Friday.",
    ),
]
EVENTS = {"bridge": BRIDGE, "harbour": HARBOUR, "recall": RECALL, "flood": FLOOD}


def articles(*events: str) -> list[Article]:
    """The articles about ``events``, or about all."""
    return [
        article(title, text, source, hours=3 * place + 1)
        for event in events or EVENTS
        for place, (title, source, text) in enumerate(EVENTS[event])
    ]


def article(title: str, text: str, source: str, *, hours: int = 2, language: str = "en") -> Article:
    """An article that came out ``hours`` before the brief is made."""
    when = NOW - timedelta(hours=hours)
    return Article.of(title=title, text=text, source=source, published=when, language=language)


class Given:
    """Implements ``ports.Source``: the articles that it is given."""

    def __init__(self, found: Iterable[Article]) -> None:
        self._found = tuple(found)

    def collect(self, since: datetime | None, until: datetime | None) -> Iterable[Article | Failure]:
        return self._found


def brief_of(
    found: Sequence[Article],
    open_chat: Callable[[], Chat],
    *,
    judged: bool = True,
    more: Sequence[Source] = (),
) -> Brief:
    """The brief of the articles and of ``more`` sources that the model behind ``open_chat`` writes and judges.

    What it does not write is told in quotations.
    """

    async def made() -> Brief:
        chat = open_chat()
        engine = LLM(chat)
        desk = Desk(engine, fallback=Extractive(), reader=Reader(ModelJudge(chat) if judged else None))
        pipeline = Pipeline(sources=(Given(found), *more), desk=desk, engine_name="llm:fake", run=PlainRun())
        try:
            return await pipeline.make(Interest(), Edition("Morning", NOW, "UTC", 6.0))
        finally:
            await engine.aclose()

    return asyncio.run(made())
