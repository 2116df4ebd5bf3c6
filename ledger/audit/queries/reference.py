"""docs/queries.md, written from the queries themselves: `python -m ledger.audit.queries.reference`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from ledger.audit.queries.finding import Query
from ledger.audit.queries.registry import QUERIES
from ledger.interchange import roster_csv, transcript_csv

PAGE = Path("docs/queries.md")

INTRODUCTION = """# Queries of an auditor

Twelve questions to a whole ledger, and two to a file of another system. Written by
`python -m ledger.audit.queries.reference` from the code, and held against it by the tests.

    mastery audit all --since 2026-01-01 --csv findings.csv
    mastery audit fail-to-pass --night-from 19

A finding is something to look at, never a verdict: it names the event it is about and those that belong to it by their
positions (`mastery events`), the learner by pseudonym, and says why in a sentence. Exit status 1: there are findings.

- `--since POSITION|DAY` keeps the findings about what was recorded after a position, or on a day and later. Everything
  before is read all the same, for what is usual follows from it.
- `--csv FILE` writes a line for each finding (`-` for standard output); no spreadsheet takes a cell for a formula.
- `--json` prints the same as the text.
- Every line that is drawn is an option. What an answer was asked with is said in it.

How the words are meant:

- *By hand* is what a person records here, one thing by one command; an import brings the ids of another system, and is
  entered by no hand.
- A decision *became met* by an entry where it was not met before, and the decision stands in the same append. Only
  MASTERY, CREDIT, ADVANCEMENT, CERTIFICATION and GRADUATION count: the other questions open a way and award nothing.
- Hours and days are those of the ledger's zone. *Recorded* is when the ledger knew, by the clock of its machine;
  `mastery verify` says what that clock is worth.
- All counting is in whole numbers. Where a finding rests on what is usual, it says what that is.

What the queries do not see: whoever takes a document that proves nothing, waits for the day, keeps below every line.
They show where to look first. `mastery demo --planted SEED` builds a year of planted wrongs and innocent look-alikes to
try them on; its `planted.json` says what was planted.
"""

RECONCILING = """## Transcripts and rosters

    mastery reconcile transcript transcript.csv
    mastery reconcile roster roster.csv --named-only

Each holds a CSV of another system against the ledger, tells every difference with the line of the file and the position
in the ledger, and stores nothing. Learners are named by the id they have there, or by pseudonym. `--named-only` leaves
out learners the file does not name, as for the file of one school. A file with a fault is refused whole.

A transcript has the columns {transcript}; only {transcript_needed} are needed. A row without an
award stands for every award of the course. Told are:

- `credit-without-decision`: nobody decided it, the last decision is another, or is proposed and not confirmed;
- `decision-without-credit`: it was decided and stands, and no row names it;
- `other-amount`: the rows of a course add up to something else than was decided, where both say;
- `earned-too-early`: before the day it was first decided for.

A roster has the columns {roster}, as
`mastery import roster` reads them. Told are:

- `not-in-ledger`: the ledger does not have the learner there in any of those days;
- `not-on-roster`: the ledger has, and no row does. What was over before the first day on the roster is left alone, and
  so are courses where the roster has none;
- `other-days`, `other-grade`: both have the learner there, from or to another day, or in another grade.
"""


def reference() -> str:
    """Write the page."""
    columns = {
        "transcript": _listed(transcript_csv.COLUMNS),
        "transcript_needed": " and ".join(f"`{name}`" for name in transcript_csv.NEEDED),
        "roster": _listed(roster_csv.COLUMNS),
    }
    return "\n".join([INTRODUCTION, *map(_section, QUERIES.values()), RECONCILING.format(**columns)])


def _section(query: Query) -> str:
    lines = [f"## {query.name}", "", query.asks, "", f"*A finding is:* {_began_small(query.finds)}", ""]
    lines += [f"*Left alone:* {_began_small(query.innocent)}", "", *_thresholds(query)]
    return "\n".join(lines) + "\n"


def _thresholds(query: Query) -> Iterator[str]:
    yield "| option | if left out | means |"
    yield "|---|---|---|"
    yield from (f"| `--{one.name}` | {one.default:,} | {one.says} |" for one in query.thresholds)


def _began_small(text: str) -> str:
    return text[0].lower() + text[1:]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(reference(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} is written\n")
