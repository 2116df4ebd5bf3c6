"""What is shown of a record is cut to its audience: no name, and nothing of an entitlement, for the wrong eyes."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import catalogue
from ledger.application import Ledger, initialise
from ledger.application.adopting import Adoption, adopt
from ledger.application.learning import record, record_evidence, subject_of
from ledger.domain.learner import Evidence, PanelMember, PanelVoted, StatusSet
from ledger.domain.shapes import Authority, Result, Score, Source
from ledger.inquiry.audience import Audience, Cut, sensitive_in
from ledger.inquiry.decisions import decision_view
from ledger.inquiry.learners import learner_view
from ledger.policy.checks.places import definitions
from ledger.policy.explaining import clauses
from ledger.values import identifier
from ledger.vault import Profile, pseudonym

BOARD = Authority(body="State board of education", date="2026-01-15", minute="7")
POLICIES = ("us-tx/credit-by-examination", "us-tx/attendance-for-credit")
CODES = ("us-tx/tests-any-time", "us-tx/under-court-jurisdiction", "us-tx/prior-instruction")
JUDGE, COMMITTEE = "us-tx/presiding-judge", "us-tx/attendance-committee"
NAMED = ("Zebedee", "Quillfeather")
LEARNERS = count(1)

STATUSES = st.builds(lambda code, holds: ("status", code, holds), st.sampled_from(CODES), st.booleans())
SCORES = st.builds(lambda percent: ("score", percent), st.sampled_from(["70", "84.5", "93"]))
VOTES = st.builds(
    lambda body, result: ("vote", body, result),
    st.sampled_from([JUDGE, COMMITTEE]),
    st.sampled_from(["carried", "not_carried"]),
)
DAYS_PRESENT = st.builds(lambda percent: ("present", percent), st.sampled_from(["60", "80", "95"]))
RECORDS = st.lists(st.one_of(STATUSES, SCORES, VOTES, DAYS_PRESENT), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return a state's ledger with two rules that read entitlements, in force for every course."""
    home: Path = tmp_path_factory.mktemp("audience") / "home"
    with initialise(
        home, "us-tx", kind="state", zone="America/Chicago", clock=lambda: "2026-06-05T15:30:00.000000Z", environment={}
    ) as ledger:
        installed = catalogue.load()
        for name in POLICIES:
            policy = installed.find(name, date(2026, 6, 5))
            adoption = Adoption(policy, "us-tx", date(2020, 8, 1), BOARD, "first adoption", subjects=("SPAN2",))
            adopt(ledger, ledger.author("op", "operator"), adoption)
        yield ledger


def written(ledger: Ledger, happened: list[tuple[Any, ...]]) -> str:
    """Record what happened to a learner nobody knows yet, and return the learner."""
    learner = ledger.vault.learner_id(f"A-{next(LEARNERS)}")
    ledger.vault.put_profile(learner, Profile(given_name=NAMED[0], family_name=NAMED[1]))
    for number, one in enumerate(happened):
        _write(ledger, learner, number, one)
    return learner


def _write(ledger: Ledger, learner: str, number: int, one: tuple[Any, ...]) -> None:
    author, course = ledger.author("op", "operator"), subject_of(ledger, "SPAN2", "course")
    if one[0] == "status":
        record(ledger, author, learner, StatusSet(code=one[1], holds=one[2], subject=course, first_day="2025-08-01"))
    elif one[0] == "vote":
        member = PanelMember(role="judge", vote="yes")
        vote = PanelVoted(body=one[1], subject=course, occurred="2026-04-01", result=one[2], members=(member,))
        record(ledger, author, learner, vote)
    else:
        of_exam = one[0] == "score"
        score = Result(subject=course, score=Score(value=one[1], minimum="0", maximum="100"))
        piece = Evidence(
            evidence_id=identifier(learner, str(number)),
            source=Source(system="gradebook", record=str(number)),
            kind="exam" if of_exam else "attendance",
            purpose="summative",
            instrument="criterion-referenced" if of_exam else None,
            results=(score,),
            occurred="2026-03-02",
        )
        record_evidence(ledger, author, learner, piece)


def shown(ledger: Ledger, learner: str, audience: Audience) -> list[Any]:
    """Return every view of a learner that an audience is given, as JSON would have it."""
    whole = learner_view(ledger, learner, audience=audience)
    made = [decision for target in whole.targets for decision in target.decisions]
    views = [asdict(whole), *(asdict(decision_view(ledger, learner, one.version, audience=audience)) for one in made)]
    return [msgspec.json.decode(msgspec.json.encode(view)) for view in views]


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in texts(part))


def telling(ledger: Ledger, learner: str) -> tuple[set[str], set[str]]:
    """Return names that must not stand alone, and pieces of text that must not stand anywhere."""
    names, pieces = set[str](), {*CODES, JUDGE}
    for placed in ledger.governance().archived.values():
        policy = ledger.shelf().find(placed.payload.digest).policy
        sensitive = sensitive_in(policy)
        names |= sensitive.facts | sensitive.clauses
        pieces |= {one.says for one, _ in definitions(policy.sheet) if one.sensitive}
    for view in learner_view(ledger, learner).targets:
        for explanation in filter(None, view.explanations):
            pieces |= {line.text for _, top in explanation.stages for line in clauses(top) if line.sensitive}
    return names, pieces


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS, st.booleans(), st.booleans())
def test_nothing_is_shown_that_is_not_for_its_audience(
    ledger: Ledger, happened: list[tuple[Any, ...]], names: bool, entitlements: bool
) -> None:
    """Whatever is on record, the JSON of no view names what is cut, neither alone nor inside of a sentence."""
    learner = written(ledger, happened)
    views = shown(ledger, learner, Audience(names, entitlements))
    said = [text for view in views for text in texts(view)]
    alone, pieces = telling(ledger, learner)

    assert all(view["name"] == (" ".join(NAMED) if names else pseudonym(learner)) for view in views)
    if not names:
        assert [] == [text for text in said if any(name in text for name in NAMED)]
    if not entitlements:
        assert [] == [text for text in said if text.partition("[")[0] in alone]
        assert [] == [text for text in said if any(piece in text for piece in pieces)]


def test_whoever_may_see_everything_does(ledger: Ledger) -> None:
    """The same record shows the status, the vote and the sensitive facts to the learner's own family."""
    happened = [("status", CODES[1], True), ("present", "80"), ("vote", JUDGE, "carried"), ("score", "70")]
    learner = written(ledger, happened)
    said = [text for view in shown(ledger, learner, Audience()) for text in texts(view)]
    alone, _ = telling(ledger, learner)

    assert any(CODES[1] in text for text in said)
    assert any(JUDGE in text for text in said)
    assert {"under_court", "judge"} <= alone.intersection(said)


def test_of_a_rule_that_cannot_be_read_nothing_is_shown_that_may_tell(ledger: Ledger) -> None:
    """Without the archived rule nobody knows what is sensitive, so clauses, grants and facts all go."""
    learner = written(ledger, [("score", "93")])
    summary = next(one for target in learner_view(ledger, learner).targets for one in target.decisions)
    unknown = replace(summary, edition="us-tx/never-archived@2020-01-01")
    cut = Cut(ledger.governance(), ledger.shelf()).summary(unknown)

    assert summary.decisive
    assert ((), ()) == (cut.decisive, cut.grants)
