"""The people of the demonstration: somebody of every role, whom anybody may be there without a password."""

from dataclasses import dataclass

from ledger.domain.access import Role


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person: the id by which they are known, the name, what they are, and what they come for.

    A name that is empty is that of the learner.
    """

    name: str
    given_name: str
    family_name: str
    title: str
    sentence: str
    role: Role


PERSONAS = (
    Persona(
        "kim",
        "Kim",
        "Okafor",
        "State director",
        "Compares districts and pilots, and sets the bounds districts keep within.",
        "state director",
    ),
    Persona(
        "mira",
        "Mira",
        "Castellanos",
        "State analyst",
        "Tries other rules on what is on record, and sees groups rather than names.",
        "state analyst",
    ),
    Persona(
        "dana",
        "Dana",
        "Whitfield",
        "District admin, Pine Valley",
        "Proposes changes of the rules of Pine Valley, and sees what they would do.",
        "district admin",
    ),
    Persona(
        "lee",
        "Lee",
        "Nakamura",
        "Approver, Pine Valley",
        "Approves or declines what somebody else proposed; nobody approves their own.",
        "approver",
    ),
    Persona(
        "omar",
        "Omar",
        "Haddad",
        "Auditor",
        "Makes decisions again, verifies the log, and sees pseudonyms in place of names.",
        "auditor",
    ),
    Persona(
        "ruth",
        "Ruth",
        "Lindgren",
        "Registrar, Pine Valley",
        "Keeps rosters, corrections and the graduation list.",
        "registrar",
    ),
    Persona("ana", "Ana", "Morales", "Teacher of one class", "Records what her class can do.", "teacher"),
    Persona("learner", "", "", "Learner", "Sees where they stand, what counts, and what is left.", "learner"),
    Persona(
        "guardian", "Rosa", "", "Guardian", "Sees the targets of one learner, and who read about them.", "guardian"
    ),
)
"""Everybody whom a demonstration offers, the state first; the last two take what they lack from the learner's name."""
