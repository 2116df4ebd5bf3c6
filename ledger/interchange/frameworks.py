"""What every reader of a framework file returns, and the checks they share."""

from dataclasses import dataclass

from ledger.domain.competencies import CHILD, PREREQUISITE, Competency, Edition, cycle_of, edges
from ledger.errors import Fault
from ledger.interchange import sentences
from ledger.interchange.report import Report


@dataclass(frozen=True, slots=True)
class Converted:
    """A framework file that was understood: the edition, and what is worth a word about it."""

    edition: Edition
    warnings: tuple[Fault, ...] = ()


def concluded(edition: Edition, report: Report) -> Converted | tuple[Fault, ...]:
    """Return the edition with its warnings, or every fault."""
    return tuple(report.faults) if report.faults else Converted(edition, report.warnings)


def refuse_cycles(edition: Edition, report: Report, pointer: str = "") -> None:
    """Note a fault, with the competencies by name, where parents or prerequisites go in a circle."""
    for kind, sentence in (
        (CHILD, sentences.PARENT_CYCLE),
        (PREREQUISITE, sentences.PREREQUISITE_CYCLE),
    ):
        cycle = cycle_of(edges(edition, kind))
        if cycle:
            report.fault(sentence.format(cycle=_path(edition, cycle)), pointer=pointer)


def _path(edition: Edition, cycle: tuple[str, ...]) -> str:
    names = {item.id: name_of(item) for item in edition.items}
    return " > ".join(names[identity] for identity in (*cycle, cycle[0]))


def name_of(item: Competency) -> str:
    """Name a competency for a person: its code, the id its file gave, else its label and id."""
    return item.code or item.local or f"{item.label} ({item.id})"


def label_of(statement: str) -> str:
    """Return the first 60 characters of a statement, on one line."""
    line = " ".join(statement.split())
    return line if len(line) <= 60 else line[:59].rstrip() + "…"
