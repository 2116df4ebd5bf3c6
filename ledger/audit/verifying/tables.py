"""The file itself: its tables, indices and triggers are those every ledger is made with."""

from collections.abc import Iterator

from ledger.audit.verifying.findings import Finding, Kind
from ledger.storage.survey import Survey, as_made


def check_tables(survey: Survey) -> Iterator[Finding]:
    """Yield what differs from a new ledger's file, and what SQLite finds wrong with its pages."""
    with survey.one_state():
        held = survey.schema()
        faults = survey.faults()
    yield from (Finding(Kind.TABLES, survey.path.name, " ".join(fault.split())[:200]) for fault in faults)
    made = as_made()
    for kind, name in sorted(held.keys() | made.keys()):
        said = " ".join(held.get((kind, name), "").split())[:200]
        if (kind, name) not in made:
            yield Finding(Kind.TABLES, name, f"a ledger has no such {kind}: {said}")
        elif (kind, name) not in held:
            yield Finding(Kind.TABLES, name, "it is not there")
        elif held[kind, name] != made[kind, name]:
            yield Finding(Kind.TABLES, name, f"it was made otherwise: {said}")
