"""Role by action by relation: all of it, against a statement of its own."""

from datetime import date

import pytest

from ledger.access.actions import Action
from ledger.access.giving import misplaced
from ledger.access.grants import Granted, Target, granting
from ledger.access.reference import PAGE, reference
from ledger.access.table import MAY, ROLES
from ledger.domain.access import Place, Role
from ledger.values import identifier
from tests.access.expected import ABOUT_NOBODY, HOLDS, PART_OF, REACHED, lines, split

DAY = date(2026, 6, 5)
PINE, NORTH, SOUTH, CEDAR = "us-tx/pine", "us-tx/pine/north", "us-tx/pine/south", "us-tx/cedar"
SOL = identifier("learner", "sol")

PLACES = {
    "state": Place(kind="jurisdiction", organisation="us-tx"),
    "district": Place(kind="jurisdiction", organisation=PINE),
    "school": Place(kind="jurisdiction", organisation=NORTH),
    "class": Place(kind="class", organisation=NORTH, section="A1"),
    "learner": Place(kind="learner", learner=SOL),
}


def learner(name: str, ledger: str, school: str, section: str) -> Target:
    """Return a learner in a class of a school, as the ledger of a district knows that learner."""
    return Target(ledger, identifier("learner", name), frozenset({school}), frozenset({(school, section)}))


def whole(ledger: str) -> Target:
    """Return a ledger as a whole."""
    return Target(ledger)


RELATIONS = {
    "own state": whole("us-tx"),
    "other state": whole("us-ny"),
    "own district": whole(PINE),
    "other district": whole(CEDAR),
    "own school": Target(NORTH),
    "other school": Target("us-tx/cedar/west"),
    "own class": Target(PINE, None, frozenset({NORTH}), frozenset({(NORTH, "A1")})),
    "other class": Target(CEDAR, None, frozenset({"us-tx/cedar/west"}), frozenset({("us-tx/cedar/west", "A1")})),
    "sol": learner("sol", PINE, NORTH, "A1"),
    "mei": learner("mei", PINE, NORTH, "A1"),
    "kai": learner("kai", PINE, NORTH, "B2"),
    "noor": learner("noor", PINE, SOUTH, "A1"),
    "lux": learner("lux", CEDAR, "us-tx/cedar/west", "A1"),
    "ada": learner("ada", "us-ny", "us-ny/bronx/one", "A1"),
}
EXTENDED = {"other district": "state", "other school": "state", "other class": "state"}
"""Relations that lie within the own state as well."""


def holding(role: Role, place: Place) -> Granted:
    """Return a grant that holds on the day."""
    return Granted("g", "p", role, place, "2026-01-01", None, "somebody", 1)


def expected(role: str, action: str, kind: str, relation: str, *, by_token: bool) -> bool:
    """Say what the statement says."""
    who = lines()[action]
    if role not in who and not (by_token and f"{role} by token" in who):
        return False
    if relation in split(REACHED[kind]) or EXTENDED.get(relation) == kind:
        return True
    return action in ABOUT_NOBODY and kind in PART_OF.get(relation, ())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("by_token", [False, True])
def test_every_role_may_do_what_is_written_and_nothing_else(role: Role, by_token: bool) -> None:
    """For every action and every relation, from every place the role holds in, the answer is that of the statement."""
    wrong = [
        (action.value, kind, relation)
        for action in Action
        for kind in split(HOLDS[role])
        for relation, target in RELATIONS.items()
        if bool(granting((holding(role, PLACES[kind]),), action, target, DAY, by_token=by_token))
        is not expected(role, action.value, kind, relation, by_token=by_token)
    ]

    assert wrong == []


def test_the_statement_names_every_action_and_every_role() -> None:
    """No action and no role is left out of the statement that the table is held against."""
    assert {action.value for action in Action} == set(lines())
    assert set(ROLES) == set(HOLDS) == set(MAY)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_holds_in_its_kinds_of_places_alone(role: Role) -> None:
    """A guardian has a learner, a teacher a class too, and a state director a whole state."""
    fits = {kind for kind, place in PLACES.items() if misplaced(role, place) is None}

    assert fits == split(HOLDS[role])


def test_nothing_is_allowed_before_the_first_day_or_after_the_last() -> None:
    """A grant holds on both of its days, and neither the day before nor the day after."""
    one = Granted("g", "p", "teacher", PLACES["class"], "2026-06-05", "2026-06-06", "somebody", 1)
    days = [date(2026, 6, day) for day in (4, 5, 6, 7)]
    allowed = [granting((one,), Action.READ_RECORD, RELATIONS["sol"], day) is not None for day in days]

    assert [False, True, True, False] == allowed


def test_the_page_says_what_the_table_says() -> None:
    """docs/access.md is what the code would write now."""
    assert PAGE.read_text(encoding="utf-8") == reference()
