"""Every page there is, by name: its address in the home of the tests, who looks at it, and what it answers.

A new page gets one line here, and one for each of its states: empty, pending, refused. What is to be done
before it is looked at, such as sending a form that is not filled in, stands in `act`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import APIRequestContext, FilePayload, Page

from tests.web.piloting import PILOT
from tests.web.support import Small
from tests.web.teaching import CLASS

Find = Callable[[APIRequestContext, Small], str]

MASTERY = "competency-based/mastery@2000-01-01"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: an address, or how it is found; who is signed in; the status it answers with; what is done there.

    What is done leads to an address like `leads`, which the endpoint `shows` answers.
    """

    address: str | Find
    who: str = "tester"
    status: int = 200
    act: Callable[[Page], Any] | None = None
    leads: str = "**"
    shows: str = ""

    def find(self, request: APIRequestContext, small: Small) -> str:
        """Return the address."""
        return self.address if isinstance(self.address, str) else self.address(request, small)


def learner(rest: str = "") -> Find:
    """Find an address about a learner."""
    return lambda _request, small: f"/us-tx/learners/{small.learners['S-4']}{rest}"


def decision(question: str, learner: str, rest: str = "") -> Find:
    """Find the newest decision of a question about a learner."""

    def find(request: APIRequestContext, small: Small) -> str:
        asked = f"/us-tx/decisions.json?question={question}&learner={small.learners[learner]}"
        rows: list[dict[str, Any]] = request.get(asked).json()["rows"]
        return f"/us-tx/decisions/{rows[0]['position']}{rest}"

    return find


def policy(name: str) -> Find:
    """Find a policy that was archived."""

    def find(request: APIRequestContext, _: Small) -> str:
        listed = request.get("/us-tx/policies.json").json()
        return f"/us-tx/policies/archived/{next(row['digest'] for row in listed if row['policy'] == name)}"

    return find


def own(rest: str = "", code: str = "") -> Find:
    """Find an address of the targets of a learner; the target is named by the code of its competency."""

    def find(request: APIRequestContext, small: Small) -> str:
        page = f"/us-tx/my/{small.learners['S-4']}"
        if not code:
            return page + rest
        rows = request.get(f"{page}.json").json()["targets"]
        return page + rest + next(one["subject"]["key"] for one in rows if one["subject"]["code"] == code)

    return find


def grant(request: APIRequestContext, _: Small) -> str:
    """Find the page on which a role is ended."""
    return re.findall(r'href="(/us-tx/access/end/[^"]+)', request.get("/us-tx/access").text())[0]


def end_of_an_adoption(request: APIRequestContext, _: Small) -> str:
    """Find the page on which ending an adoption is proposed."""
    return re.findall(r'href="(/us-tx/changes/new/end/[^"]+)', request.get("/us-tx/changes/new").text())[0]


def job(request: APIRequestContext, _: Small) -> str:
    """Find the page of long work that is done."""
    return re.findall(r'href="(/us-tx/jobs/[^"?.]+)', request.get("/us-tx/jobs").text())[0]


def cell(request: APIRequestContext, _: Small) -> str:
    """Find a cell of the class."""
    row = request.get(f"{CLASS}.json").json()["rows"][0]
    return f"{CLASS}/learner/{row['learner']}/{row['cells'][0]['competency']}"


def evidence(request: APIRequestContext, small: Small) -> str:
    """Find the page of a piece of evidence of a learner."""
    known = request.get(f"/us-tx/learners/{small.learners['S-4']}.json").text()
    found = re.findall(r'"evidence_id": ?"([^"]+)"', known)
    return f"/us-tx/learners/{small.learners['S-4']}/evidence/{found[0]}"


def changed_learner(request: APIRequestContext, _: Small) -> str:
    """Find the page of a learner whose answer a change would alter."""
    listed = request.get("/us-tx/changes/1/preview").text()
    return re.findall(r'href="(/us-tx/changes/1/preview/[0-9a-f-]{36}[^"#]*)', listed)[0].replace("&amp;", "&")


