"""The command `resurse`: reads the settings, runs one command, turns errors into sentences and exit codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli import bring, data, files, find, fit, look, serve, words
from api.cli.out import Terminal
from api.cli.state import CURRENT, State
from api.settings import TOOL, Settings, read_settings
from ontology.errors import ResurseError, StoreLockedError

if TYPE_CHECKING:
    from api.wiring import Installation

app = typer.Typer(
    name="resurse",
    help="The map of a city's resources: organisations, projects, funds and the plan they can carry.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
for group in (bring, files, data, find, fit, look, words, serve):
    group.register(app)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop.")] = False,
) -> None:
    """The map of a city's resources. Each command has --help with an example."""
    if version:
        typer.echo(TOOL)
        raise typer.Exit


USAGE: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for wrong usage: the parent of its one public error."""


def run(argv: list[str], state: State) -> int:
    """Runs one command; 0 done, 1 bad input, 2 wrong usage.

    Raises StoreLockedError for the caller to hand the command over.
    """
    token = CURRENT.set(state)
    try:
        result = typer.main.get_command(app).main(
            args=argv, prog_name="resurse", standalone_mode=False
        )
        return result if isinstance(result, int) else 0
    except USAGE as error:
        context = getattr(error, "ctx", None)
        if context is not None:
            state.out.warn(context.get_usage())
        state.out.warn(str(getattr(error, "format_message", lambda: "")()) or repr(error))
        return 2
    except typer.Exit as ended:
        return int(ended.exit_code)
    except typer.Abort:
        return 1
    except StoreLockedError:
        raise
    except ResurseError as error:
        state.out.warn(error.message(state.lang))
        return 1
    finally:
        CURRENT.reset(token)


def main() -> None:
    """The entry point of the command `resurse`."""
    argv = sys.argv[1:]
    terminal = Terminal()
    try:
        settings = read_settings()
    except ResurseError as error:
        terminal.warn(error.message())
        sys.exit(1)
    held: list[bytes] = []

    def stdin() -> bytes:
        if not held:
            held.append(sys.stdin.buffer.read())
        return held[0]

    state = State(settings, lambda: _installation(settings), terminal, Path.cwd(), run, stdin)
    try:
        code = run(argv, state)
    except StoreLockedError as locked:
        from api.control import forward

        try:
            given = stdin() if "-" in argv else None
            home = state.installation.home
            code = forward(home, argv, Path.cwd(), given, terminal, locked)
        except ResurseError as error:
            terminal.warn(error.message(state.lang))
            code = 1
    except BrokenPipeError:
        code = 0
    except KeyboardInterrupt:
        code = 130
    finally:
        state.close()
    sys.exit(code)


def _installation(settings: Settings) -> Installation:
    from api.wiring import Installation

    return Installation(settings)
