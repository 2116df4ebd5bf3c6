"""An auditor's case as it is shown, and what its sample allows one to say."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.application import Ledger
from ledger.application.auditing_cases import case_of, cases_of
from ledger.audit.confidence import CONFIDENCE, percent, upper_limit
from ledger.audit.sampling import Stratum, draw, strata_of
from ledger.audit.verdicts import Verdict
from ledger.domain.case_fold import Case
from ledger.domain.learner import Decided
from ledger.domain.shapes import VaultText
from ledger.errors import EvidenceErased, LedgerError
from ledger.inquiry.naming import Naming
from ledger.inquiry.views import SubjectView
from ledger.storage.inspection import Inspection
from ledger.vault import Vault


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case in a line; `concluded` is true once nothing more is added."""

    id: str
    number: int
    title: str
    basis: str
    opened: str
    decisions: int
    exceptions: int | None
    findings: int
    concluded: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note or a finding; `position` is that of the decision it is about, null for the case."""

    kind: str
    at: str
    position: int | None
    text: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A decision of a case: how often it was drawn (0: besides, or by hand), and what came of making it again.

    `how` is "drawn", "besides" or "by hand"; `verdict` is empty before it was made again, "unreadable" where the
    decision cannot be read; then learner and the rest are empty too.
    """

    position: int
    how: str
    times: int
    learner: str
    version: int
    on: str
    question: str
    subject: SubjectView | None
    outcome: str
    edition: str
    verdict: str
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True)
class SampleView:
    """A sample: what it was drawn from, and once it was made again what it allows one to say of all.

    `limit` is the rate of exceptions that is not exceeded at the confidence, as a percentage; null where all were
    drawn or nothing was made again yet. `says` is that in a sentence.
    """

    seed: str
    wanted: int
    after: int
    through: int
    population: int
    drawn: int
    besides: int
    strata: tuple[Stratum, ...]
    exceptions: int | None
    erased: int
    limit: str | None
    says: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its decisions, notes and findings; `replayed` is when they were made again, empty before."""

    summary: CaseSummary
    purpose: str
    sample: SampleView | None
    rows: tuple[CaseRow, ...]
    notes: tuple[NoteView, ...]
    replayed: str
    replayed_to: int | None
    conclusion: str


def case_list(ledger: Ledger, reader: str) -> tuple[CaseSummary, ...]:
    """Return the cases of whoever reads, by vault id, the newest first."""
    return tuple(_summary(ledger, one) for one in cases_of(ledger, reader))


def case_view(ledger: Ledger, reader: str, case: str) -> CaseView:
    """Return a case to whoever opened it; raise `UnknownName` for anybody else."""
    found = case_of(ledger, reader, case)
    notes = tuple(
        NoteView(one.said.kind, one.at, one.said.position, _text(ledger.vault, one.said.text)) for one in found.notes
    )
    return CaseView(
        summary=_summary(ledger, found),
        purpose=found.opened.purpose,
        sample=_sample(ledger, found),
        rows=tuple(_rows(ledger, found, notes)),
        notes=tuple(one for one in notes if one.position is None),
        replayed=found.replayed_at,
        replayed_to=found.replayed.through if found.replayed else None,
        conclusion=_text(ledger.vault, found.concluded.text) if found.concluded else "",
    )


def _summary(ledger: Ledger, case: Case) -> CaseSummary:
    return CaseSummary(
        id=case.id,
        number=case.opened.number,
        title=_text(ledger.vault, case.opened.title),
        basis=case.opened.basis,
        opened=case.at,
        decisions=len(case.positions),
        exceptions=len(case.replayed.others) if case.replayed else None,
        findings=sum(one.said.kind == "finding" for one in case.notes),
        concluded=case.concluded is not None,
    )


def _text(vault: Vault, reference: VaultText) -> str:
    try:
        return vault.text(reference)
    except EvidenceErased:
        return "(erased with the key of whoever wrote it)"


def verdicts_of(case: Case) -> dict[int, str]:
    """Return the verdict of each decision of a case that was made again, by position."""
    if case.replayed is None:
        return {}
    others = {one.position: one.verdict or "unreadable" for one in case.replayed.others}
    made = (position for position in case.positions if position <= case.replayed.through)
    return {one: others.get(one, Verdict.IDENTICAL.value) for one in made}


def _sample(ledger: Ledger, case: Case) -> SampleView | None:
    drawn = case.sample
    if drawn is None:
        return None
    inspection = Inspection(ledger.log.recorder.datastore)
    again = draw(strata_of(inspection, drawn.after, drawn.through), drawn.wanted, drawn.seed)
    verdicts = verdicts_of(case) if case.replayed else {}
    made = all(one in verdicts for one in drawn.counted)
    others = [verdicts[one] for one in drawn.counted if verdicts[one] != Verdict.IDENTICAL] if made else []
    limit = None
    if made and len(drawn.counted) < drawn.population:
        limit = percent(upper_limit(len(others), len(drawn.counted)))
    return SampleView(
        seed=drawn.seed,
        wanted=drawn.wanted,
        after=drawn.after,
        through=drawn.through,
        population=drawn.population,
        drawn=len(drawn.counted),
        besides=len(drawn.besides),
        strata=again.strata if again.counted == drawn.counted else (),
        exceptions=len(others) if made else None,
        erased=others.count(Verdict.EVIDENCE_ERASED),
        limit=limit,
        says=_says(len(others), len(drawn.counted), drawn.population, limit) if made else "",
    )


def _says(exceptions: int, drawn: int, population: int, limit: str | None) -> str:
    if limit is None:
        return f"All {drawn:,} decisions there are were drawn, {exceptions:,} of them exceptions: nothing is estimated."
    confidence = percent(CONFIDENCE).removesuffix(".0 %")
    return (
        f"{exceptions:,} of {drawn:,}: at most {limit} of the {population:,} decisions would not come out identical, "
        f"at {confidence} % confidence."
    )


def _rows(ledger: Ledger, case: Case, notes: tuple[NoteView, ...]) -> Iterator[CaseRow]:
    naming, verdicts = Naming(ledger.governance()), verdicts_of(case)
    drawn = case.sample.counted if case.sample else ()
    besides = case.sample.besides if case.sample else ()
    for position in case.positions:
        how = "drawn" if position in drawn else "besides" if position in besides else "by hand"
        said = tuple(one for one in notes if one.position == position)
        yield _row(ledger, naming, position, how, drawn.count(position), verdicts.get(position, ""), said)


def _row(
    ledger: Ledger, naming: Naming, position: int, how: str, times: int, verdict: str, notes: tuple[NoteView, ...]
) -> CaseRow:
    learner, version, made = _decision(ledger, position)
    return CaseRow(
        position=position,
        how=how,
        times=times,
        learner=learner,
        version=version,
        on=made.on if made else "",
        question=made.question if made else "",
        subject=naming.subject(made.subject) if made else None,
        outcome=made.outcome if made else "",
        edition=made.edition if made else "",
        verdict=verdict,
        notes=notes,
    )


def _decision(ledger: Ledger, position: int) -> tuple[str, int, Decided | None]:
    """Return learner, version and payload of the decision at a position, as far as it can be read."""
    row = ledger.log.recorder.at(position)
    if row is None:
        return "", 0, None
    learner = row[1].removeprefix("learner/")
    try:
        event = ledger.log.mapper.read(row[1], row[2], row[3], row[4], position)
    except LedgerError:
        return learner, row[2], None
    return learner, row[2], event.data if isinstance(event.data, Decided) else None
