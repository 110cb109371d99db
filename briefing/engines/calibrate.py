"""How well a judge tells true from false on the user's own sources, and the threshold that follows."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from briefing.engines.calibrate_pairs import Trial, chosen, trials
from briefing.engines.calibrate_reword import reworded
from briefing.engines.exchange import Chat
from briefing.engines.judge import BATCH, ModelJudge
from briefing.model import Passage
from briefing.ports import Cache, Judge

# Of true claims no more than this share may be lost.
LOSS = 0.05
# With fewer true pairs no threshold can promise LOSS: even the lowest score is lost too often.
LEAST = math.ceil(1 / LOSS) - 1
# A judge must be shown to beat this AUC; counting shared words reaches about as much on what people wrote.
CHANCE = 0.6
# The score that a claim must reach where nothing was measured: yes is likelier than no.
UNCALIBRATED = 0.5
# Standard deviations of one side of a 95 % interval.
_Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    of: int

    @property
    def value(self) -> float:
        return self.part / self.of if self.of else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927), which holds for small samples."""
        if not self.of:
            return 0.0, 1.0
        scale = 1 + _Z**2 / self.of
        middle = (self.value + _Z**2 / (2 * self.of)) / scale
        half = _Z * math.sqrt(self.value * (1 - self.value) / self.of + _Z**2 / (4 * self.of**2)) / scale
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.bounds
        return f"{self.value:.0%} ({self.part} of {self.of}; {low:.0%} to {high:.0%})"


@dataclass(frozen=True, slots=True)
class Calibration:
    """What a judge's scores are worth. A claim holds at ``threshold`` and above.

    ``auc`` is how often a true claim scores above a false one, ``auc_low`` the lower end of its 95 % interval;
    ``caught`` counts the false claims below the threshold, ``kept`` the true ones not below, ``kinds`` the caught ones
    by what was changed in them. ``refusal`` says why the judge is not to be used; it is empty where it is.
    """

    threshold: float
    auc: float
    auc_low: float
    caught: Share
    kept: Share
    kinds: tuple[tuple[str, Share], ...] = ()
    refusal: str = ""

    @property
    def pairs(self) -> int:
        return self.caught.of + self.kept.of

    @property
    def usable(self) -> bool:
        return not self.refusal

    def __str__(self) -> str:
        if self.refusal:
            return f"{self.refusal} ({self.pairs} pairs)"
        kinds = [f"  {kind:<12} {share}" for kind, share in self.kinds]
        return "\n".join(
            (
                f"threshold     {self.threshold:.3f}",
                f"true kept     {self.kept}",
                f"false caught  {self.caught}",
                *kinds,
                f"AUC           {self.auc:.3f} (at least {self.auc_low:.2f}) on {self.pairs} pairs",
            )
        )


