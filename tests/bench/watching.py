"""Runs a part of a bench in a process of its own and watches its memory, stage by stage."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 0.05
"""Seconds between two looks."""

BEGUN = "start"


@dataclass
class Stage:
    """What one stage of a process took: seconds by the clock and of the processor, peaks in bytes.

    `anonymous` is what only the process has (RssAnon): the system cannot drop it. `resident` counts
    mapped files too, whose pages it drops when memory is short. Both are looked at every EVERY
    seconds, so that a shorter spike can be missed; `resident` of the whole is the kernel's own.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    anonymous: float = 0.0
    resident: float = 0.0


@dataclass
class Watched:
    """What a process told at its end, and its stages in their order."""

    told: dict[str, float] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)

    @property
    def anonymous(self) -> float:
        """The peak of anonymous memory over all stages, in bytes."""
        return max(stage.anonymous for stage in self.stages.values())


def stage(name: str) -> None:
    """Says, in the watched process, that a stage begins."""
    print(
        json.dumps({"stage": name, "at": time.perf_counter(), "cpu": time.process_time()}),
        flush=True,
    )


def watched(command: Sequence[str]) -> Watched:
    """Runs a command that prints `stage` lines and, at its end, one line of figures."""
    found = Watched(stages={BEGUN: Stage()})
    now = [BEGUN]
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, text=True) as process:
        looking = threading.Thread(target=_look, args=(process, found, now))
        looking.start()
        assert process.stdout is not None
        before: tuple[float, float] | None = None
        for line in process.stdout:
            said = json.loads(line)
            if "stage" not in said:
                found.told = said
                continue
            at = said["at"], said["cpu"]
            if before is not None:
                _spend(found.stages[now[0]], before, at)
            before = at
            found.stages.setdefault(said["stage"], Stage())
            now[0] = said["stage"]
        looking.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return found


def _spend(one: Stage, before: tuple[float, float], at: tuple[float, float]) -> None:
    one.seconds += at[0] - before[0]
    one.cpu += at[1] - before[1]


def _look(process: subprocess.Popen[str], found: Watched, now: list[str]) -> None:
    """Looks at the memory of a process until it ends (Linux: elsewhere there is nothing to see)."""
    status = Path(f"/proc/{process.pid}/status")
    while process.poll() is None:
        try:
            lines = status.read_text(encoding="ascii").splitlines()
        except OSError:
            return
        sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if " kB" in line}
        one = found.stages[now[0]]
        one.anonymous = max(one.anonymous, sizes.get("RssAnon", 0))
        one.resident = max(one.resident, sizes.get("VmRSS", 0))
        time.sleep(EVERY)
