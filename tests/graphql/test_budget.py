"""What one request may cost is bounded on both ways, and told by one error with a stable code."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from api.graphql.budget import MAX_SECONDS, MAX_VALUES, MAX_WAIT, Budget, Spent
from api.graphql.documents import MAX_KEPT_CHARACTERS, MAX_KEPT_FIELDS
from api.graphql.run import DOCUMENTS, MAX_ERRORS, execute, general, reading
from api.wiring import Installation

ALIASES = " ".join(f"a{n}: label" for n in range(400))
ROOTS = " ".join(
    f"r{n}: organisations(first: 500) {{ edges {{ node {{ ...f }} }} }}" for n in range(10)
)
FLOOD = f"{{ {ROOTS} }} fragment f on Organisation {{ {ALIASES} }}"


def told(answer: dict[str, Any]) -> str:
    """The code of the only error of a refused request."""
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["extensions"]["message_ro"]
    return str(error["extensions"]["code"])


def test_an_answer_of_too_many_values_is_refused(installation: Installation) -> None:
    things = execute(installation, "{ organisations { totalCount } }")["data"]["organisations"]
    assert min(things["totalCount"], 500) * 400 * 10 > MAX_VALUES
    assert told(execute(installation, FLOOD)) == "QUERY_TOO_WIDE"


@pytest.mark.parametrize("spent", ["values", "things", "began"])
@pytest.mark.parametrize("way", ["plan", "general executor"])
def test_both_ways_keep_to_the_budget(installation: Installation, spent: str, way: str) -> None:
    document = "{ organisations(first: 50) { edges { node { id label projects { label } } } } }"
    here = reading(installation)
    setattr(here.budget, spent, 40 if spent != "began" else time.monotonic() - MAX_WAIT - 1)
    read = DOCUMENTS.read(document)
    operation = read.operation(None)
    assert operation is not None
    values = DOCUMENTS.variables(operation, {})
    assert not isinstance(values, list)
    ways: dict[str, Callable[[], object]] = {
        "plan": lambda: DOCUMENTS.run(read, operation, values, here),
        "general executor": lambda: general(document, None, None, here),
    }
    with pytest.raises(Spent) as over:
        ways[way]()
    assert over.value.error.code == ("QUERY_TIMEOUT" if spent == "began" else "QUERY_TOO_WIDE")


def test_a_query_pays_for_its_own_work_and_not_for_a_busy_machine() -> None:
    long_ago = time.monotonic() - MAX_SECONDS - 5
    Budget(began=long_ago).answer(1)  # waited for the processor, and did little itself
    with pytest.raises(Spent) as over:
        Budget(began=long_ago, worked=time.thread_time() - MAX_SECONDS - 1).answer(1)
    assert over.value.error.code == "QUERY_TIMEOUT"


def test_a_request_is_within_its_budget_again_when_the_general_executor_tells_its_error(
    installation: Installation,
) -> None:
    document = (
        "{ organisations(first: 2) { edges { node { label projects(first: 9999) { id } } } } }"
    )
    answer = execute(installation, document)
    assert {one["extensions"]["code"] for one in answer["errors"]} == {"PAGE_TOO_LARGE"}
    assert all(edge["node"]["label"] for edge in answer["data"]["organisations"]["edges"])


def test_one_mistake_in_every_thing_of_a_list_is_not_told_without_end(
    installation: Installation,
) -> None:
    document = "{ organisations(first: 400) { edges { node { projects(first: 9999) { id } } } } }"
    assert len(execute(installation, document)["errors"]) == MAX_ERRORS


def test_what_is_far_too_large_is_measured_before_it_is_checked(
    installation: Installation,
) -> None:
    spreads, fields = "...f " * 3_000, "statistics { total } " * 1_500
    answer = execute(installation, f"{{ {spreads} }} fragment f on Query {{ {fields} }}")
    assert [one["extensions"]["code"] for one in answer["errors"]] == ["TOO_MANY_ROOT_FIELDS"]


def test_no_large_plan_is_kept(installation: Installation) -> None:
    many = " ".join(f"a{n}: label" for n in range(MAX_KEPT_FIELDS))
    large = f"query($n: Int!) {{ organisations(first: $n) {{ edges {{ node {{ {many} }} }} }} }}"
    assert len(large) <= MAX_KEPT_CHARACTERS
    kept = DOCUMENTS._plans
    for n, more in ((0, 1), (1, 0), (0, 1)):  # it grows when it meets the first thing
        assert "errors" not in execute(installation, large, {"n": n})
        assert sum(key[0] == large for key in kept) == more
