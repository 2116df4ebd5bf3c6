"""Who reaches what over the API: nobody out of reach, nothing by a token that ended, no role out of a body."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ledger.access.actions import Action
from ledger.accounts.tokens import Tokens
from tests.api.support import Program, problem, program, said
from tests.api.test_core import operations
from tests.web.people import NORTH, School, school_in
from tests.web.support import FIRST_DAY, Small
from web.ledgers import ledgers_of

NOBODY = "00000000-0000-4000-8000-000000000000"
ENTITLED = ("us-tx/prior-instruction", "any_time")
"""A status on record, and a fact that reads an entitlement."""

EVIDENCE = {"competencies": ["A1.5"], "kind": "exam", "purpose": "summative", "level": "3", "occurred": "2026-05-20"}


@pytest.fixture(scope="module")
def school(made: Small, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """Return a school with people of many roles."""
    yield from school_in(made.home, tmp_path_factory.mktemp("reach"))


def addresses(school: School, learner: str, position: int) -> list[tuple[str, str]]:
    """Return every operation about a learner or a decision, with its address below the ledger."""
    found = []
    for method, path, _ in operations(school.app):
        below = path.partition("{scope}")[2]
        if "{learner}" in below or "/decisions/{position}" in below or "/events/{position}" in below:
            names = {"learner": learner, "position": str(position), "evidence": NOBODY, "digest": "0" * 64}
            found.append((method, below.format(**names)))
    return found


def decided(school: School, name: str) -> int:
    """Return the position of a decision about a learner."""
    rows = said(program(school.app, "reg").get(f"/decisions?learner={school.learners[name]}"))["rows"]
    return int(rows[0]["position"])


def asked(sender: Program, method: str, address: str) -> tuple[int, str]:
    """Send something to an address, and return status and kind of the problem."""
    response = sender.get(address) if method == "get" else sender.post(address, {})
    return problem(response)[:2]


@pytest.mark.parametrize("who", ["adm", "pri", "tea"])
def test_whoever_is_elsewhere_is_not_there(school: School, who: str) -> None:
    """A learner of another school answers at every address as one that was never on record: 404."""
    sender = program(school.app, who)
    theirs = addresses(school, school.learners["S-4"], decided(school, "S-4"))
    nobodys = addresses(school, NOBODY, 999_999)
    told = {(method, address): asked(sender, method, address) for method, address in [*theirs, *nobodys]}

    assert len(theirs) > 20
    assert {each for each, answer in told.items() if answer != (404, "not-found")} == set()


def test_lists_leave_out_whoever_is_elsewhere(school: School) -> None:
    """Neither a list nor a search names a learner of another school, and another ledger is not there."""
    sender = program(school.app, "adm")
    listed = {one["learner"] for one in said(sender.get("/learners?limit=100"))["rows"]}
    decisions = said(sender.get(f"/decisions?learner={school.learners['S-4']}"))

    assert listed == {school.learners[name] for name in ("S-1", "S-2", "S-3")}
    assert decisions["rows"] == []
    assert problem(sender.get("/learners", under="/api/v1/ledgers/us-ok"))[:2] == (404, "not-found")


def test_evidence_in_bulk_reaches_no_further(school: School) -> None:
    """A line about a learner of another school is refused as one about nobody is."""
    lines = [
        {**EVIDENCE, "key": f"elsewhere-{number}", "learner": learner}
        for number, learner in enumerate((school.learners["S-1"], school.learners["S-4"], NOBODY))
    ]
    data = "\n".join(map(json.dumps, lines)).encode()
    response = program(school.app, "tea").post("/evidence", data=data, content_type="application/x-ndjson")
    good, elsewhere, nobody = map(json.loads, response.text.splitlines())

    assert (response.status_code, good["status"]) == (200, "recorded")
    assert elsewhere["status"] == nobody["status"] == "refused"
    assert elsewhere["detail"].replace(school.learners["S-4"], "") == nobody["detail"].replace(NOBODY, "")


@pytest.mark.parametrize("field", ["role", "actor", "author", "person", "position", "recorded"])
def test_no_role_comes_out_of_a_body(school: School, field: str) -> None:
    """Who acts and as what follows from the token: a field that says otherwise is none."""
    body = {**EVIDENCE, field: "registrar"}
    found = said(program(school.app, "tea").post(f"/learners/{school.learners['S-1']}/evidence", body), 422)["errors"]

    assert [(one["pointer"], one["message"]) for one in found] == [(f"/{field}", "There is no field of this name.")]


def test_nobody_gives_more_than_they_hold(school: School) -> None:
    """A teacher gives no role, an admin of one school none elsewhere, above, about others, or to themselves."""
    body = {"person": "x.new", "role": "teacher", "first_day": "2026-06-05"}
    teacher, admin = program(school.app, "tea"), program(school.app, "adm")
    refused = [
        problem(admin.post("/grants", {**body, **more}))[0]
        for more in (
            {},
            {"organisation": "us-tx/pine-valley"},
            {"organisation": "us-tx/pine-valley/south"},
            {"learner": school.learners["S-4"]},
            {"organisation": NORTH, "role": "state director"},
            {"organisation": NORTH, "person": "adm"},
        )
    ]

    assert problem(teacher.post("/grants", {**body, "organisation": NORTH}))[:2] == (403, "forbidden")
    assert set(refused) <= {403, 404, 409, 422}
    assert said(admin.post("/grants", {**body, "organisation": NORTH}))["role"] == "teacher"


def tokens(school: School, now: str) -> tuple[Tokens, str]:
    """Return the tokens of the home under a clock, and the registrar."""
    known = ledgers_of(school.app)
    vault = known.open("us-tx").ledger.vault
    return Tokens(known.access, vault, lambda: now), vault.person_id("reg")


def answer(school: School, authorization: str | None, address: str = "/learners") -> tuple[int, str]:
    """Ask with a header, and return status and kind."""
    headers = {} if authorization is None else {"Authorization": authorization}
    return problem(school.app.test_client().get(f"/api/v1/ledgers/us-tx{address}", headers=headers))[:2]


def test_a_token_that_ended_opens_nothing(school: School) -> None:
    """One that expired, one that was revoked, one in another form, none at all: all are answered alike."""
    early, person = tokens(school, "2026-05-01T00:00:00.000000Z")
    all_of_it = frozenset({Action.LIST_LEARNERS})
    expired, revoked = (early.make(person, "tests", all_of_it, all_of_it, days) for days in (30, 300))
    assert said(Program(school.app.test_client(), revoked).get("/learners"))["rows"] != []
    early.revoke(person, revoked.split("_")[1])
    wrong = [None, "", "Bearer", f"Bearer {expired}", f"Bearer {revoked}", f"Basic {revoked}", f"Bearer {revoked}x"]

    assert {answer(school, one) for one in wrong} == {(401, "unauthorized")}


def test_a_token_allows_what_it_was_made_for(school: School) -> None:
    """A token for one action opens nothing else, whatever the person behind it may do."""
    made, person = tokens(school, "2026-06-01T00:00:00.000000Z")
    may = frozenset({Action.LIST_LEARNERS, Action.READ_POLICIES})
    token = f"Bearer {made.make(person, 'tests', {Action.READ_POLICIES}, may, 30)}"

    assert answer(school, token)[0] in (403, 404)
    assert answer(school, token, "/reads")[0] in (403, 404)
    assert school.app.test_client().get("/api/v1/policies", headers={"Authorization": token}).status_code == 200


def test_entitlements_are_cut_for_whoever_may_not_read_them(school: School) -> None:
    """What hangs on an entitlement is told to a registrar, and at no address to a principal or a teacher."""
    reads = [
        address
        for position in (decided(school, "S-2"), *_examinations(school))
        for method, address in addresses(school, school.learners["S-2"], position)
        if method == "get"
    ]
    told: dict[str, Any] = {
        who: {one for one in reads if any(each in program(school.app, who).get(one).text for each in ENTITLED)}
        for who in ("reg", "pri", "tea")
    }

    assert f"/learners/{school.learners['S-2']}" in told["reg"]
    assert {one for one in told["reg"] if one.startswith("/decisions/")} != set()
    assert told["pri"] | told["tea"] == set()


def _examinations(school: School) -> Iterator[int]:
    """Yield the decisions about the course a status is about."""
    rows = said(program(school.app, "reg").get(f"/decisions?limit=100&learner={school.learners['S-2']}"))["rows"]
    yield from (one["position"] for one in rows if "SPAN2" in json.dumps(one))


def test_a_role_that_ended_ends_its_tokens(school: School) -> None:
    """Where the role behind a token no longer holds, the token opens nothing of it."""
    registrar, admin = program(school.app, "tester"), program(school.app, "adm")
    given = said(
        admin.post(
            "/grants", {"person": "x.gone", "role": "teacher", "first_day": str(FIRST_DAY), "organisation": NORTH}
        )
    )
    gone = program(school.app, "x.gone")
    before = gone.get("/learners").status_code
    tag = registrar.get(f"/grants/{given['grant']}").headers["ETag"]
    said(registrar.post(f"/grants/{given['grant']}/end", {"last_day": "2026-06-04"}, tag=tag))

    assert before == 200
    assert gone.get("/learners").status_code in (403, 404)
