"""Giving and ending roles: nobody beyond their own place, and nobody reaches a learner without a grant that holds."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger.access.actions import Action
from ledger.access.giving import Asked
from ledger.access.grants import Target, granting
from ledger.access.table import PLACES, ROLES
from ledger.application import Ledger, initialise
from ledger.application.appointing import LEAVES_NOBODY, Term, appoint, dismiss
from ledger.application.granting import all_grants, end_role, grant_role, grants_of, readers_are_shown, show_readers
from ledger.domain.access import Place, Role
from ledger.errors import Refused, UnknownName
from ledger.storage.envelope import Author
from ledger.values import identifier, ordered_identifier

NOW = "2026-06-05T15:30:00.000000Z"
TODAY = date(2026, 6, 5)
PINE, NORTH, SOUTH = "us-tx/pine", "us-tx/pine/north", "us-tx/pine/south"
SOL, MEI = identifier("learner", "sol"), identifier("learner", "mei")
TARGETS = {
    SOL: Target(PINE, SOL, frozenset({NORTH}), frozenset({(NORTH, "A1")})),
    MEI: Target(PINE, MEI, frozenset({SOUTH}), frozenset({(SOUTH, "A1")})),
}
SPOTS = (
    Place(kind="jurisdiction", organisation="us-tx"),
    Place(kind="jurisdiction", organisation=PINE),
    Place(kind="jurisdiction", organisation=NORTH),
    Place(kind="class", organisation=NORTH, section="A1"),
    Place(kind="class", organisation=SOUTH, section="A1"),
    Place(kind="learner", learner=SOL),
)


def opened(folder: Path) -> Ledger:
    """Return the ledger of a district that was just opened."""
    return initialise(
        folder, PINE, kind="district", zone="America/Chicago", parent="us-tx", clock=lambda: NOW, environment={}
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return the ledger of a district, in which dana is district admin and lee district admin of one school."""
    with opened(tmp_path / "home") as ledger:
        give(ledger, "dana", "district admin", SPOTS[1])
        give(ledger, "lee", "district admin", SPOTS[2])
        yield ledger


def give(ledger: Ledger, name: str, role: Role, place: Place, **more: Any) -> str:
    """Give a role from the console of the machine, and return the vault id of its holder."""
    person = ledger.vault.person_id(name)
    grant_role(ledger, ledger.author("operator", "operator"), person, role, place, first_day=TODAY, **more)
    return person


def as_person(ledger: Ledger, name: str) -> Author:
    """Return somebody as the author of a command."""
    return ledger.author(name, "district-admin")


def asked(ledger: Ledger, name: str, role: Role, place: Place) -> Asked:
    """Ask that somebody shall hold a role."""
    target = TARGETS.get(place.learner) if place.learner else None
    return Asked(ledger.vault.person_id(name), role, place, target)


OUTSIDE = [
    ("dana", "omar", "state director", SPOTS[0], "you may not give or end the role state director; those you may: "),
    ("dana", "omar", "auditor", SPOTS[1], "you may not give or end the role auditor; those you may: "),
    ("dana", "omar", "approver", SPOTS[0], "us-tx lies outside of where you may give the role approver"),
    ("dana", "dana", "approver", SPOTS[1], "nobody gives a role to themselves; somebody else who may give it has to"),
    (
        "lee",
        "omar",
        "district admin",
        SPOTS[1],
        "us-tx/pine lies outside of where you may give the role district admin",
    ),
    ("lee", "omar", "teacher", SPOTS[4], "us-tx/pine/south lies outside of where you may give the role teacher"),
    ("lee", "omar", "guardian", Place(kind="learner", learner=MEI), "this learner lies outside of where you may give"),
    ("omar", "kai", "teacher", SPOTS[3], "you may not give or end the role teacher; those you may: none"),
]


@pytest.mark.parametrize(("who", "whom", "role", "place", "sentence"), OUTSIDE)
def test_nobody_gives_beyond_their_own_place(
    ledger: Ledger, who: str, whom: str, role: Role, place: Place, sentence: str
) -> None:
    """Higher roles, places outside, the auditor of one's own district, and oneself are refused with the reason."""
    author = as_person(ledger, who)
    before = list(all_grants(ledger))
    with pytest.raises(Refused) as caught:
        appoint(ledger, author, grants_of(ledger, author.actor), asked(ledger, whom, role, place), Term(TODAY))

    assert str(caught.value).startswith(sentence)
    assert before == list(all_grants(ledger))


@pytest.mark.parametrize(
    ("who", "role", "place"),
    [
        ("dana", "approver", SPOTS[1]),
        ("dana", "teacher", SPOTS[4]),
        ("lee", "teacher", SPOTS[3]),
        ("lee", "guardian", SPOTS[5]),
    ],
)
def test_within_their_own_place_they_do(ledger: Ledger, who: str, role: Role, place: Place) -> None:
    """What is given stands with who gave it, and its last day."""
    author = as_person(ledger, who)
    wanted = asked(ledger, "kai", role, place)
    appoint(ledger, author, grants_of(ledger, author.actor), wanted, Term(TODAY, date(2026, 7, 1), "for summer"))
    given = grants_of(ledger, wanted.person)

    assert [(role, place, "2026-07-01", author.actor)] == [
        (one.role, one.place, one.last_day, one.given_by) for one in given
    ]


