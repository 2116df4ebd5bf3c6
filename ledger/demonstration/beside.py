"""Bringing a district's own framework in, and aligning it to the state's."""

from pathlib import Path

from ledger.application.governing import import_framework
from ledger.demonstration.content import ALGEBRA_1
from ledger.demonstration.files import framework_file
from ledger.demonstration.governing import Hands
from ledger.demonstration.pathway import ALIGNMENT_FILE, DISTRICT, PATHWAY
from ledger.domain.shapes import Authority
from ledger.errors import InputFaults
from ledger.importing.alignments import AlignmentFile, import_alignments
from ledger.interchange.framework_csv import framework_identifier, read_framework_csv
from ledger.interchange.frameworks import Converted


def align_pathway(hands: Hands, files: Path) -> None:
    """Bring the district's framework and its alignment into its ledger; a repeat changes nothing."""
    name = framework_file(PATHWAY)
    data = (files / name).read_bytes()
    converted = read_framework_csv(data, name, PATHWAY.name, PATHWAY.title)
    if not isinstance(converted, Converted):
        raise InputFaults(converted)
    import_framework(hands.ledger, hands.author(PATHWAY.name), converted.edition, data)
    file = AlignmentFile(
        name=ALIGNMENT_FILE,
        data=(files / ALIGNMENT_FILE).read_bytes(),
        authority=Authority(body=f"Curriculum board of {DISTRICT.name}", minute="9"),
        local_framework=framework_identifier(PATHWAY.name),
        state_framework=framework_identifier(ALGEBRA_1.name),
    )
    import_alignments(hands.ledger, hands.author("alignment"), file)
