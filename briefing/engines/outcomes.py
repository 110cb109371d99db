"""The ways in which a model gives no usable answer; the reasons that an ``EngineError`` may carry."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """Why there is no usable answer."""

    KEY = "key refused"
    NO_MODEL = "no such model"
    QUOTA = "quota used up"
    BUDGET = "budget spent"
    RATE = "rate limit"
    TIMEOUT = "no answer in time"
    NO_CONNECTION = "no connection"
    SERVER = "server error"
    REQUEST = "request refused"
    TOO_LONG = "context too small"
    REFUSAL = "model refused"
    FILTERED = "content filter"
    CUT_OFF = "answer cut off"
    EMPTY = "empty answer"
    BAD_FORM = "answer not in the form asked for"
    REPETITION = "endless repetition"
    LANGUAGE = "wrong language"


REASONS = tuple(Outcome)
