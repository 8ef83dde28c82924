"""On the network page: who joins two circles, and what changed between two years."""

from __future__ import annotations

from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from api.wiring import Installation
from graph.network import brokers, change


def section(client: TestClient, address: str, id_: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser").find("section", {"aria-labelledby": id_})


def test_bridges_name_the_circles_that_they_join(client: TestClient) -> None:
    found = section(client, "/en/network", "bridges")
    rows = found.find("tbody").find_all("tr")
    assert rows
    assert all(len(row.find_all("li")) >= 2 for row in rows)


def test_two_circles_have_their_own_bridges(client: TestClient, installation: Installation) -> None:
    data = installation.snapshot
    found = section(client, "/en/network?circle=0&other=2", "bridges")
    names = [row.find("a").text for row in found.find("tbody").find_all("tr")]
    joining = [
        data.network.node(one.id).label("en")
        for one in brokers(data.network, data.survey.betweenness, data.survey.community, None)
        if {0, 2} <= set(one.communities)
    ]
    assert names == joining[: len(names)]
    chosen = [option["value"] for option in found.find_all("option", selected=True)]
    assert chosen == ["0", "2"]


def test_a_change_lists_both_years_and_counts_the_whole(
    client: TestClient, installation: Installation
) -> None:
    city = installation.snapshot.network
    told = change(city, 2022, 2023)
    for address in ("/en/network?before=2022&after=2023", "/en/network?before=2023&after=2022"):
        found = section(client, address, "changed")
        heads = [one.text for one in found.find_all("h3")]
        assert heads == ["New in 2023", "Only in 2022"]
        counts = [one.text for one in found.find_all("h4")]
        assert counts[0] == f"Things: {len(told.things_new)}"
        assert counts[3] == f"Links: {len(told.links_gone)}"
        assert f"{told.links_kept} links" in found.text


def test_one_year_alone_is_asked_for_the_other(client: TestClient) -> None:
    for address, word in (
        ("/en/network?before=2022", "both years"),
        ("/ro/network?after=2022", "amândoi anii"),
    ):
        answer = client.get(address)
        assert answer.status_code == 400
        assert word in answer.text
    assert client.get("/en/network?before=then&after=2023").status_code == 400
    assert client.get("/en/network?circle=999999").status_code == 200
