"""Documents that cannot be kept or opened, and what each refusal says."""

import pytest

from ledger.application.documenting import keep_document, require_documents
from ledger.documents import LARGEST
from ledger.errors import EvidenceErased, LedgerDamaged, Unavailable, UnknownName, UsageError
from tests.erasure.school import LETTER, School
from tests.support.ledgers import AUTHORITY, author


def test_a_document_has_a_size(school: School) -> None:
    """An empty document and one that is too large are refused."""
    for data in (b"", bytes(LARGEST + 1)):
        with pytest.raises(UsageError) as refusal:
            keep_document(school.ledger, school.gone, data, "text/plain")

        assert f"a document of {len(data):,} bytes: it must have 1 to 20,000,000" == str(refusal.value)


@pytest.mark.parametrize("media_type", ["pdf", "a/b/c", "text/pl ain", "text/plän"])
def test_a_media_type_has_two_parts(school: School, media_type: str) -> None:
    """What is no media type is refused, for events keep it for good."""
    with pytest.raises(UsageError) as refusal:
        keep_document(school.ledger, school.gone, LETTER, media_type)

    assert f"{media_type!r} is not a media type such as application/pdf" == str(refusal.value)


def test_a_document_that_is_not_kept_is_named(school: School) -> None:
    """A digest nothing is kept under is refused, with where to look."""
    with pytest.raises(UnknownName) as refusal:
        school.ledger.documents.open(school.gone, "0" * 64)

    sentence = (
        f"no document {'0' * 64} of learner {school.gone} is kept here; `mastery document list` names those that are"
    )
    assert sentence == str(refusal.value)


def test_a_document_put_in_the_place_of_another_is_noticed(school: School) -> None:
    """A file moved to another digest or another learner, or altered, does not open."""
    folder = school.ledger.documents.folder
    path = next((folder / school.gone).iterdir())
    other = next((folder / school.stays).iterdir())
    other.write_bytes(path.read_bytes())

    with pytest.raises(LedgerDamaged) as refusal:
        school.ledger.documents.open(school.stays, other.name)

    sentence = "does not open: it was altered, or belongs to another row; restore the file from a backup"
    assert f"{other} {sentence}" == str(refusal.value)


def test_a_document_of_somebody_erased_is_gone(school: School) -> None:
    """After the erasure the document can neither be opened nor kept anew."""
    name = next((school.ledger.documents.folder / school.gone).iterdir()).name

    school.erased(payloads=False)

    sentence = f"the key of {school.gone} was destroyed; nothing the vault held about them can be read"
    for asked in (
        lambda: school.ledger.documents.open(school.gone, name),
        lambda: keep_document(school.ledger, school.gone, LETTER, "text/plain"),
    ):
        with pytest.raises(EvidenceErased) as refusal:
            asked()
        assert sentence == str(refusal.value)


def test_a_document_can_be_required_for_some_acts_alone(school: School) -> None:
    """An act nobody knows is refused with those there are."""
    with pytest.raises(UsageError) as refusal:
        require_documents(school.ledger, author(school.ledger), ["breathing"], AUTHORITY, "x")

    acts = "correction, withdrawal, retraction, ruling"
    assert f"no document can be required for 'breathing'; for {acts} it can" == str(refusal.value)


def test_a_document_is_held_against_the_name_it_stands_under(school: School) -> None:
    """A document sealed under the right key and name that is another one is noticed by its digest."""
    path = next((school.ledger.documents.folder / school.gone).iterdir())
    path.write_bytes(school.ledger.vault.sealed(school.gone, b"\x00forged", f"document/{path.name}"))

    with pytest.raises(LedgerDamaged) as refusal:
        school.ledger.documents.open(school.gone, path.name)

    assert f"{path} holds another document than its name says; restore it from a backup" == str(refusal.value)


def test_documents_that_cannot_be_deleted_are_said_to_be_there(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses to delete, the order says so and can be given again."""

    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", refused)
        with pytest.raises(Unavailable) as refusal:
            school.erased(payloads=False)

    folder = school.ledger.documents.folder / school.gone
    sentence = "cannot be deleted: Permission denied; delete it, or give the same command again"
    assert f"{folder} {sentence}" == str(refusal.value)
    assert not school.ledger.vault.knows(school.gone)
    assert 1 == school.erased(payloads=False).documents
