"""Bundles changed at random: none is believed, and none brings the verifier down."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.audit.verifier.bundle import Bundle, bundle_of
from ledger.audit.verifier.completeness import Completeness
from ledger.audit.verifier.integrity import Integrity
from ledger.audit.verifier.refusing import Refused
from ledger.audit.verifier.trust import Trust, trust_of
from tests.audit.bundle.support import Signed, files_of, zipped

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FORGEABLE = ("checkpoint", "events.txt", "heads.txt", "leaves.txt", "tree.txt")


def read(data: bytes) -> Bundle | None:
    """Read a bundle, nothing where it is refused."""
    try:
        return bundle_of(data)
    except Refused:
        return None


def believed(data: bytes, trust: Trust) -> bool:
    """Say whether integrity and completeness both hold."""
    found = read(data)
    if found is None:
        return False
    answers = (Integrity(found, trust, {}).judge(), Completeness(found).judge())
    return all(answer.state.value == "holds" for answer in answers)


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@QUICK
def test_no_flipped_bit_passes(school: Signed, place: float, bit: int) -> None:
    """A bundle in which one bit is another is refused, wherever it is."""
    data = bytearray(school.bundle(school.decision()))
    data[int(place * len(data))] ^= 1 << bit

    assert read(bytes(data)) is None


@given(start=st.floats(0, 1), length=st.integers(1, 4000), more=st.binary(max_size=50))
@QUICK
def test_no_cut_and_no_addition_passes(school: Signed, start: float, length: int, more: bytes) -> None:
    """A bundle from which a piece is cut, or in which another stands, is refused."""
    data = school.bundle(school.decision())
    place = int(start * len(data))
    changed = data[:place] + more + data[place + length :]

    assert changed == data or read(changed) is None


@given(data=st.data(), leaves=st.booleans())
@QUICK
def test_no_forged_file_passes(school: Signed, data: st.DataObject, leaves: bool) -> None:
    """A file changed by somebody who also mends the manifest is never believed."""
    files = files_of(school.bundle(leaves=leaves))
    name = data.draw(st.sampled_from([name for name in FORGEABLE if name in files]))
    content = bytearray(files[name])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 2))] = data.draw(
            st.binary(max_size=2) | st.sampled_from([b"0", b"1", b"\n"])
        )
    changed = bytes(content) != files[name]
    files[name] = bytes(content)

    assert believed(zipped(files), trust_of(school.trust.encode(), "policy")) is not changed


@given(data=st.data())
@QUICK
def test_no_lines_moved_pass(school: Signed, data: st.DataObject) -> None:
    """Lines left out, doubled or put elsewhere are never believed, whichever file they stand in."""
    files = files_of(school.bundle())
    name = data.draw(st.sampled_from(["events.txt", "heads.txt", "tree.txt"]))
    lines = files[name].splitlines(keepends=True)
    chosen = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=len(lines) + 1))
    files[name] = b"".join(lines[place] for place in chosen)
    same = sorted(chosen) == list(range(len(lines)))
    held = believed(zipped(files), trust_of(school.trust.encode(), "policy"))

    assert not held or same
