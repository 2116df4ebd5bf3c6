"""Who may do what and whom each kind of place reaches, stated a second time, and action by action."""

from functools import cache

ACTIONS = """
see this ledger at a glance: everybody who works here
read policies: everybody
read frameworks: everybody
start long work and follow it: everybody who works here
follow the long work of others: district admin
read changes of rules: state director, state analyst, district admin, approver, registrar, principal, auditor
read pilots and compare them: state director, state analyst, district admin, approver, auditor
list learners: everybody who knows learners, auditor, integrator by token
read a learner's record: everybody who knows learners, auditor, integrator by token
list decisions: everybody who knows learners, state director, state analyst, auditor, integrator by token
see names in place of pseudonyms: everybody who knows learners, learner, guardian
read your own targets: learner, guardian
read what hangs on a learner's legal entitlements: learner, guardian, case manager, registrar, auditor
see a class: district admin, registrar, principal, counsellor, teacher, case manager
see results by group: state director, state analyst, district admin, approver, principal
record evidence: registrar, teacher, case manager, integrator by token
take back what you recorded: registrar, teacher, case manager
correct or withdraw evidence of others: registrar
give a recommendation, a consent or an approval about a learner: registrar, principal, counsellor, teacher, case manager
record where learners belong: registrar, integrator by token
bring in files: registrar, integrator by token
ask for a review: learner, guardian
propose a change of rules: state director, district admin
discuss a change of rules: state director, district admin, approver, principal
approve or decline a change of rules: approver
schedule and activate a change of rules: state director, district admin, approver
settle decisions that would now be others: district admin, approver, registrar, principal
set bounds for those below: state director, district admin
try other rules on the learners on record: state director, state analyst, district admin, approver, auditor
open, extend and end pilots: state director
submit and certify the figures of a pilot: district admin, approver
ask the audit queries: state director, district admin, registrar, auditor
verify the ledger: state director, district admin, auditor
make decisions again: auditor
take away a bundle: auditor
keep an auditor's case: auditor
have names disclosed on a legal basis: auditor
close and reopen the books: district admin, registrar
keep documents: registrar, counsellor
read who holds which role: state director, district admin, auditor
grant and end roles: state director, district admin
make tokens for programs: district admin, integrator
read who looked at what: district admin, auditor
read who looked at your record: learner, guardian
"""
"""Each action, and who may do it."""

GROUPS = {
    "everybody": "state director, state analyst, district admin, approver, registrar, principal, counsellor, teacher, "
    "case manager, learner, guardian, auditor, integrator",
    "everybody who works here": "state director, state analyst, district admin, approver, registrar, principal, "
    "counsellor, teacher, case manager, auditor, integrator",
    "everybody who knows learners": "district admin, approver, registrar, principal, counsellor, teacher, case manager",
}

ABOUT_NOBODY = {
    "see this ledger at a glance",
    "read policies",
    "read frameworks",
    "read changes of rules",
    "discuss a change of rules",
    "make tokens for programs",
    "start long work and follow it",
}
"""What a role in a part of a ledger allows in the whole of it."""

REACHED = {
    "state": "own state, own district, own school, own class, sol, mei, kai, noor, lux",
    "district": "own district, own school, own class, sol, mei, kai, noor",
    "school": "own school, own class, sol, mei, kai",
    "class": "own class, sol, mei",
    "learner": "sol",
}
"""What each kind of place reaches, of the relations in test_table; `kai` is in another class, `noor` in another
school, `lux` in another district, `ada` in another state."""

PART_OF = {
    "own state": {"district", "school", "class", "learner"},
    "own district": {"school", "class", "learner"},
    "own school": {"class", "learner"},
    "other state": {"learner"},
    "other district": {"learner"},
    "other school": {"learner"},
}
"""What is a part of a whole ledger; of one learner alone only the ledger itself knows whether it is of it."""

HOLDS = {
    "state director": "state",
    "state analyst": "state",
    "district admin": "state, district, school",
    "approver": "state, district, school",
    "registrar": "state, district, school",
    "principal": "state, district, school",
    "counsellor": "state, district, school, class, learner",
    "teacher": "state, district, school, class, learner",
    "case manager": "state, district, school, class, learner",
    "learner": "learner",
    "guardian": "learner",
    "auditor": "state, district, school",
    "integrator": "state, district, school, class",
}
"""In which places a role can hold."""


def split(text: str) -> set[str]:
    """Return the words between commas."""
    return {word.strip() for word in text.split(",")}


@cache
def lines() -> dict[str, set[str]]:
    """Return for each action the roles that may do it, `by token` after those that may only so."""
    found = {}
    for line in ACTIONS.strip().splitlines():
        action, _, who = line.rpartition(": ")
        found[action] = {role for word in split(who) for role in split(GROUPS.get(word, word))}
    return found
