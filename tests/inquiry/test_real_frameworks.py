"""Coverage of a real framework, every standard of it aligned and evidenced."""

import time
from pathlib import Path

import pytest

from ledger.application.governing import import_framework
from ledger.importing import ImportOptions, import_evidence
from ledger.importing.alignments import AlignmentFile, import_alignments
from ledger.inquiry.coverage import coverage
from ledger.interchange.case import read_package
from ledger.interchange.framework_csv import framework_identifier, read_framework_csv
from ledger.interchange.frameworks import Converted
from tests.support.frameworks import models_of
from tests.support.ledgers import AUTHORITY, author, opened

LEARNERS, SECONDS = 40, 5


@pytest.mark.parametrize("name", ["sbac_math_hs_c2.json", "sbac_math_g3_c1_th.json"])
def test_a_real_framework_is_covered_in_one_pass(real_data: Path, tmp_path: Path, name: str) -> None:
    """Two local competencies for each of its items, one the same and one a part, and evidence about both kinds."""
    data = (real_data / "case" / name).read_bytes()
    found = read_package(data, name)
    assert isinstance(found, Converted), found
    items = found.edition.items
    rows = "".join(f"w{number},W.{number},Whole\np{number},P.{number},Part\n" for number in range(len(items)))
    local = read_framework_csv(f"id,code,statement\n{rows}".encode(), "local.csv", "local", "Local")
    assert isinstance(local, Converted), local
    aligned = "".join(
        f"{item.id},W.{number},exactMatchOf,2026-01-01\n{item.id},P.{number},isPartOf,2026-01-01\n"
        for number, item in enumerate(items)
    )
    work = "".join(
        f"S-{learner},{letter}.{number},5,task,summative,t,2026-02-01\n"
        for learner in range(LEARNERS)
        for number in range(learner % 2, len(items), 2)
        for letter in "WP"
    )
    evidence = tmp_path / "work.csv"
    evidence.write_text(f"learner,competency,score,kind,purpose,task,occurred\n{work}")
    file = AlignmentFile("a.csv", f"state,local,relation,from\n{aligned}".encode(), AUTHORITY)

    with opened(tmp_path / "home") as ledger:
        import_framework(ledger, author(ledger), found.edition, data)
        import_framework(ledger, author(ledger), local.edition, rows.encode())
        brought = import_alignments(ledger, author(ledger), file)
        import_evidence(ledger, author(ledger), evidence, ImportOptions())
        models = models_of(ledger)
        started = time.monotonic()
        view = coverage(ledger, models, found.edition.framework)
        taken = time.monotonic() - started
        models.close()

    assert 2 * len(items) == brought.new
    assert {"covered"} == {one.state for one in view.standards}
    assert len(items) == len(view.standards)
    assert {LEARNERS // 2} == {one.whole.learners for one in view.standards} | {
        one.part.learners for one in view.standards
    }
    assert (("Local",), framework_identifier("local")) == (view.locals, local.edition.framework)
    assert taken < SECONDS
