"""The pages about frameworks: what aligns them, how one is covered, and priority standards."""

import csv
import io
from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient

from ledger.application import Ledger
from ledger.application.governing import define_scale, designate, pull_upstream
from tests.support.frameworks import aligned, beside, state_framework
from tests.support.ledgers import AUTHORITY, FOUR_LEVELS, NOON, adopted, author, opened, record
from tests.web.support import sign_in, staff, words
from web import create_app
from web.ledgers import ledgers_of

ADA, BEN = "0aa00000-0000-4000-8000-000000000001", "0aa00000-0000-4000-8000-000000000002"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Return a browser of a state's ledger with two frameworks side by side, and of one with the state's alone."""
    home = tmp_path_factory.mktemp("side by side")
    with beside(opened(home)) as ledger:
        _fill(ledger)
        staff(ledger)
        with opened(home, "us-xx/low", kind="district", parent="us-xx", upstream="us-xx") as district:
            pull_upstream(district, author(district), ledger)
    with beside(opened(home, "us-yy"), state_framework()) as ledger:
        staff(ledger)
    with opened(home, "us-zz") as ledger:
        staff(ledger)
    app = create_app(home, clock=lambda: NOON, environment={})
    yield sign_in(app.test_client(), "tester")
    ledgers_of(app).close()


def _fill(ledger: Ledger) -> None:
    define_scale(ledger, author(ledger), FOUR_LEVELS)
    adopted(ledger, "competency-based/mastery")
    aligned(ledger, "PV.1", "S.1", first_day=date(2026, 4, 1))
    aligned(ledger, "PV.2", "S.1", "isPartOf")
    aligned(ledger, "PV.2", "S.2", "isPeerOf", last_day=date(2099, 12, 31))
    aligned(ledger, "PV.1", "S.4", "isRelatedTo")
    record(ledger, ADA, "a1", "PV.1", occurred="2026-05-01")
    record(ledger, ADA, "a2", "PV.1", kind="exam", occurred="2026-05-02")
    record(ledger, BEN, "b1", "S.1", occurred=None)
    designate(ledger, author(ledger), ["S.1", "S.2"], "ALG", first_day=date(2026, 1, 1), authority=AUTHORITY)
    designate(ledger, author(ledger), ["S.2"], "ALG", first_day=date(2026, 6, 1), authority=AUTHORITY, priority=False)


COVERAGE = "/us-xx/frameworks/state-framework/coverage"


def test_frameworks_are_listed_with_what_aligns_them(client: FlaskClient) -> None:
    """The first page names each framework, how many alignments begin and end in it, and each alignment."""
    said = words(client.get("/us-xx/frameworks"))

    assert "State framework state-framework 4 4 0 here see how State framework is covered" in said
    assert "Local framework local-framework 3 0 4 here" in said
    assert "Alignments that hold today: 4" in said
    assert "PV.2 Local 2 stands beside isPeerOf S.2 Standard 2 1 January 2026 to 31 December 2099" in said
    assert f'href="{COVERAGE}"' in client.get("/us-xx/frameworks").text


def test_a_district_names_where_a_framework_came_from(client: FlaskClient) -> None:
    """What was received from above says from which ledger."""
    origin = client.get("/us-xx/frameworks.json").get_json()
    below = client.get("/us-xx~low/frameworks.json").get_json()

    assert {""} == {row["origin"] for row in origin}
    assert all(row["origin"].startswith("ledger.invalid/us-xx/") for row in below)


def test_a_ledger_without_frameworks_says_what_to_do(client: FlaskClient) -> None:
    """The empty page names the command that brings one in."""
    assert "Bring one in with mastery import framework" in words(client.get("/us-zz/frameworks"))


def test_coverage_has_the_gaps_first(client: FlaskClient) -> None:
    """Sections stand in the order of the gaps, and partial alignments are marked."""
    said = words(client.get(COVERAGE))
    headings = (
        "No local competency is aligned to it: 1",
        "Aligned, and never evidenced: 1",
        "In part only: 1",
        "Covered: 1",
        "Local competencies aligned to nothing: 1",
    )

    assert sorted(headings, key=said.index) == list(headings)
    assert "Beside it stands Local framework. This counts what is there and moves no decision." in said
    assert "PV.1 says the same as it PV.2 is a part of it in part 2 3 1 2 May 2026" in said
    assert "PV.1 has to do with it in part 0 0 0 – 1" in said


def test_coverage_looks_back(client: FlaskClient) -> None:
    """A day and a position are kept in the form, and change what is shown."""
    early = client.get(f"{COVERAGE}.json?on=2026-03-31").get_json()
    known = client.get(f"{COVERAGE}.json?known_at=3").get_json()
    page = client.get(f"{COVERAGE}?on=2026-03-31&known_at=9").text

    assert {"S.1": "in part"}.items() <= {one["code"]: one["state"] for one in early["standards"]}.items()
    assert ([], 3) == (known["locals"], known["position"])
    assert 'value="2026-03-31"' in page
    assert 'value="9"' in page


def test_coverage_without_a_local_framework_says_so(client: FlaskClient) -> None:
    """Where nothing stands beside it the page says what counts then."""
    assert "No local framework stands beside it" in words(client.get("/us-yy/frameworks/state-framework/coverage"))


def test_coverage_is_a_table_too(client: FlaskClient) -> None:
    """CSV has a line for each standard and each loose competency."""
    response = client.get(f"{COVERAGE}.csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))

    assert ["S.3", "S.2", "S.4", "S.1", "PV.3"] == [row["code"] for row in rows]
    assert ("PV.1", "PV.2") == (rows[3]["aligned"], rows[3]["aligned_in_part"])
    assert 'attachment; filename="coverage.csv"' == response.headers["Content-Disposition"]
    assert 2 == len(client.get("/us-xx/frameworks.csv").text.splitlines()) - 1


@pytest.mark.parametrize(
    ("address", "status"),
    [(f"{COVERAGE}?on=soon", 400), (f"{COVERAGE}?known_at=999", 400), ("/us-xx/frameworks/none/coverage", 404)],
)
def test_what_cannot_be_shown_is_answered_with_a_sentence(client: FlaskClient, address: str, status: int) -> None:
    """A day that is none, a position not reached and a framework there is not are told."""
    response = client.get(address)

    assert status == response.status_code
    assert "<h1>" in response.text


def test_priority_standards_name_body_and_person(client: FlaskClient) -> None:
    """What is in force is listed with the body, the minute, and who entered it."""
    said = words(client.get("/us-xx/frameworks/designations"))

    assert "S.1 Standard 1 ALG academic in force 1 January 2026 State board of education" in said
    assert ", minute 1" in said
    assert "S.2 Standard 2" not in said


def test_all_designations_may_be_asked_for(client: FlaskClient) -> None:
    """What was taken back is listed with the word that did so, as rows and as a table."""
    rows = client.get("/us-xx/frameworks/designations.json?all=1").get_json()
    table = client.get("/us-xx/frameworks/designations.csv?all=1&course=ALG").text

    assert ["in force", "taken back", "takes back"] == [row["state"] for row in rows]
    assert 4 == len(table.splitlines())


def test_a_course_without_priority_standards_says_so(client: FlaskClient) -> None:
    """An empty list says that nothing is designated."""
    said = words(client.get("/us-xx/frameworks/designations?course=GEOM&on=2020-01-01"))

    assert "No priority standard is designated for this course on this day." in said