def test_the_last_who_gives_roles_goes_only_with_a_word(ledger: Ledger) -> None:
    """Ended without it, it is refused and says so; with it, nobody is left; with somebody else left, none is needed."""
    dana, lee = as_person(ledger, "dana"), as_person(ledger, "lee")
    own, below = grants_of(ledger, dana.actor), grants_of(ledger, lee.actor)
    everybody = list(all_grants(ledger))
    with pytest.raises(Refused) as caught:
        dismiss(ledger, dana, own, everybody, asked(ledger, "dana", "district admin", SPOTS[1]), own[0].grant, TODAY)
    dismiss(ledger, lee, below, everybody, asked(ledger, "lee", "district admin", SPOTS[2]), below[0].grant, TODAY)
    again = asked(ledger, "dana", "district admin", SPOTS[1])
    dismiss(ledger, dana, own, everybody, again, own[0].grant, TODAY, "moved away", leaves_nobody=True)

    assert LEAVES_NOBODY.format(PINE) == str(caught.value)
    assert {TODAY.isoformat()} == {one.last_day for one in all_grants(ledger)}


def test_one_ends_what_one_could_have_given_and_nothing_else(ledger: Ledger) -> None:
    """The admin of a school ends no role in another school; a grant that was never given is not there to be ended."""
    give(ledger, "kai", "teacher", SPOTS[4])
    lee, kai = as_person(ledger, "lee"), asked(ledger, "kai", "teacher", SPOTS[4])
    grant = grants_of(ledger, kai.person)[0].grant
    with pytest.raises(Refused):
        dismiss(ledger, lee, grants_of(ledger, lee.actor), [], kai, grant, TODAY)
    with pytest.raises(UnknownName):
        dismiss(ledger, lee, grants_of(ledger, lee.actor), [], kai, ordered_identifier(), TODAY)

    assert grants_of(ledger, kai.person)[0].last_day is None


def test_families_see_readings_until_the_district_hides_them(ledger: Ledger) -> None:
    """Unset they are shown; the last that was set counts."""
    before = readers_are_shown(ledger)
    show_readers(ledger, as_person(ledger, "dana"), shown=False)
    hidden = readers_are_shown(ledger)
    show_readers(ledger, as_person(ledger, "dana"), shown=True)

    assert [True, False, True] == [before, hidden, readers_are_shown(ledger)]


NAMES = st.sampled_from(["ana", "bo", "cy"])
DAYS = st.integers(-3, 3).map(lambda days: TODAY + timedelta(days))


class Granting(RuleBasedStateMachine):
    """Random grants and ends, beside a list of what holds kept in the plainest way."""

    @initialize()
    def open(self) -> None:
        """Open a ledger of one's own."""
        self.folder = TemporaryDirectory()
        self.ledger = opened(Path(self.folder.name) / "home")
        self.held: dict[str, tuple[str, Role, Place, date, date | None]] = {}

    def teardown(self) -> None:
        """Close it."""
        if hasattr(self, "ledger"):
            self.ledger.close()
            self.folder.cleanup()

    @rule(name=NAMES, role=st.sampled_from(ROLES), place=st.sampled_from(SPOTS), first=DAYS, more=st.integers(-1, 3))
    def give(self, name: str, role: Role, place: Place, first: date, more: int) -> None:
        """Give a role that fits its place, for some days or for good."""
        if place.kind not in PLACES[role] or (role.startswith("state") and place is not SPOTS[0]):
            return
        last = None if more < 0 else first + timedelta(more)
        author = self.ledger.author("operator", "operator")
        person = self.ledger.vault.person_id(name)
        grant_role(self.ledger, author, person, role, place, first_day=first, last_day=last)
        self.held[identifier("grant", author.command)] = (name, role, place, first, last)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), last=DAYS)
    def end(self, data: st.DataObject, last: date) -> None:
        """End any grant with any day."""
        grant = data.draw(st.sampled_from(sorted(self.held)))
        name, role, place, first, _ = self.held[grant]
        end_role(
            self.ledger, self.ledger.author("operator", "operator"), self.ledger.vault.person_id(name), grant, last
        )
        self.held[grant] = (name, role, place, first, last)

    @invariant()
    def nobody_reaches_a_learner_without_a_grant_that_holds(self) -> None:
        """Whoever reads a record today holds a role that allows it, in a place that the learner is in."""
        for name in ("ana", "bo", "cy") if hasattr(self, "ledger") else ():
            grants = grants_of(self.ledger, self.ledger.vault.person_id(name))
            for learner, target in TARGETS.items():
                found = granting(grants, Action.READ_RECORD, target, TODAY)

                assert (found is not None) is self.should(name, learner)

    def should(self, name: str, learner: str) -> bool:
        """Say so from the plain list."""
        readers = set(ROLES) - {"state director", "state analyst", "learner", "guardian", "integrator"}
        of_sol, of_mei = {0, 1, 2, 3, 5}, {0, 1, 4}
        return any(
            who == name
            and role in readers
            and first <= TODAY <= (last or TODAY)
            and SPOTS.index(place) in (of_sol if learner == SOL else of_mei)
            for who, role, place, first, last in self.held.values()
        )


Granting.TestCase.settings = settings(deadline=None, max_examples=10, stateful_step_count=12)
TestGranting = Granting.TestCase
