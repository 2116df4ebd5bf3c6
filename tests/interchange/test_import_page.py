"""docs/import.md says what the readers say."""

import re
from pathlib import Path

import pytest

from ledger.interchange import sentences
from ledger.interchange.alignment_csv import AlignmentsRead, read_alignments
from ledger.interchange.evidence_fields import CHOICES, FIELDS
from ledger.interchange.evidence_map import EvidenceMap, map_of_header, read_map
from ledger.interchange.scale_toml import read_scale
from tests.interchange.support import sides, small_framework

PAGE = (Path(__file__).parents[2] / "docs" / "import.md").read_text()
SENTENCES = {name: text for name, text in vars(sentences).items() if name.isupper()}


def blocks(language: str) -> list[str]:
    """Return the examples of the page in one language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_every_sentence_stands_on_the_page(name: str) -> None:
    """A sentence a file may be answered with can be looked up word for word."""
    written = re.sub(r"\{(\w+)[^}]*\}", r"‹\1›", SENTENCES[name])

    assert f"- `{written}`\n" in PAGE + "\n"


def test_every_sentence_is_used() -> None:
    """No sentence is left that nothing says."""
    folder = Path(sentences.__file__).parent
    code = "".join(path.read_text() for path in folder.glob("*.py") if path.name != "sentences.py")
    unused = {name for name in SENTENCES if not re.search(rf"sentences\.{name}\b", code)}

    assert unused == set()


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_stands_on_the_page(field: str) -> None:
    """A field is explained with what it says and the words it allows."""
    (line,) = re.findall(rf"^\| `{field}` \| (.*) \|$", PAGE, re.MULTILINE)

    assert line.startswith(FIELDS[field])
    assert all(f"`{choice}`" in line for choice in CHOICES.get(field, ()))


def test_examples_of_the_page_are_read() -> None:
    """Every example on the page is accepted by the reader it is an example for."""
    framework, alignment, evidence, *_ = blocks("csv")
    scale, whole, marks = blocks("toml")
    first = '[columns]\nlearner = "a"\nscore = "b"\n[constants]\nkind = "task"\npurpose = "summative"\n'

    assert len(small_framework(framework.encode()).items) == 3
    assert isinstance(read_alignments(alignment.encode(), "x", sides()), AlignmentsRead)
    assert isinstance(map_of_header(evidence.splitlines()[0].split(","), "x", 1), EvidenceMap)
    assert not isinstance(read_scale(scale.encode(), "x"), tuple)
    assert isinstance(read_map(whole.encode(), "x"), EvidenceMap)
    assert isinstance(read_map((first + marks).encode(), "x"), EvidenceMap)
