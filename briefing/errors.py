"""Every error that leaves the package.

    BriefingError
    ├── ConfigError       briefing.toml or an option is wrong (exit code 2)
    ├── ModelError        a noun was given nonsense: a span outside its text, a naive time
    ├── SourceError       an input could not be read; becomes a ``Failure``, never sinks a run
    ├── EngineError       a model gave no usable answer; its story is then put together from quotations
    ├── RenderError       a brief could not be turned into a document
    │   └── MissingLibrary    Pango or a font is not there; the message says what to type
    ├── BriefFormatError  a ``brief.json`` cannot be read back
    ├── StoreError        the database cannot be opened, read or written
    └── DeliveryError     a message cannot be made or handed over
        └── LostClaim         another worker has the message by now; the sender leaves it alone

Errors of libraries are turned into one of these at the edge where they arise (``raise ... from``).
A message says what is wrong, where, and what to type.
"""


class BriefingError(Exception):
    """Base of all errors of this package."""


class ConfigError(BriefingError):
    """A setting is unknown, of the wrong kind, or contradicts another."""


class ModelError(BriefingError, ValueError):
    """A noun was given values that it refuses."""


class SourceError(BriefingError):
    """An input could not be read. ``reason`` is one of ``sources.failures.REASONS``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class EngineError(BriefingError):
    """A model gave no usable answer.

    ``reason`` is one of ``engines.outcomes.REASONS``, ``detail`` the words for a person: what is wrong and what to
    type. ``lasting`` is True where every further call of the run would end alike: a refused key, a model that is
    not there, a quota or a budget that is used up.
    """

    def __init__(self, reason: str, detail: str, *, lasting: bool = False) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.lasting = lasting


class RenderError(BriefingError):
    """A brief could not be turned into a document."""


class MissingLibrary(RenderError):
    """A library of the operating system is missing; the message says how to install it."""


class BriefFormatError(BriefingError):
    """A file is not a brief, or not one that this version reads."""


class StoreError(BriefingError):
    """The database cannot be opened, read or written; the message names it without its password."""


class DeliveryError(BriefingError):
    """A message cannot be made or handed over, for a reason of ours or of the settings."""


class LostClaim(DeliveryError):
    """A message is not held by this worker any more."""
