"""From a name in a setting to a channel."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from briefing.delivery.pace import Pace
from briefing.delivery.smtp_settings import SmtpSettings, login_for
from briefing.errors import ConfigError
from briefing.ports import Channel
from briefing.text.suggest import did_you_mean

SMTP, FOLDER, STDOUT = "smtp", "folder", "stdout"


def channel(spec: str, smtp: SmtpSettings | None = None, *, base: Path = Path()) -> Channel:
    """The channel that ``spec`` names: ``smtp``, ``folder:DIR``, ``stdout`` or ``package.module:factory``.

    DIR is taken from ``base``. Nothing is connected to yet. Raises ``ConfigError``.
    """
    name, colon, argument = spec.partition(":")
    if name == FOLDER and argument:
        from briefing.delivery.folder import Folder

        return Folder(base / argument)
    if name == FOLDER:
        raise ConfigError("the channel folder needs a folder; write folder:outbox")
    if spec == SMTP:
        if smtp is None:
            raise ConfigError('the channel smtp needs a server; write [smtp] and host = "smtp.example.org"')
        from briefing.delivery.smtp import Smtp

        return Smtp(smtp, login_for(smtp), pace=_pace(smtp.address, smtp.per_minute))
    if spec == STDOUT:
        from briefing.delivery.stdout import Stdout

        return Stdout()
    if name in (SMTP, STDOUT) and colon:
        raise ConfigError(f"the channel {name} takes no argument, but got {argument!r}; write {name}")
    if "." in name and argument:
        return _loaded(name, argument)
    known = (SMTP, FOLDER, STDOUT)
    raise ConfigError(
        f"unknown channel {spec!r}{did_you_mean(name, known)}; "
        "there are: smtp, folder:DIR, stdout, package.module:factory"
    )


@cache
def _pace(address: tuple[str, int], per_minute: float) -> Pace:
    """The one of this server, whichever worker of this process sends."""
    return Pace(per_minute)


def _loaded(module: str, name: str) -> Channel:
    spec = f"{module}:{name}"
    try:
        factory = getattr(import_module(module), name)
    except ModuleNotFoundError as error:
        raise ConfigError(f"channel {spec!r}: there is no module {error.name!r}; is the package installed?") from error
    except (AttributeError, ImportError, TypeError, ValueError) as error:
        raise ConfigError(f"channel {spec!r}: {error}") from error
    try:
        made = factory()
    except Exception as error:
        raise ConfigError(f"channel {spec!r} could not be made: {type(error).__name__}: {error}") from error
    if not callable(getattr(made, "send", None)) or not callable(getattr(made, "close", None)):
        raise ConfigError(f"channel {spec!r} makes a {type(made).__name__} without send and close")
    return cast(Channel, made)
