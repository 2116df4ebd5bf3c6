"""The whole API, asked by schemathesis: nothing breaks, nothing is answered that is not documented.

`MASTERY_SCHEMATHESIS=50 python -m pytest tests/api/test_schemathesis.py` asks each operation as often as is
wanted, and at the borders of every schema too; an ordinary run asks a few times, always the same.
"""

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.schemas import BaseSchema

from ledger.catalogue import Catalogue
from tests.api.asked import furnished, narrowed
from tests.api.conftest import serve
from tests.api.support import token_for
from tests.web.support import Small
from web.ledgers import ledgers_of

EXAMPLES = int(os.environ.get("MASTERY_SCHEMATHESIS", "5"))
BORDERS_FROM = 50
"""Examples from which on the borders of every schema are tried too: hundreds of cases an operation.

What is wrong is then tried there, and what is drawn is right by the schema.
"""

ANSWERED: Counter[tuple[str, str, int]] = Counter()
"""How often each status was the answer, by the way in which a case was made."""

NUMBERS = itertools.count()
TOKEN: list[str] = []


@schemathesis.serializer("application/x-ndjson")
def lines(_: object, value: object) -> bytes:
    """Send a text as it was drawn."""
    return str(value).encode(errors="replace")


FREE: dict[str, Any] = {"checks": {"negative_data_rejection": {"enabled": False}}}
"""Any bytes are a document, so none are wrong."""

CONFIGURED: dict[str, Any] = {
    "generation": {"max-examples": EXAMPLES, "deterministic": True, "database": "none"},
    "phases": {
        "coverage": {"enabled": EXAMPLES >= BORDERS_FROM},
        "fuzzing": {"generation": {"mode": "positive" if EXAMPLES >= BORDERS_FROM else "all"}},
    },
    "operations": [
        {"include-name": "POST /api/v1/ledgers/{scope}/learners/{learner}/documents", **FREE},
    ],
    "checks": {
        "missing_required_header": {"expected-statuses": [400, 428]},
        "positive_data_acceptance": {"expected-statuses": ["2xx", 401, 403, 404, 409, 412, 415, 422, 428]},
        "negative_data_rejection": {"expected-statuses": [400, 401, 403, 404, 405, 406, 409, 412, 415, 422, 428]},
    },
}


@pytest.fixture(scope="session")
def asked(made: Small, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Serve a copy of the home, to be written to by whatever is asked."""
    home = tmp_path_factory.mktemp("asked") / "home"
    shutil.copytree(made.home, home)
    served = serve(home, catalogue)
    yield served
    ledgers_of(served).close()


@pytest.fixture(scope="session")
def document(asked: Flask, made: Small) -> BaseSchema:
    """Return the document of the API, ready to be asked by."""
    whole = asked.test_client().get("/api/v1/openapi.json").get_json()
    config = SchemathesisConfig.from_dict(CONFIGURED)
    found = schemathesis.openapi.from_dict(narrowed(whole, furnished(asked, made)), config=config)
    found.app = asked
    TOKEN[:] = [token_for(asked, "tester")]
    return found


@pytest.fixture(autouse=True)
def named(request: pytest.FixtureRequest) -> None:
    """Give a test the name by which schemathesis knows it; this pytest keeps it elsewhere."""
    request.node._nodeid = request.node.nodeid


api = schemathesis.pytest.from_fixture("document")


@api.parametrize()
def test_every_operation_answers_as_documented(case: schemathesis.Case) -> None:
    """Whatever is asked, the answer has a status, a type and a shape that the document names."""
    if case.meta.generation.mode.value == "positive" and "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = f"asked-{next(NUMBERS):08}"
    response = case.call_and_validate(headers={"Authorization": f"Bearer {TOKEN[0]}"})
    ANSWERED[case.meta.phase.name.value, case.meta.generation.mode.value, response.status_code] += 1


def test_enough_was_answered(record_property: Callable[[str, object], None]) -> None:
    """At least three in ten answers say yes, the borders of schemas left out: what is asked is not all nonsense."""
    drawn = {one: times for one, times in ANSWERED.items() if one[0] != "coverage"}
    yes = sum(times for (_, _, status), times in drawn.items() if status < 300)
    record_property("answers", dict(ANSWERED))

    assert yes * 10 >= sum(drawn.values()) * 3, ANSWERED
