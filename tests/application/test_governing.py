"""Opening ledgers, adopting rules, holding frameworks, and what comes from above."""

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ledger.application import Ledger, initialise, open_ledger
from ledger.application.adopting import Adoption, adopt
from ledger.application.governing import define_scale, designate, find_competency, import_framework, pull_upstream
from ledger.bounds import governing
from ledger.errors import LedgerDamaged, PolicyProblems, Refused, UnknownName, UsageError
from ledger.facts.record import LearnerRecord
from ledger.overrides import read_overrides
from ledger.policy.model import Citation, Confidence
from ledger.values import random_identifier
from tests.support.ledgers import (
    AUTHORITY,
    FOUR_LEVELS,
    LONG_AGO,
    adopted,
    author,
    catalogue,
    classroom,
    framework,
    opened,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A Texas ledger."""
    return opened(tmp_path, "us-tx")


def refusals(ledger: Ledger, policy: str, overrides: Mapping[str, str] | None = None, **more: object) -> str:
    """Adopt what may not be adopted and return what was said."""
    settings = {"jurisdiction": "us-tx", "first_day": LONG_AGO, **more}
    found = catalogue().find(policy, date(2026, 1, 1))
    before = ledger.log.recorder.max_notification_id()
    with pytest.raises(PolicyProblems) as caught:
        adopt(
            ledger,
            author(ledger),
            Adoption(found, authority=AUTHORITY, reason="test", overrides=overrides, **settings),  # type: ignore[arg-type]
        )
    assert before == ledger.log.recorder.max_notification_id()
    return str(caught.value)


def test_every_problem_of_an_adoption_is_told_at_once(ledger: Ledger) -> None:
    """Unknown names, wrong forms, a scale that is not held: all are named, and nothing is stored."""
    said = refusals(
        ledger,
        "competency-based/mastery",
        {"levle": "3", "kinds": "two", "retakes_need_preparation": "perhaps", "level": "1e9"},
        scale="f" * 64,
        jurisdiction="us-oh",
    )

    assert [
        (
            "competency-based/mastery@2000-01-01, param.levle: there is no such parameter; "
            "there are kinds, level, purposes, readiness_level, readiness_required, retakes_need_preparation"
        ),
        "competency-based/mastery@2000-01-01, param.kinds: 'two' does not fit; it is a whole number",
        "competency-based/mastery@2000-01-01, param.retakes_need_preparation: 'perhaps' does not fit; it is yes or no",
        "competency-based/mastery@2000-01-01, param.level: '1e9' does not fit; it is a plain decimal such as 2.5",
        "competency-based/mastery@2000-01-01, jurisdiction: this is the ledger of us-tx; adopt in its own ledger",
        (
            "competency-based/mastery@2000-01-01, scale: no scale edition with digest ffffffffffffffff is held; "
            "import it first"
        ),
    ] == said.splitlines()


def test_a_value_the_law_sets_is_not_lowered(ledger: Ledger) -> None:
    """A district may not change what the law fixes; the refusal names value, date and source."""
    said = refusals(ledger, "us-tx/credit-by-examination", {"score": "75"})

    assert "param.score: 75 is not allowed: the law sets" in said
    assert "19 TAC §74.24" in said


def test_a_route_the_law_keeps_shut_is_not_opened_by_a_number(ledger: Ledger) -> None:
    """A local value of a parameter that is not in force from then on would change nothing, and is refused."""
    workkeys = catalogue().find("us-oh/workkeys", date(2026, 1, 1))
    shut = read_overrides(workkeys, {"workkeys": "14"}, date(2024, 1, 1))[1]
    opened_later = read_overrides(catalogue().find("us-tx/credit-by-examination", LONG_AGO), {"ap": "3"}, LONG_AGO)[1]

    assert ["it is not in force from that day on; a local value sets a number, it opens no route"] == [
        problem.what for problem in shut
    ]
    assert [] == opened_later


def test_a_policy_of_another_state_is_refused(tmp_path: Path) -> None:
    """A policy belongs to a jurisdiction and those below it."""
    ohio = opened(tmp_path, "us-oh")
    said = refusals(ohio, "us-tx/credit-by-examination", jurisdiction="us-oh")

    assert "it is a policy of us-tx, which is not above us-oh" in said


def test_an_edition_does_not_govern_before_its_date(ledger: Ledger) -> None:
    """An adoption may not begin before the edition takes effect."""
    said = refusals(ledger, "us-tx/credit-by-examination", first_day=date(2001, 1, 1))

    assert "from: 2001-01-01 is before this edition takes effect on 2005-03-07" in said


def test_an_unverified_policy_needs_an_acknowledgement(ledger: Ledger) -> None:
    """What nobody has verified is adopted only with eyes open, and the event says so."""
    found = replace(
        catalogue().find("competency-based/readiness", LONG_AGO), cites=Citation("memory", confidence=Confidence.MEMORY)
    )
    asked = Adoption(found, "us-tx", LONG_AGO, AUTHORITY, "test")
    with pytest.raises(PolicyProblems, match="nobody has verified; say so with --acknowledge-unverified"):
        adopt(ledger, author(ledger), asked)
    adopt(ledger, author(ledger), replace(asked, acknowledge_unverified=True))

    assert ledger.governance().adoptions[-1].payload.unverified_acknowledged


def test_the_nearest_and_latest_adoption_governs(ledger: Ledger) -> None:
    """One that names the subject goes before one for all; of equals the later; outside its days none."""
    adopted(ledger, "competency-based/mastery")
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "1"}, last_day=date(2026, 3, 31))
    adopted(ledger, "competency-based/mastery", overrides={"kinds": "3"}, subjects=("c1",))
    governance = ledger.governance()
    ask = [("c1", date(2026, 1, 1)), ("c2", date(2026, 1, 1)), ("c2", date(2026, 5, 1)), ("c2", date(2019, 1, 1))]
    anyone = LearnerRecord(random_identifier())
    found = [governing(governance, "MASTERY", "standard", f"competency/{c}", day, 1 << 60, anyone) for c, day in ask]

    assert [["kinds"], ["kinds"], [], None] == [
        [one.name for one in each.adoption.overrides] if each else None for each in found
    ]
    assert governing(governance, "MASTERY", "standard", "competency/c2", LONG_AGO, 1, anyone) is None


def test_a_framework_is_stored_once(ledger: Ledger) -> None:
    """The same content is held already; other content is a new edition, and the older one stays."""
    first = import_framework(ledger, author(ledger), framework(3), b"x")
    again = import_framework(ledger, author(ledger), framework(3), b"y")
    longer = import_framework(ledger, author(ledger), framework(4), b"z")
    governance = ledger.governance()

    assert first is not None and longer is not None
    assert again is None
    assert 2 == len(governance.editions["test-framework"])
    assert 4 == len(governance.outline(governance.current_editions(1 << 60)["test-framework"]).by_id)


def test_a_competency_is_found_by_id_or_unique_code(ledger: Ledger) -> None:
    """A name that means nothing, or two things, is told as such."""
    import_framework(ledger, author(ledger), framework(2), b"x")
    other = framework(2)
    import msgspec

    import_framework(ledger, author(ledger), msgspec.structs.replace(other, framework="other"), b"x")

    with pytest.raises(UnknownName, match="has a competency 'C.9'; import one with `mastery import framework`"):
        find_competency(ledger, "C.9")
    with pytest.raises(UnknownName, match="stands in several frameworks"):
        find_competency(ledger, "C.1")


def test_designations_have_dates(ledger: Ledger) -> None:
    """A competency is a priority standard from a day on, and until it is taken back."""
    import_framework(ledger, author(ledger), framework(2), b"x")
    designate(ledger, author(ledger), ["C.0", "C.1"], "art", first_day=LONG_AGO, authority=AUTHORITY)
    designate(ledger, author(ledger), ["C.1"], "art", first_day=date(2026, 1, 1), authority=AUTHORITY, priority=False)
    governance = ledger.governance()

    assert ("c0", "c1") == governance.designated("art", date(2025, 12, 31), 1 << 60)
    assert ("c0",) == governance.designated("art", date(2026, 1, 1), 1 << 60)
    assert ("art",) == governance.courses(1 << 60)
    with pytest.raises(UsageError, match="'sport' is not a kind of competency: academic, transferable or habit"):
        designate(ledger, author(ledger), ["C.0"], "art", first_day=LONG_AGO, authority=AUTHORITY, kind="sport")


def test_a_scale_is_defined_once(ledger: Ledger) -> None:
    """The same scale edition again is a no-op."""
    assert define_scale(ledger, author(ledger), FOUR_LEVELS) is not None
    assert define_scale(ledger, author(ledger), FOUR_LEVELS) is None


def test_a_district_receives_what_its_state_decided(tmp_path: Path) -> None:
    """The very bytes arrive, once, in order; later additions follow; a stranger is refused."""
    state = classroom(tmp_path)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    first = pull_upstream(district, author(district), state)
    adopted(state, "competency-based/readiness")
    second = pull_upstream(district, author(district), state)
    stranger = opened(tmp_path, "us-oh")
    received = [event.data for event in district.log.scan(topics=["ledger.upstream-received.1"])]
    sent = [row[4].decode() for row in state.log.recorder.governing()]

    assert (len(sent) - second, 2) == (first, second)
    assert sent == [one.state for one in received]
    assert ["us-xx/pine", "us-xx"] == list(district.governance().chain())
    with pytest.raises(Refused, match="us-xx/pine receives from us-xx, not from us-oh"):
        pull_upstream(district, author(district), stranger)


@pytest.mark.parametrize(
    ("jurisdiction", "zone", "said"),
    [
        ("US TX", "America/Chicago", "'US TX' is not a jurisdiction's name: use lower-case letters"),
        ("../etc", "America/Chicago", "'../etc' is not a jurisdiction's name"),
        ("us-tx", "Texas", "'Texas' is not a time zone: use an IANA name such as America/Chicago"),
        ("us-tx", "../../etc/passwd", "is not a time zone"),
    ],
)
def test_names_that_cannot_be_are_refused(tmp_path: Path, jurisdiction: str, zone: str, said: str) -> None:
    """A jurisdiction and a zone are checked before anything is made."""
    with pytest.raises(UsageError, match=".") as caught:
        initialise(tmp_path, jurisdiction, kind="state", zone=zone, environment={})

    assert said in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_the_ledger_meant_is_found_or_asked_for(tmp_path: Path) -> None:
    """The only ledger of a home needs no name; of several one must be named; a wrong name lists those there are."""
    with pytest.raises(UnknownName, match="make one with `mastery init`"):
        open_ledger(tmp_path, environment={})
    opened(tmp_path, "us-tx").close()
    open_ledger(tmp_path, environment={}).close()
    opened(tmp_path, "us-tx/pine", kind="district", parent="us-tx").close()

    with pytest.raises(UnknownName, match="name one of us-tx, us-tx/pine with --ledger"):
        open_ledger(tmp_path, environment={})
    with pytest.raises(UnknownName, match="there is no ledger 'us-oh' in .*; there are us-tx, us-tx/pine"):
        open_ledger(tmp_path, "us-oh", environment={})
    with pytest.raises(Refused, match="exists already"):
        opened(tmp_path, "us-tx")


def test_an_interrupted_opening_is_told(tmp_path: Path) -> None:
    """A file without its first event is not taken for a ledger."""
    from ledger.storage import tables

    opened(tmp_path, "us-tx").close()
    tables.create(tmp_path / "ledgers" / "us-oh.db")

    with pytest.raises(LedgerDamaged, match="its opening was interrupted: remove the file"):
        open_ledger(tmp_path, "us-oh", environment={})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"parent": "us-tx"}, "'us-tx' cannot be the parent of 'us-tx': name one above it"),
        ({"parent": "us-tx/pine"}, "'us-tx/pine' cannot be the parent of 'us-tx'"),
        ({"upstream": "Texas!"}, "'Texas!' is not a jurisdiction's name, so it cannot be the upstream of 'us-tx'"),
    ],
)
def test_no_ledger_is_its_own_parent(tmp_path: Path, options: dict[str, str], said: str) -> None:
    """What stands above a jurisdiction is another one; a circle is refused before anything is made."""
    with pytest.raises(UsageError) as caught:
        opened(tmp_path, "us-tx", **options)

    assert said in str(caught.value)


def test_an_edition_has_one_text(ledger: Ledger) -> None:
    """A changed rule is a new edition: another text under an archived edition's name is refused."""
    found = catalogue().find("competency-based/readiness", LONG_AGO)
    adopt(ledger, author(ledger), Adoption(found, "us-tx", LONG_AGO, AUTHORITY, "test"))
    with pytest.raises(PolicyProblems, match="edition: another text is archived under this edition"):
        adopt(ledger, author(ledger), Adoption(replace(found, title="Another"), "us-tx", LONG_AGO, AUTHORITY, "test"))


def test_an_adoption_does_not_end_before_it_begins(ledger: Ledger) -> None:
    """The last day may not lie before the first."""
    said = refusals(ledger, "competency-based/mastery", last_day=date(2019, 1, 1))

    assert "until: 2019-01-01 is before the first day, 2020-01-01" in said


def test_numbers_are_written_in_plain_digits(ledger: Ledger) -> None:
    """Huge numbers and digits of other scripts are not whole numbers here."""
    for text in ("99999999999999999999", "\u0663"):
        assert "it is a whole number" in refusals(ledger, "competency-based/mastery", {"kinds": text})


def test_bytes_altered_above_are_not_received(tmp_path: Path) -> None:
    """A row of the state's ledger that does not fit its leaf does not become the district's record."""
    state = classroom(tmp_path)
    district = opened(tmp_path, "us-xx/pine", kind="district", parent="us-xx", upstream="us-xx")
    with sqlite3.connect(state.log.path) as database:
        database.execute(
            "UPDATE stored_events SET state = CAST(replace(state, 'four-levels', 'five-levels') AS BLOB) "
            "WHERE topic = 'framework.scale-defined.1'"
        )

    with pytest.raises(LedgerDamaged, match="does not fit its leaf; it is not received"):
        pull_upstream(district, author(district), state)