async def calibrate(
    judge: Judge,
    passages: Sequence[Passage],
    *,
    pairs: int = 200,
    seed: int = 0,
    chat: Chat | None = None,
) -> Calibration:
    """Tries ``judge`` on true and false claims made of ``passages``, half of ``pairs`` each.

    With ``chat``, the model that writes the brief, half of the claims are in its words, which calibrates best for what
    it will write. Raises ``EngineError``.
    """
    words = await reworded(chat, list(islice(chosen(passages, seed), pairs // 4))) if chat else {}
    tried = trials(passages, pairs, seed, words)
    scores = await judge.judge([trial.pair for trial in tried])
    return calibration(tried, scores)


async def calibrate_model(
    chat: Chat,
    passages: Sequence[Passage],
    *,
    pairs: int = 200,
    seed: int = 0,
    batch: int = BATCH,
    writer: Chat | None = None,
) -> dict[str, Calibration]:
    """What ``chat`` is worth as a judge, by the name that it is kept by.

    It is asked about ``batch`` pairs in a call and, where that is refused, about one: small models lose the thread
    among several. ``writer`` is the model that writes the brief, where it is another one. Raises ``EngineError``.
    """
    found: dict[str, Calibration] = {}
    for size in dict.fromkeys((batch, 1)):
        judge = ModelJudge(chat, batch=size)
        found[judge.name] = await calibrate(judge, passages, pairs=pairs, seed=seed, chat=writer or chat)
        if found[judge.name].usable:
            break
    return found


def judge_of(chat: Chat, cache: Cache | None, *, batch: int = BATCH) -> tuple[ModelJudge, Calibration | None]:
    """The judge of ``chat`` with what is kept of it: asked by ``batch`` where that was found usable, else singly."""
    judges = [ModelJudge(chat, batch=size) for size in dict.fromkeys((batch, 1))]
    kept = [(judge, kept_threshold(cache, judge.name) if cache else None) for judge in judges]
    return next(((judge, found) for judge, found in kept if found and found.usable), kept[-1])


def calibration(tried: Sequence[Trial], scores: Sequence[float]) -> Calibration:
    """The threshold that catches most false claims where at most ``LOSS`` of true ones are lost.

    With m true claims it is the score of the k-th lowest, k = floor(LOSS * (m + 1)): a further true claim of the same
    kind scores below it with a probability of at most k / (m + 1), whatever the distribution (split conformal
    prediction, Vovk et al. 2005). It is then lowered half way to the next score of a false claim, which costs nothing
    here. For a judge that says only yes and no it is the middle between them, and ``kept`` tells the loss.

    Raises ``ValueError`` when there is not one score for each trial.
    """
    judged = list(zip(tried, scores, strict=True))
    true = sorted(score for trial, score in judged if trial.true)
    false = sorted(score for trial, score in judged if not trial.true)
    if len(true) < LEAST or len(false) < LEAST:
        why = f"too few sentences to calibrate on: at least {LEAST} true and {LEAST} false claims are needed"
        return Calibration(0.5, 0.5, 0.0, Share(0, len(false)), Share(len(true), len(true)), (), why)
    area, low = _auc(true, false)
    threshold = _threshold(true, false)
    kinds = Counter(trial.kind for trial in tried if not trial.true)
    caught = Counter(trial.kind for trial, score in judged if not trial.true and score < threshold)
    total = Share(sum(s < threshold for s in false), len(false))
    return Calibration(
        threshold,
        area,
        low,
        total,
        Share(sum(s >= threshold for s in true), len(true)),
        tuple((kind, Share(caught[kind], kinds[kind])) for kind in sorted(kinds)),
        _refusal(area, low, total),
    )


def _threshold(true: Sequence[float], false: Sequence[float]) -> float:
    kept = true[math.floor(LOSS * (len(true) + 1)) - 1]
    below = [score for score in false if score < kept]
    if not below and len({*true, *false}) == 2:
        return (true[-1] + false[0]) / 2
    return (below[-1] + kept) / 2 if below else kept


def _auc(true: Sequence[float], false: Sequence[float]) -> tuple[float, float]:
    """The area under the ROC curve and the lower end of its 95 % interval (Hanley and McNeil, 1982)."""
    wins = math.fsum((t > f) + (t == f) / 2 for t in true for f in false)
    area = wins / (len(true) * len(false))
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (len(true) - 1) * (one - area**2) + (len(false) - 1) * (two - area**2)
    return area, area - _Z * math.sqrt(max(0.0, spread) / (len(true) * len(false)))


def _refusal(area: float, low: float, caught: Share) -> str:
    if area < CHANCE:
        return f"this model cannot judge: AUC {area:.2f}; use another judge or --judge none"
    if low < CHANCE:
        return (
            f"this model is not shown to judge: AUC {area:.2f}, perhaps only {low:.2f}; "
            "try more pairs, another judge or --judge none"
        )
    if not caught.part:
        return (
            f"this model's judgement is of no use: AUC {area:.2f}, but it catches nothing without losing more than "
            f"{LOSS:.0%} of what is true; use another judge or --judge none"
        )
    return ""


def kept_threshold(cache: Cache, model: str) -> Calibration | None:
    """The calibration kept for ``model`` (``ModelJudge.name``, which names the prompt's version too), or None."""
    kept = cache.get(_key(model))
    if kept is None:
        return None
    try:
        return _read(json.loads(kept))
    except (ValueError, TypeError, KeyError):
        # Of another version of this package: as good as none.
        return None


def keep_threshold(cache: Cache, model: str, found: Calibration) -> None:
    """Keeps ``found`` for ``model``, one that is refused too, in place of an earlier one.

    What comes of too few sentences says nothing of the model and is not kept.
    """
    if min(found.kept.of, found.caught.of) >= LEAST:
        cache.put(_key(model), json.dumps(asdict(found)))


def _key(model: str) -> str:
    return f"threshold/{model}"


def _read(kept: dict[str, Any]) -> Calibration:
    shares = {name: Share(**kept[name]) for name in ("caught", "kept")}
    kinds = tuple((str(kind), Share(**share)) for kind, share in kept["kinds"])
    return Calibration(**(kept | shares | {"kinds": kinds}))