def case(request: APIRequestContext, _: Small) -> str:
    """Find the page of the auditor's case."""
    return re.findall(r'href="(/us-tx/cases/[^"?#]+)"', request.get("/us-tx/cases").text())[0]


def policy_available(request: APIRequestContext, _: Small) -> str:
    """Find a policy that is installed and not archived."""
    return re.findall(r'href="(/us-tx/policies/available/[^"]+)', request.get("/us-tx/policies").text())[0]


def press(name: str) -> Callable[[Page], None]:
    """Press a button by what it says."""
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def send_a_transcript(page: Page) -> None:
    """Hold a small transcript against the ledger."""
    page.locator("#kind").select_option("transcript")
    file = FilePayload(name="transcript.csv", mimeType="text/csv", buffer=b"learner,course,award\nS-9,ALG1,\n")
    page.locator("#file").set_input_files(file)
    press("Hold it against the ledger")(page)


def record(button: str) -> Callable[[Page], None]:
    """Fill in one result, and record it."""

    def fill(page: Page) -> None:
        page.locator("#kind").select_option("observation")
        page.locator("#task").fill(f"Bridge {button} {page.viewport_size}")
        page.locator("select[name^='result.']").first.select_option("3")
        press(button)(page)

    return fill


PLACES: dict[str, Place] = {
    "sign-in": Place("/sign-in", who=""),
    "sessions": Place("/sign-in/sessions"),
    "ledgers": Place("/"),
    "overview": Place("/us-tx/"),
    "overview-empty": Place("/us-tx~pine-valley/"),
    "overview-teacher": Place("/us-tx/", who="a.teach"),
    "learners": Place("/us-tx/learners"),
    "learners-none": Place("/us-tx/learners?q=nobody"),
    "learner": Place(learner()),
    "learner-past": Place(learner("?as_of=2026-03-31")),
    "decisions": Place("/us-tx/decisions?rows=6"),
    "decision-mastery": Place(decision("MASTERY", "S-4")),
    "decision-course": Place(decision("CREDIT", "S-4")),
    "decision-examination": Place(decision("CREDIT", "S-2")),
    "decision-proof": Place(decision("MASTERY", "S-4", "/proof")),
    "policies": Place("/us-tx/policies"),
    "policies-compared": Place("/us-tx/policies/compare"),
    "policy": Place(policy("competency-based/mastery")),
    "policy-texas": Place(policy("us-tx/credit-by-examination")),
    "what-if": Place("/us-tx/what-if"),
    "changes": Place("/us-tx/changes"),
    "changes-none": Place("/us-tx~pine-valley/changes"),
    "change": Place("/us-tx/changes/1"),
    "change-impact": Place("/us-tx/changes/1/preview"),
    "change-discussion": Place("/us-tx/changes/1/discussion"),
    "change-history": Place("/us-tx/changes/1/history"),
    "change-packet": Place("/us-tx/changes/1/packet"),
    "choose": Place("/us-tx/changes/new"),
    "propose": Place(f"/us-tx/changes/new/policy/{MASTERY}"),
    "clone": Place(f"/us-tx/changes/clone/{MASTERY}"),
    "differing-none": Place("/us-tx/differing"),
    "classes": Place("/us-tx/classes"),
    "class": Place(CLASS, who="a.teach"),
    "frameworks": Place("/us-tx/frameworks"),
    "coverage": Place("/us-tx/frameworks/algebra/coverage"),
    "designations": Place("/us-tx/frameworks/designations?all=1"),
    "pilots-none": Place("/us-tx~pine-valley/pilots"),
    "access": Place("/us-tx/access"),
    "access-mine": Place("/us-tx/access/me"),
    "access-log": Place("/us-tx/access/log"),
    "jobs": Place("/us-tx/jobs"),
    "access-end": Place(grant, who="tester"),
    "change-end": Place(end_of_an_adoption),
    "change-outcome-not-yet": Place("/us-tx/changes/1/outcome", status=409),
    "job": Place(job, "o.audit"),
    "query-answer": Place(
        "/us-tx/audit/queries/undocumented",
        "o.audit",
        act=press("Ask it"),
        leads="**/undocumented/*",
        shows="scoped.query_answer",
    ),
    "reconciled": Place(
        "/us-tx/audit/reconcile",
        "o.audit",
        act=send_a_transcript,
        leads="**/reconcile/*",
        shows="scoped.reconciled",
    ),
    "class-recorded": Place(
        f"{CLASS}/record?about=A1.3",
        "a.teach",
        act=record("Record for the class"),
        leads="**/recorded/*",
        shows="scoped.class_recorded",
    ),
    "learner-recorded": Place(
        learner("/record?about=A1.3"),
        "a.teach",
        act=record("Record for this learner"),
        leads="**/recorded/*",
        shows="scoped.learner_recorded",
    ),
    "tokens": Place("/us-tx/tokens"),
    "readers": Place(learner("/readers"), who="g.home"),
    "my-learner": Place(own(), who="g.home"),
    "my-target": Place(own("/target?about=", "A1.4"), who="g.home"),
    "my-course": Place(own("/target?about=course/ALG1"), who="g.home"),
    "my-children": Place("/us-tx/my", who="g.both"),
    "my-not-found": Place(own("/target?about=course/NONE"), who="g.home", status=404),
    "evidence": Place(evidence),
    "policy-available": Place(policy_available),
    "change-step": Place("/us-tx/changes/1/submit"),
    "change-learner": Place(changed_learner),
    "pilots": Place("/us-tx/pilots"),
    "pilot": Place(PILOT),
    "pilot-compare": Place(f"{PILOT}/compare"),
    "pilot-new": Place("/us-tx/pilots/new"),
    "pilot-new-wrong": Place("/us-tx/pilots/new", status=422, act=press("Open this pilot")),
    "class-cell": Place(cell, who="a.teach"),
    "class-paste": Place(f"{CLASS}/paste?about=A1.3", who="a.teach"),
    "class-paste-wrong": Place(f"{CLASS}/paste?about=A1.3", who="a.teach", status=422, act=press("Match and preview")),
    "class-preparation": Place(f"{CLASS}/preparation?about=A1.3", who="a.teach"),
    "class-record": Place(f"{CLASS}/record?about=A1.3", who="a.teach"),
    "class-record-choose": Place(f"{CLASS}/record", who="a.teach"),
    "class-record-wrong": Place(
        f"{CLASS}/record?about=A1.3", who="a.teach", status=422, act=press("Record for the class")
    ),
    "learner-record": Place(learner("/record?about=A1.3"), who="a.teach"),
    "learner-preparation": Place(learner("/preparation?about=A1.3"), who="a.teach"),
    "decision-bundle": Place(decision("MASTERY", "S-4", "/bundle"), who="o.audit"),
    "decision-other-rule": Place(decision("MASTERY", "S-4", "/other-rule"), who="o.audit"),
    "event": Place("/us-tx/events/40", who="o.audit"),
    "queries": Place("/us-tx/audit/queries", who="o.audit"),
    "query": Place("/us-tx/audit/queries/undocumented", who="o.audit"),
    "reconcile": Place("/us-tx/audit/reconcile", who="o.audit"),
    "reconcile-wrong": Place(
        "/us-tx/audit/reconcile", who="o.audit", status=422, act=press("Hold it against the ledger")
    ),
    "cases": Place("/us-tx/cases", who="o.audit"),
    "case": Place(case, who="o.audit"),
    "case-wrong": Place("/us-tx/cases", who="o.audit", status=422, act=press("Open it")),
    "names": Place("/us-tx/names", who="o.audit"),
    "integrity": Place("/us-tx/integrity", who="o.audit"),
    "api": Place("/api"),
    "problem": Place("/problems/not-found"),
    "error": Place("/us-tx/decisions?decided_from=never", status=400),
    "not-found": Place("/us-tx/decisions/999999", status=404),
    "no-access": Place("/us-tx/access", who="k.state", status=403),
}
