"""Giving the people of the demonstration their names and their roles."""

from collections.abc import Mapping
from datetime import date

from ledger.application import Ledger
from ledger.application.granting import grant_role
from ledger.demonstration.content import ALGEBRA, PINE_VALLEY, STATE
from ledger.demonstration.governing import Hands
from ledger.demonstration.personas import PERSONAS, Persona
from ledger.demonstration.practice import DRY_CREEK, SCHOOL, SECTION
from ledger.demonstration.records import Learner, World
from ledger.domain.access import Place
from ledger.vault import Profile

NUMBER = 2
"""Which learner of the course is one of the people: the one whose prerequisites are open."""

OF_THE_STATE = frozenset({"state director", "state analyst", "auditor"})


def give_roles(state: Ledger, districts: Mapping[str, Ledger], world: World) -> None:
    """Name everybody and give each their role, those of a district in its own ledger."""
    learner = the_learner(world)
    profiles = {state.vault.person_id(one.name): _profile(one, learner) for one in PERSONAS}
    state.vault.put_profiles(profiles)
    for persona in PERSONAS:
        ledger = state if persona.role in OF_THE_STATE else districts[PINE_VALLEY.jurisdiction]
        _give(Hands(ledger, world.plan.seed), persona, learner, world)
        if persona.role == "teacher":
            practice = Hands(districts[DRY_CREEK.jurisdiction], world.plan.seed)
            _give_practice(practice, persona.name, world.plan.year.first_day)


def _give_practice(hands: Hands, teacher: str, since: date) -> None:
    """Let the teacher look after the class of the small district too."""
    place = Place(kind="class", organisation=SCHOOL, section=SECTION)
    person = hands.ledger.vault.person_id(teacher)
    hands.once(
        f"practice of {teacher}",
        lambda author: grant_role(hands.ledger, author, person, "teacher", place, first_day=since),
        role="district-admin",
    )


def the_learner(world: World) -> Learner:
    """Return the learner of Pine Valley who is one of the people: in the high-school course, with much still open."""
    own = [one for one in world.learners if one.district is PINE_VALLEY and one.track == ALGEBRA and one.grade]
    return own[NUMBER]


def _give(hands: Hands, persona: Persona, learner: Learner, world: World) -> None:
    ledger = hands.ledger
    hands.once(
        f"role of {persona.name}",
        lambda author: grant_role(
            ledger,
            author,
            ledger.vault.person_id(persona.name),
            persona.role,
            _place(persona, ledger, learner),
            first_day=world.plan.year.first_day,
        ),
        role="district-admin",
    )


def _place(persona: Persona, ledger: Ledger, learner: Learner) -> Place:
    match persona.role:
        case "teacher":
            return Place(kind="class", organisation=learner.school, section=str(learner.section))
        case "learner" | "guardian":
            return Place(kind="learner", learner=ledger.vault.learner_id(learner.id))
        case role:
            return Place(kind="jurisdiction", organisation=STATE if role in OF_THE_STATE else ledger.jurisdiction)


def _profile(persona: Persona, learner: Learner) -> Profile:
    return Profile(
        given_name=persona.given_name or learner.given_name,
        family_name=persona.family_name or learner.family_name,
    )
