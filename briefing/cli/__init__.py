"""Arguments in, output and exit codes out; no decisions.

Exit codes: 0 made; 1 an error, named in one line; 2 usage or configuration; 3 made, but some inputs or calls failed;
4 nothing relevant (a brief that says so is still written); 130 interrupted, as other Unix commands do.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys

import click

from briefing.errors import BriefingError, ConfigError

MADE, ERROR, USAGE, SOME_FAILED, NOTHING_RELEVANT = range(5)
INTERRUPTED = 130


class _Group(click.Group):
    """Loads a command's module when the command is called, so that ``--help`` costs nothing."""

    _commands = (
        "make", "render", "verify", "calibrate", "templates", "run", "start", "worker", "schedule", "outbox", "history",
        "subscribers", "approve", "reject", "edit", "correct", "doctor",
    )  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._commands:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"briefing.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self._commands and os.path.exists(args[0]):
            ctx.fail(f"{args[0]!r} is a path, not a command; type: briefing make {args[0]}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="briefing", message="briefing %(version)s")
def cli() -> None:
    """Makes a short brief from many articles. Every sentence points at the exact words that support it.

    \b
    briefing make news/                          a brief of what the articles are most about
    briefing make news/ --topic "grid tariffs"   a brief on a topic
    briefing render out/brief.json --format pdf  another format of a brief made earlier
    briefing verify out/brief.json               every sentence checked against its sources again
    briefing run morning                         an edition that briefing.toml sets up, made and mailed
    briefing doctor                              what is missing on this machine, and how to mend it
    """


def main() -> None:
    """The command ``briefing``."""
    # Articles are many small objects without cycles. The usual threshold of 700 walks through them again and again.
    gc.set_threshold(100_000)
    # And it would walk through all of them once more at the end of the process.
    atexit.register(gc.freeze)
    try:
        sys.exit(cli(standalone_mode=False))
    except click.ClickException as e:
        e.show()
        sys.exit(e.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("interrupted; nothing was written half", INTERRUPTED)
    except ConfigError as e:
        fail(str(e), USAGE)
    except BriefingError as e:
        fail(str(e), ERROR)
    except BrokenPipeError:
        # A pager or `head` that closed the pipe ends the program quietly, as other Unix commands do. Not by the signal:
        # that would also come from a server that closes a connection.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)
    except OSError as e:
        where = f"{e.filename}: " if e.filename else ""
        fail(f"{where}{e.strerror or e}", ERROR)


def fail(message: str, code: int) -> None:
    """Names an error in one line and ends the program."""
    click.echo(f"briefing: error: {one_line(message)}", err=True)
    sys.exit(code)


def one_line(text: str) -> str:
    """``text`` for a terminal: on one line, and without the characters that a terminal obeys."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def many(count: int, thing: str, things: str = "") -> str:
    """``1 story``, ``2 stories``; without ``things`` the plural has an s."""
    return f"{count} {thing if count == 1 else things or thing + 's'}"
