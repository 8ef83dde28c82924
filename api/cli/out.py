"""Where a command's answers go: this terminal, or the client that handed the command over."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

import orjson
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

Report = Callable[[str, int], None]


class Out(Protocol):
    """What a command may do with its answer."""

    def say(self, text: str) -> None:
        """One line for a person."""

    def warn(self, text: str) -> None:
        """One line about something that is wrong."""

    def write(self, data: bytes) -> None:
        """Raw output: an export, a query's answer."""

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table for a person."""

    def progress(self) -> Any:
        """A context manager that gives a function `(stage, count)`."""


PIPED_WIDTH = 200
"""Columns of a table that is not shown on a terminal."""


def json_bytes(value: object) -> bytes:
    """Indented JSON with a final line break."""
    return (
        orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS, default=str)
        + b"\n"
    )


class Terminal:
    """This terminal: tables fold to its width, a progress bar shows when work lasts over a second."""

    def __init__(self) -> None:
        self._out = Console(highlight=False)
        if not self._out.is_terminal and "COLUMNS" not in self._out._environ:
            self._out.width = PIPED_WIDTH
        self._err = Console(stderr=True, highlight=False)

    def say(self, text: str) -> None:
        """One line for a person."""
        self._out.print(escape(text), soft_wrap=True)

    def warn(self, text: str) -> None:
        """One line on standard error."""
        self._err.print(escape(text), soft_wrap=True)

    def write(self, data: bytes) -> None:
        """Raw bytes on standard output."""
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table with light rules."""
        made = Table(
            title=escape(title) if title else None,
            title_justify="left",
            header_style="bold",
            box=None,
            pad_edge=False,
        )
        for column in columns:
            made.add_column(escape(column), overflow="fold")
        for row in rows:
            made.add_row(*(escape("" if cell is None else str(cell)) for cell in row))
        self._out.print(made)

    @contextmanager
    def progress(self) -> Iterator[Report]:
        """A bar on a terminal, silence elsewhere."""
        if not self._err.is_terminal:
            yield lambda _stage, _count: None
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(pulse_style="cyan"),
            TextColumn("{task.completed:,}"),
            TimeElapsedColumn(),
        )
        bar = Progress(*columns, console=self._err, transient=True)
        tasks: dict[str, Any] = {}
        begun = time.monotonic()
        shown = False

        def report(stage: str, count: int) -> None:
            nonlocal shown
            if not shown and time.monotonic() - begun < 1:
                return
            if not shown:
                bar.start()
                shown = True
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=None)
            bar.update(tasks[stage], completed=count)

        try:
            yield report
        finally:
            if shown:
                bar.stop()


class Stream:
    """Hands every answer to a function as a small event; the client replays them on its terminal."""

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self._send = send

    def say(self, text: str) -> None:
        """One line for a person."""
        self._send({"say": text})

    def warn(self, text: str) -> None:
        """One line about something that is wrong."""
        self._send({"warn": text})

    def write(self, data: bytes) -> None:
        """Raw output, as Latin-1 so that every byte survives JSON."""
        self._send({"write": data.decode("latin-1")})

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A table, drawn at the other end."""
        cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
        self._send({"table": {"title": title, "columns": list(columns), "rows": cells}})

    @contextmanager
    def progress(self) -> Iterator[Report]:
        """Progress, drawn at the other end."""
        yield lambda stage, count: self._send({"progress": [stage, count]})


def replay(event: dict[str, Any], out: Out, report: Report) -> None:
    """Shows one event of a Stream on another Out."""
    if "say" in event:
        out.say(event["say"])
    elif "warn" in event:
        out.warn(event["warn"])
    elif "write" in event:
        out.write(event["write"].encode("latin-1"))
    elif "table" in event:
        out.table(event["table"]["title"], event["table"]["columns"], event["table"]["rows"])
    elif "progress" in event:
        report(*event["progress"])
