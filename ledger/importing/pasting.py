"""Matching a pasted block to the learners of a class and their competencies; nothing is stored by it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledger.application.ledger import Ledger
from ledger.errors import Fault
from ledger.interchange.pasted import PASTED, PastedRow, folded, names_of_columns, read_pasted
from ledger.vault import pseudonym

HEADINGS = frozenset(("learner", "learners", "name", "names", "student", "students", "id"))
"""How the first column may be headed; such a row is no learner."""

NOBODY = "nobody in this class has this name or id"
SEVERAL = "{count} learners in this class have this name; use the id"
TWICE = "this learner stands on line {line} already"
TOO_FEW = "there is nothing beside the name"
TOO_MANY = "there are {count} cells beside the name, and {wanted} to fill"
NO_COLUMNS = "choose what it is evidence of, or paste a first row that names the competencies by their codes"


@dataclass(frozen=True, slots=True)
class Matched:
    """What was pasted, by learner and column: the text of each cell, and what is wrong, line by line.

    `columns` are the names of the competencies in the order of the cells.
    """

    columns: tuple[str, ...]
    cells: Mapping[str, tuple[str, ...]]
    lines: Mapping[str, int]
    faults: tuple[Fault, ...]


def match_pasted(
    ledger: Ledger, text: str, learners: Sequence[str], known: Sequence[str], chosen: Sequence[str]
) -> Matched:
    """Match what was pasted; learners are named by id, by name as people write it, or by pseudonym.

    `known` are the codes a first row may name, `chosen` those the cells are about where it names none.
    """
    rows, faults = read_pasted(text)
    named = names_of_columns(rows[0], known) if rows else None
    columns = tuple(chosen) if named is None else named
    if rows and not columns:
        return Matched((), {}, {}, (*faults, Fault(PASTED, rows[0].line, "", "", NO_COLUMNS)))
    body = rows[1:] if rows and (named is not None or rows[0].cells[0].casefold() in HEADINGS) else rows
    who = _Who(ledger, learners)
    cells: dict[str, tuple[str, ...]] = {}
    lines: dict[str, int] = {}
    wrong = list(faults)
    for row in body:
        found = list(_faults(who, row, lines, len(columns)))
        wrong += found
        if not found:
            learner = who.meant(row.cells[0])[0]
            lines[learner] = row.line
            cells[learner] = row.cells[1 : len(columns) + 1]
    return Matched(columns, cells, lines, tuple(wrong))


def _faults(who: "_Who", row: PastedRow, lines: Mapping[str, int], wanted: int) -> Iterator[Fault]:
    name, beside = row.cells[0], row.cells[1:]
    meant = who.meant(name)
    if len(meant) != 1:
        yield Fault(PASTED, row.line, "", name, SEVERAL.format(count=len(meant)) if meant else NOBODY)
    elif meant[0] in lines:
        yield Fault(PASTED, row.line, "", name, TWICE.format(line=lines[meant[0]]))
    if not beside:
        yield Fault(PASTED, row.line, "", name, TOO_FEW)
    elif len(beside) > wanted and any(beside[wanted:]):
        yield Fault(PASTED, row.line, "", name, TOO_MANY.format(count=len(beside), wanted=wanted))


class _Who:
    """Finds the learners of a class by whatever a teacher calls them."""

    def __init__(self, ledger: Ledger, learners: Sequence[str]) -> None:
        self.ledger, self.learners = ledger, frozenset(learners)
        names = ledger.vault.names(learners)
        self.by_name: dict[str, list[str]] = {}
        for learner in learners:
            for name in (names[learner], pseudonym(learner)):
                self.by_name.setdefault(folded(name), []).append(learner)

    def meant(self, name: str) -> list[str]:
        known = self.ledger.vault.find(name) if name else None
        if known in self.learners:
            return [str(known)]
        return list(Counter(self.by_name.get(folded(name), [])))
