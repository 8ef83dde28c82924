"""Resolving many names against very many: seconds, pairs compared, answers; against every pair.

Run `python -m tests.bench identity [HELD] [LOOKED_UP]` (10^5 and 10^4 when left out): first with a
tenth of the held names, then with all. Each is a process of its own, whose anonymous memory is
watched (`watching.py`): what making the index and looking up add to it must not grow with the held
names. The names are synthetic: invented words of Romanian syllables in the forms that registers write, one
seed. Half of the looked-up names are held ones in another spelling, half are bodies nobody holds.
`rapidfuzz.process.cdist` compares every pair on a sample of the looked-up names and is scaled up.
"""

from __future__ import annotations

import json
import random
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz, process

from ingest.identity import Index, Party, resolve
from tests.bench.watching import stage, watched

SYLLABLES = [c + v for c in "bcdfglmnprstv" for v in ("a", "e", "i", "o", "u")]
FORMS = [
    "Asociația",
    "Asociația",
    "Asociația Culturală",
    "Fundația",
    "Asociația Club Sportiv",
    "Federația",
]
COMMON = [
    "pentru Tineri",
    "pentru Educație",
    "pentru Mediu",
    "de Artă",
    "Comunitară",
    "pentru Familie",
]
CITIES = [
    "Timișoara",
    "Lugoj",
    "Arad",
    "Oradea",
    "Cluj-Napoca",
    "Iași",
    "Brașov",
    "Sibiu",
    "Craiova",
]


def invented(count: int, chance: random.Random) -> list[Party]:
    """Bodies with distinct names of one to three invented words."""
    words: set[str] = set()
    while len(words) < count:
        words.add(
            "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((3, 3, 4)))).capitalize()
        )
    made = []
    for i, word in enumerate(sorted(words)):
        city = chance.choice(CITIES)
        parts = [chance.choice(FORMS), word]
        if chance.random() < 0.3:
            parts.append(chance.choice(COMMON))
        if chance.random() < 0.4:
            parts.append(city)
        made.append(Party(f"org/{i}", (" ".join(parts),), city=city))
    chance.shuffle(made)
    return made


def respelled(name: str, chance: random.Random) -> str:
    """The name as another source writes it: capitals, old letters, a short form, a slip."""
    how = chance.randrange(4)
    if how == 0:
        return "".join(
            c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
        ).upper()
    if how == 1:
        return name.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    if how == 2:
        return name.replace("Asociația", "Asoc.").replace("Fundația", "Fund.")
    words = name.split()
    longest = max(range(1, len(words)), key=lambda i: len(words[i]))
    at = chance.randrange(1, len(words[longest]) - 1)
    words[longest] = words[longest][:at] + words[longest][at + 1 :]
    return " ".join(words)


def bench(
    held: int = 100_000, looked_up: int = 10_000, begun: Callable[[str], None] = lambda _: None
) -> dict[str, object]:
    """The figures as one JSON object. `begun` is told each stage."""
    begun("names")
    chance = random.Random(7)
    parties = invented(held + looked_up // 2, chance)
    known, strangers = parties[:held], parties[held:]
    begun("index")
    started = time.process_time()
    index = Index(replace(party) for party in known)  # what it finds out is kept by it alone
    built = time.process_time() - started
    wanted = [
        (respelled(p.label, chance), p.id) for p in chance.sample(known, looked_up - len(strangers))
    ]
    wanted += [(p.label, "") for p in strangers]
    tally: Counter[str] = Counter()
    begun("look-up")
    started = time.process_time()
    for name, id_ in wanted:
        answer = resolve(Party("row", (name,)), index)
        right = "" if not id_ and not answer.id else " right" if answer.id == id_ else " wrong"
        tally[f"{'held' if id_ else 'stranger'}: {answer.answer}{right}"] += 1
    resolved = time.process_time() - started
    begun("cdist")
    sample = [name for name, _ in wanted[: max(1, min(500, looked_up // 10))]]
    labels = [party.label for party in known]
    started = time.process_time()
    process.cdist(sample, labels, scorer=fuzz.token_sort_ratio, score_cutoff=80, workers=1)
    every = (time.process_time() - started) * looked_up / len(sample)
    return {
        "held": held,
        "looked_up": looked_up,
        "index_cpu_seconds": round(built, 1),
        "resolve_cpu_seconds": round(resolved, 1),
        "pairs_compared": index.compared,
        "pairs_of_all": held * looked_up,
        "cdist_token_sort_cpu_seconds_scaled": round(every, 1),
        "answers": dict(sorted(tally.items())),
    }


def main(held: int = 100_000, looked_up: int = 10_000) -> None:
    """Prints one block per size."""
    for size in (held // 10, held):
        run = watched(["-m", "tests.bench.bench_identity", "--part", str(size), str(looked_up)])
        before, *after = (run.stages[one].anonymous for one in ("names", "index", "look-up"))
        added = round((max(after) - before) / 2**20)
        told = {**run.told, "added_anonymous_mib": added}
        print(json.dumps(told, ensure_ascii=False, indent=2), flush=True)


if __name__ == "__main__":
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()]
    if "--part" in sys.argv:
        print(json.dumps(bench(*sizes, begun=stage)), flush=True)
    else:
        main(*sizes)
