"""The pages about access: roles given and ended in a browser, and what was read, written down and shown."""

import csv
import io
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger.application.granting import show_readers
from tests.web.people import HERE, NORTH, SOUTH, School, school_in
from tests.web.support import author, rows, words
from web.ledgers import ledgers_of


@pytest.fixture
def school(untouched: Path, tmp_path: Path) -> Iterator[School]:
    """Return a school of one's own with people of many roles."""
    yield from school_in(untouched, tmp_path)


def sent(client: FlaskClient, page: str, to: str | None = None, **fields: str) -> TestResponse:
    """Send a form from a page."""
    hidden = dict(re.findall(r'<input type="hidden" name="(token|command)" value="([^"]*)">', client.get(page).text))
    return client.post(to or page, data={**hidden, **fields}, headers=HERE)


def give(client: FlaskClient, page: str = "/us-tx/access", **fields: str) -> TestResponse:
    """Send the form that gives a role."""
    wanted = {"person": "new.one", "role": "teacher", "place": NORTH, "section": "1", "first_day": "2026-06-01"}
    return sent(client, page, **{**wanted, **fields})


def grants(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    """Return the grants listed."""
    found: list[dict[str, Any]] = client.get(f"/us-tx/access.json{query}").get_json()
    return found


def test_a_role_given_in_a_browser_counts_at_once_and_ended_no_more(school: School) -> None:
    """From the page after it was given its holder opens the class, and from the page after its end nothing."""
    admin = school.as_("adm")
    answered = give(admin)
    teacher = school.as_("new.one")
    learner = f"/us-tx/learners/{school.learners['S-1']}"
    opened = teacher.get(learner)
    grant = next(row for row in grants(admin) if row["person"] == "new.one")
    asked = admin.get(f"/us-tx/access/end/{grant['grant']}")
    ended = sent(admin, f"/us-tx/access/end/{grant['grant']}", last_day="2026-06-04", reason="left")

    assert (303, "/us-tx/access?done=given") == (answered.status_code, answered.headers["Location"])
    assert ("section 1 of " + NORTH, "adm", "holds") == (grant["where"], grant["given_by"], grant["state"])
    assert [200, 200, 303, 404] == [one.status_code for one in (opened, asked, ended, teacher.get(learner))]
    assert [] == [row for row in grants(admin) if row["person"] == "new.one"]
    assert ["over"] == [row["state"] for row in grants(admin, "?state=any&who=NEW")]
    assert "The role is ended" in words(admin.get("/us-tx/access?done=ended"))


ESCALATIONS = [
    ({"role": "state director", "section": "", "place": "us-tx"}, 409),
    ({"role": "state director", "section": ""}, 422),
    ({"role": "auditor", "section": ""}, 409),
    ({"role": "district admin", "section": "", "place": "us-tx"}, 409),
    ({"role": "district admin", "section": "", "place": ""}, 409),
    ({"place": SOUTH}, 409),
    ({"person": "adm", "role": "registrar", "section": ""}, 409),
    ({"role": "guardian", "section": "", "place": "", "learner": "S-4"}, 422),
    ({"role": "head of state"}, 422),
    ({"role": "principal"}, 422),
    ({"person": ""}, 422),
    ({"first_day": "soon"}, 422),
    ({"last_day": "2026-05-01"}, 422),
    ({"role": "guardian", "learner": "S-1"}, 422),
    ({"role": "guardian", "learner": "S-99", "section": ""}, 422),
]


@pytest.fixture(scope="module")
def standing(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Return a school in whose ledger nothing is written."""
    yield from school_in(untouched, tmp_path_factory.mktemp("standing"))


@pytest.mark.parametrize(("fields", "status"), ESCALATIONS)
def test_nobody_gets_further_than_their_own_place(standing: School, fields: dict[str, str], status: int) -> None:
    """What the admin of a school may not give is refused in a sentence, the form is kept, and nothing is written."""
    admin = standing.as_("adm")
    before = grants(admin, "?state=any")
    answered = give(admin, **fields)
    page = words(answered)

    assert status == answered.status_code
    assert "Nothing was sent on" in page
    assert before == grants(admin, "?state=any")


def test_who_may_not_give_roles_cannot_send_the_form(standing: School) -> None:
    """A teacher, a guardian and an auditor have no form, and what they send anyway is refused."""
    for name in ("tea", "gua", "aud"):
        client = standing.as_(name)

        assert 403 == give(client, "/us-tx/access/me", to="/us-tx/access").status_code
    assert "Give a role" not in words(standing.as_("aud").get("/us-tx/access"))
    assert 403 == standing.as_("tea").get("/us-tx/access").status_code


def test_a_guardian_is_given_one_learner_and_sees_that_one(school: School) -> None:
    """Named by the id of the school's own system, within the reach of whoever gives the role."""
    admin = school.as_("adm")
    answered = give(admin, person="mum", role="guardian", section="", place="", learner="S-2")
    page = school.as_("mum").get("/us-tx/access/me.json").get_json()

    assert 303 == answered.status_code
    assert [("guardian", "Mei Lindqvist")] == [(one["grant"]["role"], one["grant"]["where"]) for one in page]
    assert "read your own targets" in page[0]["allows"]


def test_one_s_own_last_grant_is_ended_with_a_word_alone(school: School) -> None:
    """Where nobody else could give roles the page asks, and does it once the box is ticked."""
    director, registrar = school.as_("dir"), school.as_("reg")
    for row in grants(director):
        if row["role"] in ("district admin", "state director") and row["person"] not in ("dir", "adm"):
            assert sent(director, f"/us-tx/access/end/{row['grant']}", last_day="2026-06-04").status_code == 303
    own = next(row["grant"] for row in grants(director) if row["person"] == "dir")
    page = f"/us-tx/access/end/{own}"
    refused = sent(director, page, last_day="2026-06-04")
    wrong = sent(director, page, last_day="never")
    done = sent(director, page, last_day="2026-06-04", leaves_nobody="yes")

    assert [409, 422, 303] == [one.status_code for one in (refused, wrong, done)]
    assert "nobody could give roles in us-tx any more" in words(refused)
    assert 404 == director.get("/us-tx/access").status_code
    assert 200 == registrar.get("/us-tx/learners").status_code


def test_who_holds_what_is_listed_within_reach(standing: School) -> None:
    """The admin of a school sees who holds roles there; an auditor all of it, and no guardian by a name."""
    seen = {row["person"] for row in grants(standing.as_("adm"))}
    guardians = [row for row in grants(standing.as_("aud")) if row["role"] == "guardian"]
    table = list(csv.DictReader(io.StringIO(standing.as_("adm").get("/us-tx/access.csv?held=teacher").text)))

    assert {"pri", "adm", "tea", "gua", "sol"} == seen
    assert [("person", "learner")] == [(row["person"].split()[0], row["where"].split()[0]) for row in guardians]
    assert ["tea"] == [row["person"] for row in table]
    assert "Nobody holds such a role here" in words(standing.as_("adm").get("/us-tx/access?held=counsellor"))


def read(school: School, query: str = "") -> list[dict[str, Any]]:
    """Return what the log says."""
    return rows(school.as_("aud"), f"/us-tx/access/log.json{query}")


def test_what_is_read_is_written_down_and_one_s_own_is_not(school: School) -> None:
    """A record opened names the learner, a list how many; a page about nobody, a refusal and one's own say nothing."""
    learner, client = school.learners["S-1"], school.as_("tea")
    for address in (
        f"learners/{learner}",
        "learners.csv",
        "learners",
        "policies",
        f"learners/{school.learners['S-4']}",
    ):
        client.get(f"/us-tx/{address}").get_data()
    school.as_("sol").get(f"/us-tx/learners/{learner}/readers")
    said = [(row["who"], row["role"], row["what"], row["learner"], row["learners"]) for row in reversed(read(school))]

    assert [
        ("tea", "teacher", "read a learner's record", learner, 1),
        ("tea", "teacher", "list learners", None, 2),
        ("tea", "teacher", "list learners", None, 2),
    ] == said


def test_the_log_is_searched(school: School) -> None:
    """By person, learner, action and day; an unknown person finds nothing; the CSV holds every row."""
    learner = school.learners["S-1"]
    school.as_("tea").get(f"/us-tx/learners/{learner}")
    school.as_("pri").get("/us-tx/decisions")
    queries = {
        "": 2,
        "?person=tea": 1,
        "?person=nobody": 0,
        f"?learner={learner}": 1,
        "?learner=S-1": 0,
        "?action=list+decisions": 1,
        "?from=2026-06-05&to=2026-06-05": 2,
        "?to=2026-06-04": 0,
        "?from=2026-06-06": 0,
        "?rows=1": 1,
    }

    assert queries == {query: len(read(school, query)) for query in queries}
    assert 3 == len(school.as_("aud").get("/us-tx/access/log.csv").text.splitlines())
    assert "No reading matches" in words(school.as_("aud").get("/us-tx/access/log?person=nobody"))
    assert 403 == school.as_("tea").get("/us-tx/access/log").status_code


def test_what_cannot_be_written_down_is_not_shown(school: School) -> None:
    """With a log that refuses, a record is not opened; policies are read on."""
    ledgers_of(school.app).reads.close()
    school.home.joinpath("reads.db").unlink(missing_ok=True)
    school.home.joinpath("reads.db").mkdir()
    client = school.as_("tea")
    answered = client.get(f"/us-tx/learners/{school.learners['S-1']}")

    assert 503 == answered.status_code
    assert "Sol" not in answered.text
    assert 200 == client.get("/us-tx/policies").status_code


def test_the_log_is_only_added_to(school: School) -> None:
    """Whoever opens the file changes no line and removes none."""
    school.as_("tea").get(f"/us-tx/learners/{school.learners['S-1']}")
    with sqlite3.connect(school.home / "reads.db") as connection:
        for statement in ("DELETE FROM reads", "UPDATE reads SET person = 'x'"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                connection.execute(statement)
    connection.close()

    assert 1 == len(read(school))


def test_a_family_sees_who_looked_by_role_unless_the_district_hides_it(school: School) -> None:
    """Names of staff are never told; once hidden, the page says that it is not shown."""
    address = f"/us-tx/learners/{school.learners['S-1']}/readers"
    school.as_("tea").get(f"/us-tx/learners/{school.learners['S-1']}")
    shown = school.as_("gua").get(address)
    told = school.as_("gua").get(f"{address}.json").get_json()
    with school.ledger() as ledger:
        show_readers(ledger, author(ledger), shown=False)
    hidden = school.as_("gua").get(address)

    assert "teacher" in words(shown)
    assert [("teacher", "read a learner's record")] == [(one["role"], one["what"]) for one in told["reads"]]
    assert "tea<" not in shown.text
    assert "Your district does not show this here" in words(hidden)
    assert 403 == school.as_("tea").get(address).status_code
