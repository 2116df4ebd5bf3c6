"""docs/access.md, written from the table itself: `python -m ledger.access.reference`."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import fill

from ledger.access.actions import Action
from ledger.access.table import ABOUT_NOBODY, APPOINTS, BY_TOKEN_ALONE, MAY, PLACES, ROLES
from ledger.domain.access import Role

WIDTH = 130
"""Characters in a line of the page."""

PAGE = Path("docs/access.md")

INTRODUCTION = """# Who may do what

Written by `python -m ledger.access.reference` from the code, and held against it by the tests.

Nothing is allowed that is not written here. A person holds **grants**: a role, in a place, from a first day to a
last one. Each is an event (`RoleGranted`, `RoleEnded`), so that who could see what on a day can be told years
later. Grants are read anew for every page, so that a role that was ended allows nothing from the next page on.

## Where a role holds

A place is a jurisdiction with all below it (a state, a district, a school, named as in
`us-tx/pine-valley/north-high`), a class (a section of an organisation), or one learner.

- A role in a jurisdiction reaches the ledger of it and of those below it, and in another ledger those learners who
  are enrolled there, or take a course there, on the day that it is.
- A role in a class reaches the learners in it on that day; one for a learner reaches that learner alone.
- What lies out of reach answers as if it were not there (404, in the very same words); what could be reached and is
  not allowed answers 403 with the reason.
- Lists, their CSV and their JSON, and the counts of the overview hold whom one reaches and nobody else. Counts of a
  narrower reach say so.
- What is about nobody ({about_nobody}) is open in a whole ledger to a role that allows it and holds in any part of
  it.
- A grant counts in the ledger it was given in, and in those below it that lie in the same folder.

## What is cut

- **Names** are shown to those who may *{see_names}*; all others see pseudonyms, cannot search by name or by the id
  of another system, and are not told them in CSV or JSON either.
- **Legal entitlements**: what hangs on one is shown only to those who may *{entitlements}*. Without that are cut:
  the clauses of an explanation that read one, such facts, grants and decisive clauses, every status on record,
  evidence and votes from which an entitlement is read, and the digests from which it could be guessed. It is never
  on a transcript or badge.
- An integrator does nothing to records at a browser: {by_token} need a token.

## What is written down

Every time somebody other than the learner is shown a record, a line is added to `reads.db`: who, in which role,
when, what, which learner or how many, in which ledger, through a page or the API. It holds ids and no names, cannot
be changed, and what cannot be written down is not shown. Searching it needs *{read_log}*. A learner and the
guardians see who looked, by role, unless the district hides what happens within its schools (`mastery access
readers hidden`); what was given to somebody outside they always see. After an erasure the lines stay: the id in
them leads to nobody any more.

## Who gives roles

Nobody gives a role to themselves, outside of their own place, or one that is not listed for theirs. Whoever ends
the last grant by which roles are given in a place has to confirm it. That who proposed a change never approves it
is kept by the domain itself. Whoever runs `mastery access grant` on the machine may give any role: that is how the
first one comes about.
"""


def reference() -> str:
    """Write the page."""
    about_nobody = ", ".join(one.value for one in Action if one in ABOUT_NOBODY)
    by_token = "; ".join(one.value for one in Action if one in BY_TOKEN_ALONE["integrator"])
    introduction = INTRODUCTION.format(
        about_nobody=about_nobody,
        by_token=by_token,
        see_names=Action.SEE_NAMES.value,
        entitlements=Action.READ_ENTITLEMENTS.value,
        read_log=Action.READ_LOG.value,
    )
    return "\n".join(
        [_wrapped(introduction), *_giving(), "", "## Roles", "", *_places(), "", "## The table", "", *_table(), ""]
    )


def _wrapped(text: str) -> str:
    """Lay out each paragraph and each point of a list anew; what was put in may be long."""
    points = [point for block in text.split("\n\n") for point in ("\n\n" + block).replace("\n- ", "\n\0- ").split("\0")]
    return "".join(_filled(point) for point in points).replace("\n\n\n", "\n\n").strip() + "\n"


def _filled(point: str) -> str:
    before, after = point[: len(point) - len(point.lstrip("\n"))], "\n" if point.endswith("\n") else ""
    hanging = "  " if point.lstrip("\n").startswith("- ") else ""
    return before + fill(" ".join(point.split()), WIDTH, subsequent_indent=hanging, break_long_words=False) + after


def _giving() -> Iterator[str]:
    yield "| who | gives and ends |"
    yield "|---|---|"
    yield from (f"| {role} | {', '.join(one for one in ROLES if one in APPOINTS[role])} |" for role in APPOINTS)


def _places() -> Iterator[str]:
    yield "| role | holds in a |"
    yield "|---|---|"
    yield from (f"| {role} | {', '.join(PLACES[role])} |" for role in ROLES)


def _table() -> Iterator[str]:
    yield "✓ allowed; t, to a program with a token alone."
    yield ""
    yield f"| action | that is | {' | '.join(ROLES)} |"
    yield f"|---|---|{'---|' * len(ROLES)}"
    for action in Action:
        name = action.name.lower().replace("_", "-")
        yield f"| `{name}` | {action.value} | {' | '.join(_cell(role, action) for role in ROLES)} |"


def _cell(role: Role, action: Action) -> str:
    if action in BY_TOKEN_ALONE.get(role, ()):
        return "t"
    return "✓" if action in MAY[role] else ""


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
