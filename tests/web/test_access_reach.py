"""What the pages show to whom: nobody outside of reach, no name and no entitlement to the wrong eyes."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.people import School, school_in
from tests.web.support import PEOPLE, rows, words
from web.access import SIGNED_IN, Need

NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def school(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Return a school with people of many roles; nothing is written to its ledger."""
    yield from school_in(untouched, tmp_path_factory.mktemp("reach"))


def test_every_address_declares_what_it_needs(school: School) -> None:
    """No address of the application is open because somebody forgot to say who may open it."""
    undeclared = {
        str(rule)
        for rule in school.app.url_map.iter_rules()
        if rule.endpoint != "static"
        for view in [school.app.view_functions[rule.endpoint]]
        if not hasattr(view, "need") or not (view.need in (None, SIGNED_IN) or isinstance(view.need, Need))
    }

    assert undeclared == set()


def test_an_address_that_declares_nothing_is_open_to_nobody(untouched: Path, tmp_path: Path) -> None:
    """Not even to somebody who holds every role."""
    for one in school_in(untouched, tmp_path):
        one.app.add_url_rule("/<scope>/forgotten", "scoped.forgotten", lambda: "shown")
        response = one.as_("tester").get("/us-tx/forgotten")

        assert response.status_code == 403
        assert "declares no action" in words(response)


@pytest.mark.parametrize(
    ("who", "expected"),
    [("reg", {*"123456"}), ("pri", {"1", "2", "3"}), ("tea", {"1", "2"}), ("adm", {"1", "2", "3"})],
)
def test_lists_hold_whom_one_reaches(school: School, who: str, expected: set[str]) -> None:
    """As a page, as JSON and as CSV: learners and decisions about them, and the counts of the overview."""
    client = school.as_(who)
    with school.ledger() as ledger:
        reached = {str(ledger.vault.find(f"S-{number}")) for number in expected}
    listed = {row["learner"] for row in rows(client, "/us-tx/learners.json")}
    table = list(csv.DictReader(io.StringIO(client.get("/us-tx/learners.csv").text)))
    decided = {row["learner"] for row in csv.DictReader(io.StringIO(client.get("/us-tx/decisions.csv").text))}
    front = client.get("/us-tx/overview.json").get_json()

    assert reached == listed == {row["learner"] for row in table}
    assert reached == decided
    assert len(reached) == front["overview"]["learners"]
    assert {row["learner"] for row in front["recent"]} <= reached
    assert ("the learners you reach" in words(client.get("/us-tx/"))) is (who != "reg")


ADDRESSES = (
    "/us-tx/learners/{}",
    "/us-tx/learners/{}.json",
    "/us-tx/learners/{}/decisions/3",
    "/us-tx/learners/{}/readers",
    "/us-tx/learners/{}?as_of=2026-01-01",
)


@pytest.mark.parametrize("who", ["tea", "pri", "gua"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_out_of_reach_is_as_if_it_were_not_there(school: School, who: str, address: str) -> None:
    """A learner of another school and an id that nobody has get the very same answer."""
    client = school.as_(who)
    theirs, nobodys = (client.get(address.format(learner)) for learner in (school.learners["S-4"], NOBODY))

    assert (404, 404) == (theirs.status_code, nobodys.status_code)
    assert theirs.text.replace(school.learners["S-4"], "") == nobodys.text.replace(NOBODY, "")


def test_decisions_and_ledgers_out_of_reach_are_not_there_either(school: School) -> None:
    """The position of another learner's decision is like one that does not exist; so is another ledger."""
    client = school.as_("tea")
    theirs = rows(school.as_("reg"), f"/us-tx/decisions.json?learner={school.learners['S-4']}")[0]["position"]
    answers = [client.get(f"/us-tx/decisions/{position}.json") for position in (theirs, 999_999_999)]
    ledgers = [client.get(f"/{scope}/learners.json") for scope in ("us-ny", "us-zz")]

    assert [404, 404] == [one.status_code for one in answers]
    assert answers[0].data == answers[1].data
    assert [404, 404] == [one.status_code for one in ledgers]
    assert ledgers[0].data == ledgers[1].data


def names_in(client: FlaskClient, address: str) -> list[str]:
    """Return the names of learners that an answer holds."""
    text = client.get(address).text
    return [name for given, family, _ in PEOPLE[:2] for name in (given + " " + family,) if name in text]


def test_names_are_for_those_who_may_see_them(school: School) -> None:
    """A director and an auditor get pseudonyms in every form; an auditor finds nobody by a name or another id."""
    director, auditor, registrar = (school.as_(name) for name in ("dir", "aud", "reg"))
    learner, lists = school.learners["S-1"], ["/us-tx/decisions", "/us-tx/decisions.json", "/us-tx/decisions.csv"]
    seen = [f"/us-tx/learners/{learner}", f"/us-tx/learners/{learner}.json", "/us-tx/learners", "/us-tx/learners.csv"]

    assert [] == [address for address in lists if names_in(director, address)]
    assert [] == [address for address in [*lists, *seen] if names_in(auditor, address)]
    assert [] == [address for address in [*lists[2:], *seen] if not names_in(registrar, address)]
    assert [0, 0, 0, 1] == [len(rows(auditor, f"/us-tx/learners.json?q={q}")) for q in ("Sol", "S-1", "Abara", learner)]
    assert [1, 1] == [len(rows(registrar, f"/us-tx/learners.json?q={q}")) for q in ("Sol", "S-1")]
    assert 403 == director.get("/us-tx/learners").status_code


def test_what_is_not_opened_is_not_led_to(school: School) -> None:
    """A director's list of decisions names no page that a director may not open."""
    page = school.as_("dir").get("/us-tx/decisions").text

    assert f"/us-tx/learners/{school.learners['S-1']}" not in page
    assert 403 == school.as_("dir").get(f"/us-tx/learners/{school.learners['S-1']}").status_code


def test_entitlements_are_for_those_who_may_see_them(school: School) -> None:
    """A status on record is in a registrar's view of a learner, and in a principal's neither as page nor as JSON."""
    address = f"/us-tx/learners/{school.learners['S-2']}"
    told = {
        who: ["us-tx/prior-instruction" in school.as_(who).get(address + form).text for form in ("", ".json")]
        for who in ("reg", "aud", "pri", "tea")
    }

    assert {"reg": [True, True], "aud": [True, True], "pri": [False, False], "tea": [False, False]} == told


def test_a_program_s_role_is_nothing_at_a_browser(school: School) -> None:
    """An integrator opens the policies, and neither learners nor decisions."""
    client = school.as_("int")

    assert [200, 403, 403] == [
        client.get(f"/us-tx/{page}").status_code for page in ("policies", "learners", "decisions")
    ]


def test_families_open_what_is_about_nobody(school: School) -> None:
    """A guardian reads the policies here, and no list of people."""
    client = school.as_("gua")

    assert 200 == client.get("/us-tx/policies").status_code
    assert 403 == client.get("/us-tx/learners").status_code
    assert 404 == client.get("/us-tx~pine-valley/policies").status_code
