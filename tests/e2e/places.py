"""Every page there is, by name, as its address in the home of the tests."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import APIRequestContext

from tests.web.support import Small

Find = Callable[[APIRequestContext, Small], str]


def _fixed(address: str) -> Find:
    return lambda _request, _small: address


def _learner(rest: str) -> Find:
    return lambda _request, small: f"/us-tx/learners/{small.learners['S-4']}{rest}"


def _decision(question: str, learner: str) -> Find:
    def find(request: APIRequestContext, small: Small) -> str:
        asked = f"/us-tx/decisions.json?question={question}&learner={small.learners[learner]}"
        rows: list[dict[str, Any]] = request.get(asked).json()["rows"]
        return f"/us-tx/decisions/{rows[0]['position']}"

    return find


def _policy(name: str) -> Find:
    def find(request: APIRequestContext, _: Small) -> str:
        listed = request.get("/us-tx/policies.json").json()
        return f"/us-tx/policies/archived/{next(row['digest'] for row in listed if row['policy'] == name)}"

    return find


PLACES: dict[str, Find] = {
    "ledgers": _fixed("/"),
    "overview": _fixed("/us-tx/"),
    "overview-empty": _fixed("/us-tx~pine-valley/"),
    "learners": _fixed("/us-tx/learners"),
    "learners-none": _fixed("/us-tx/learners?q=nobody"),
    "learner": _learner(""),
    "learner-past": _learner("?as_of=2026-03-31"),
    "decisions": _fixed("/us-tx/decisions?rows=6"),
    "decision-mastery": _decision("MASTERY", "S-4"),
    "decision-course": _decision("CREDIT", "S-4"),
    "decision-examination": _decision("CREDIT", "S-2"),
    "policies": _fixed("/us-tx/policies"),
    "policy": _policy("competency-based/mastery"),
    "policy-texas": _policy("us-tx/credit-by-examination"),
    "changes-none": _fixed("/us-tx/changes"),
    "choose": _fixed("/us-tx/changes/new"),
    "propose-nobody": _fixed("/us-tx/changes/new/policy/competency-based/mastery@2000-01-01"),
    "differing-none": _fixed("/us-tx/differing"),
    "acting": _fixed("/us-tx/acting"),
    "frameworks": _fixed("/us-tx/frameworks"),
    "coverage": _fixed("/us-tx/frameworks/algebra/coverage"),
    "designations": _fixed("/us-tx/frameworks/designations?all=1"),
    "error": _fixed("/us-tx/decisions?decided_from=never"),
}

ANSWERED_WITH_AN_ERROR = {"error"}
