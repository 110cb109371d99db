"""How a story is written and verified: the engine writes, the code checks, and what fails is repaired once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from briefing.errors import EngineError
from briefing.model import QUOTED, UNJUDGED, Ask, Checked, Draft, Dropped, Feedback, Finding, Story
from briefing.ports import Engine, Judge
from briefing.steps.check import check
from briefing.steps.judging import judgeable, judged, supplied
from briefing.steps.settle import Policy, needs_repair, rewritten, settle

# The longest reason in a note, in characters.
_REASON = 240


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a draft after the engine: the code, and a judge where there is one.

    A claim that the judge scores below ``threshold`` is unsupported. Only a judge that is ``trusted``, because its
    threshold was calibrated or given, may lift the code's doubts.
    """

    judge: Judge | None = None
    threshold: float = 0.5
    trusted: bool = False

    async def examine(self, draft: Draft) -> tuple[Finding, ...]:
        """What the code finds, and what the judge says of that which the code could not refute.

        Raises ``EngineError`` when the judge gives no answer.
        """
        findings = check(draft)
        pairs = judgeable(draft, findings) if self.judge else {}
        if self.judge is None or not pairs:
            return findings
        scores = await self.judge.judge(tuple(pairs.values()))
        return (*findings, *judged(pairs, scores, self.threshold, trusted=self.trusted))


@dataclass(frozen=True, slots=True)
class Written:
    """A draft and what was asked for, so that what fails can be asked for again."""

    draft: Draft
    ask: Ask


@dataclass(frozen=True, slots=True)
class Desk:
    """Writes and verifies one story at a time.

    ``fallback`` writes what ``engine`` could not; it never raises.
    """

    engine: Engine
    fallback: Engine
    reader: Reader = field(default_factory=Reader)
    policy: Policy = "strict"

    async def write(self, story: Story, ask: Ask) -> Written:
        """The engine's draft of the story, or the fallback's with a note that says why."""
        try:
            return Written(supplied(await self.engine.write(story, ask)), ask)
        except EngineError as e:
            return Written(await self._instead(story, ask, str(e)), ask)

    async def verify(self, written: Written) -> Checked:
        """The story with verdicts: supported claims, and in its ledger every sentence that was withheld."""
        draft, ask = written.draft, written.ask
        findings, unjudged = await self.examine(draft)
        withheld: tuple[Dropped, ...] = ()
        failed = needs_repair(findings)
        if failed and self._by_the_engine(draft):
            again = await self._repaired(draft, ask, failed)
            if again != draft:
                withheld = rewritten(draft, failed, again)
                draft = again
                findings, unjudged = await self.examine(draft)
        checked = settle(draft, findings, policy=self.policy)
        if self._by_the_engine(draft) and not _of_the_engine(checked, draft):
            withheld = (*withheld, *checked.dropped)
            draft = await self._instead(
                draft.story, ask, "no sentence that the model wrote is supported by the sources"
            )
            checked = settle(draft, check(draft), policy=self.policy)
        return replace(checked, dropped=(*withheld, *checked.dropped), note=checked.note or unjudged)

    async def examine(self, draft: Draft) -> tuple[tuple[Finding, ...], str]:
        """The findings, and a note where the judge gave no answer; the code's then stand alone."""
        try:
            return await self.reader.examine(draft), ""
        except EngineError as e:
            return check(draft), f"{UNJUDGED}: {_shortened(str(e))}"

    def _by_the_engine(self, draft: Draft) -> bool:
        return self.engine is not self.fallback and not draft.note

    async def _instead(self, story: Story, ask: Ask, why: str) -> Draft:
        return replace(await self.fallback.write(story, ask), note=f"{QUOTED}: {_shortened(why)}")

    async def _repaired(self, draft: Draft, ask: Ask, failed: tuple[Finding, ...]) -> Draft:
        try:
            return supplied(await self.engine.write(draft.story, ask, Feedback(draft, failed)))
        except EngineError:
            # The draft stands as it is, and what failed is withheld.
            return draft


def _of_the_engine(checked: Checked, draft: Draft) -> bool:
    """Whether a sentence that the engine wrote is left; one quoted in place of its main fact is not."""
    return bool({claim.text for claim in checked.claims} & {claim.text for claim in draft.claims})


def _shortened(why: str) -> str:
    """A reason on one line of a page; vendors' messages may go on and on."""
    line = " ".join(why.split())
    return line if len(line) <= _REASON else line[: _REASON - 1] + "…"
