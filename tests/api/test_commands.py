"""Everything the command line does is done by the API too, or the guide says why not."""

import re
from collections.abc import Mapping
from pathlib import Path

import click
from flask import Flask

from ledger.cli.reference import commands
from ledger.cli.root import main
from tests.api.test_core import operations

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
LEFT_OUT = "What only the command line does"

DONE_BY: Mapping[str, str] = {
    "access end": "POST /grants/{grant}/end",
    "access grant": "POST /grants",
    "access list": "GET /grants",
    "access log": "GET /reads",
    "adopt": "POST /adoptions",
    "audit *": "GET /audit/queries/{query}",
    "books close": "POST /books",
    "books list": "GET /books",
    "books reopen": "POST /books/{book}/reopen",
    "books show": "GET /books/{book}",
    "bounds end": "POST /bounds/{position}/end",
    "bounds list": "GET /bounds",
    "bounds outside": "GET /bounds/outside",
    "bounds set": "POST /bounds",
    "bundle": "POST /bundles",
    "changes activate": "POST /changes/{number}/activate",
    "changes approve": "POST /changes/{number}/approve",
    "changes comment": "POST /changes/{number}/comments",
    "changes confirm": "POST /changes/{number}/confirm",
    "changes decline": "POST /changes/{number}/decline",
    "changes discussion": "GET /changes/{number}/comments",
    "changes end": "POST /changes/end",
    "changes list": "GET /changes",
    "changes outcome": "GET /changes/{number}/outcome",
    "changes preview": "POST /changes/{number}/preview",
    "changes propose": "POST /changes",
    "changes roll-back": "POST /changes/{number}/roll-back",
    "changes rules": "GET /adoptions",
    "changes schedule": "POST /changes/{number}/schedule",
    "changes show": "GET /changes/{number}",
    "changes submit": "POST /changes/{number}/submit",
    "changes withdraw": "POST /changes/{number}/withdraw",
    "checkpoints list": "GET /audit/integrity",
    "correct": "POST /learners/{learner}/evidence/{evidence}/correct",
    "decisions": "GET /decisions",
    "designate": "POST /designations",
    "differing": "GET /differing",
    "document keep": "POST /learners/{learner}/documents",
    "document list": "GET /learners/{learner}/documents",
    "document require": "POST /required-documents",
    "document show": "GET /learners/{learner}/documents/{digest}",
    "explain": "GET /decisions/{position}",
    "frameworks align": "POST /alignments",
    "frameworks alignments": "GET /alignments",
    "frameworks coverage": "GET /frameworks/{framework}/coverage",
    "frameworks designations": "GET /designations",
    "frameworks end": "POST /alignments/end",
    "frameworks list": "GET /frameworks",
    "import alignment": "POST /alignments/import",
    "import evidence": "POST /evidence",
    "import framework": "POST /frameworks",
    "import roster": "POST /learners",
    "import scale": "POST /scales",
    "learner": "GET /learners/{learner}",
    "learners": "GET /learners",
    "pilots certify": "POST /pilots/{pilot}/figures/certify",
    "pilots compare": "GET /pilots/{pilot}/comparison",
    "pilots end": "POST /pilots/{pilot}/end",
    "pilots export": "GET /pilots/{pilot}/figures",
    "pilots extend": "POST /pilots/{pilot}/extend",
    "pilots list": "GET /pilots",
    "pilots open": "POST /pilots",
    "pilots receive": "POST /pilots/figures/receive",
    "pilots show": "GET /pilots/{pilot}",
    "pilots submit": "POST /pilots/{pilot}/figures/submit",
    "policies check": "GET /policies/{edition}/check",
    "policies diff": "GET /policies/{edition}/compare",
    "policies facts": "GET /policies/{edition}/schemas",
    "policies list": "GET /policies",
    "policies show": "GET /policies/{edition}",
    "proof": "GET /decisions/{position}/proof",
    "receipt": "GET /decisions/{position}/receipt",
    "record approval": "POST /learners/{learner}/approvals",
    "record choice": "POST /learners/{learner}/choices",
    "record cohort": "POST /learners/{learner}/cohorts",
    "record course": "POST /learners/{learner}/courses",
    "record enrolment": "POST /learners/{learner}/enrolments",
    "record evidence": "POST /learners/{learner}/evidence",
    "record grade": "POST /learners/{learner}/grades",
    "record panel": "POST /learners/{learner}/panels",
    "record preparation": "POST /learners/{learner}/preparations",
    "record retraction": "POST /learners/{learner}/retractions",
    "record status": "POST /learners/{learner}/statuses",
    "record support": "POST /learners/{learner}/supports",
    "record transfer": "POST /learners/{learner}/transfers",
    "replay": "POST /audit/replay",
    "settle": "POST /differing/settle",
    "simulate": "POST /simulations",
    "token list": "GET /tokens",
    "token revoke": "POST /tokens/{token}/revoke",
    "upstream pull": "POST /upstream/receive",
    "verify": "POST /audit/verification",
    "withdraw": "POST /learners/{learner}/evidence/{evidence}/withdraw",
}
"""The operation that does what a command does, its address below the API or the ledger."""


def leaves() -> set[str]:
    """Return every command that is no group."""
    found = dict(commands(main, ("mastery",)))
    return {" ".join(path[1:]) for path, one in found.items() if not isinstance(one, click.Group)}


def left_out() -> list[str]:
    """Return the commands the guide says the API leaves out; the first column of its table names them."""
    text = GUIDE.partition(f"\n## {LEFT_OUT}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \| \S.*? \|$", text, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([a-z *-]+)`", row)]


def matching(names: list[str]) -> list[str]:
    """Return the commands that names stand for; one with a star stands for a whole group."""
    known = leaves()
    groups = {one: {each for each in known if each.startswith(one[:-1])} for one in names if one.endswith("*")}
    return [each for one in names for each in (groups.get(one) or {one})]


def test_every_command_is_an_operation_or_has_a_reason() -> None:
    """A command is done by an operation, or stands in the guide with the reason why not; none stands in both."""
    named = matching([*DONE_BY, *left_out()])

    assert sorted(named) == sorted(leaves())


def test_the_operations_that_are_named_are_there(app: Flask) -> None:
    """What is said to do what a command does is an operation of the document."""
    known = {
        f"{method.upper()} {path.removeprefix('/api/v1').removeprefix('/ledgers/{scope}')}"
        for method, path, _ in operations(app)
    }

    assert set(DONE_BY.values()) - known == set()
