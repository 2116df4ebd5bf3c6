"""CASE packages, 1.0 and 1.1."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.competencies import CHILD, PREREQUISITE, SAME_AS, content, edition_digest, edition_of, outline
from ledger.domain.framework_changes import difference
from ledger.domain.scales import scales
from ledger.interchange.case import read_package
from ledger.interchange.frameworks import Converted
from ledger.values import identifier
from tests.interchange.support import edition_from

MEMBERS = [
    "CFDocument",
    "CFItems",
    "CFAssociations",
    "CFRubrics",
    "CFDefinitions",
    "CFItemTypes",
    "CFDocuments",
    "CFRubricCriteria",
    "CFRubricCriterionLevels",
    "CFItemURI",
    "identifier",
    "title",
    "uri",
    "fullStatement",
    "educationLevel",
    "statusEndDate",
    "score",
    "position",
    "associationType",
    "originNodeURI",
    "destinationNodeURI",
    "sequenceNumber",
    "licenseURI",
    "extensions",
]
DOCUMENT = "d0000000-0000-4000-8000-000000000000"
ONE, TWO, THREE = (f"a0000000-0000-4000-8000-00000000000{digit}" for digit in "123")
ELSEWHERE = "e0000000-0000-4000-8000-000000000000"


def node(identity: str) -> dict[str, str]:
    """Return a link to an item."""
    return {"title": "T", "identifier": identity, "uri": f"https://example.org/{identity}"}


def link(kind: str, origin: str, destination: str, **more: Any) -> dict[str, Any]:
    """Return an association with an identifier of its own."""
    identity = more.pop("identifier", identifier(kind, origin, destination))
    ends = {"originNodeURI": node(origin), "destinationNodeURI": node(destination)}
    return {"identifier": identity, "associationType": kind, **ends, **more}


def item(identity: str, statement: str = "Add", **more: Any) -> dict[str, Any]:
    """Return an item."""
    return {"identifier": identity, "fullStatement": statement, **more}


def package(*items: dict[str, Any], links: tuple[dict[str, Any], ...] = (), **more: Any) -> str:
    """Return a package as JSON text."""
    document = {"identifier": DOCUMENT, "title": "Small", **more.pop("document", {})}
    return json.dumps({"CFDocument": document, "CFItems": items, "CFAssociations": links, **more})


def warnings(text: str) -> list[str]:
    """Return the warnings of a good package, without the name of the file."""
    return [str(warning).removeprefix("package.json") for warning in edition_from(text).warnings]


def test_every_member_is_taken_or_kept() -> None:
    """Named members become fields, and all others stand in `extra` as canonical text."""
    more: dict[str, Any] = {
        "humanCodingScheme": "M.1",
        "abbreviatedStatement": "Sum",
        "CFItemType": "Standard",
        "educationLevel": ["KG", "01"],
        "language": "en",
        "listEnumeration": "a",
        "statusEndDate": "2026-07-31",
        "uri": "https://example.org/1",
        "notes": "Careful",
        "extensions": {"weight": 1.5},
    }
    document: dict[str, Any] = {"creator": "C", "publisher": "P", "language": "en", "version": "2", "subject": ["Math"]}
    document |= {"adoptionStatus": "Draft", "caseVersion": "1.1", "licenseURI": node(ELSEWHERE), "uri": "https://d"}
    document |= {"statusStartDate": "2026-01-01", "statusEndDate": "2027-01-01", "lastChangeDateTime": "2026-01-02"}
    found = edition_from(package(item(ONE, **more), document=document, CFDefinitions={"CFSubjects": []})).edition
    taken = found.items[0]

    assert (taken.id, taken.code, taken.label, taken.kind) == (ONE, "M.1", "Sum", "Standard")
    assert (taken.grades, taken.language, taken.list_enumeration) == (("KG", "01"), "en", "a")
    assert (taken.retired, taken.uri) == ("2026-07-31", "https://example.org/1")
    assert taken.extra == '{"extensions":{"weight":"1.5"},"notes":"Careful"}'
    assert (found.framework, found.title, found.uri) == (DOCUMENT, "Small", "https://d")
    assert (found.creator, found.publisher, found.language) == ("C", "P", "en")
    assert (found.version, found.adoption_status, found.case_version) == ("2", "Draft", "1.1")
    assert (found.status_start, found.status_end, found.last_changed) == ("2026-01-01", "2027-01-01", "2026-01-02")
    assert found.licence == f"https://example.org/{ELSEWHERE}"
    assert json.loads(found.extra or "") == {
        "CFDefinitions": {"CFSubjects": []},
        "CFDocument": {"licenseURI": node(ELSEWHERE), "subject": ["Math"]},
    }


def test_precedes_is_a_prerequisite_of_its_destination() -> None:
    """The origin of `precedes` comes before its destination, and the order follows."""
    found = edition_from(package(item(ONE), item(TWO), links=(link("precedes", TWO, ONE, sequenceNumber=3),))).edition
    ready = outline(found)

    assert ready.prerequisites == {ONE: (TWO,), TWO: ()}
    assert ready.rank[TWO] < ready.rank[ONE]
    assert (found.links[0].kind, found.links[0].sequence) == (PREREQUISITE, 3)


def test_label_is_the_first_sixty_characters_of_the_statement() -> None:
    """Without an abbreviated statement the label is the beginning of the statement on one line."""
    found = edition_from(package(item(ONE, "Add\n two  numbers"), item(TWO, "x" * 80))).edition

    assert [entry.label for entry in found.items] == ["Add two numbers", "x" * 59 + "…"]


def test_text_is_kept_in_normal_form() -> None:
    """A decomposed letter is stored composed, so that one text has one digest."""
    found = edition_from(package(item(ONE, "cafe\u0301"))).edition

    assert found.items[0].statement == "café"
    assert edition_of(content(found)) == found


def test_numbers_beyond_exactness_are_kept_as_text() -> None:
    """A whole number beyond 2^53 inside an extension stays readable as its own digits."""
    found = edition_from(package(item(ONE, extensions={"big": 2**60}))).edition

    assert found.items[0].extra == '{"extensions":{"big":"1152921504606846976"}}'


def test_upper_case_identifiers_are_lowered_with_a_warning() -> None:
    """Identifiers in capitals name the same items in lower case, in items and links alike."""
    text = package(item(ONE.upper()), item(TWO), links=(link("isChildOf", TWO, ONE.upper()),))

    assert outline(edition_from(text).edition).parents[TWO] == (ONE,)
    assert warnings(text) == [
        (
            "#/CFItems/0/identifier: identifiers in capitals: 2, the first A0000000-0000-4000-8000-000000000001; "
            "kept in lower case"
        )
    ]


def test_same_item_with_the_same_content_is_taken_once() -> None:
    """An item that stands twice and says the same is one item and one warning."""
    text = package(item(ONE), item(ONE))

    assert len(edition_from(text).edition.items) == 1
    assert warnings(text) == [
        f"#/CFItems/1: items that stand twice with the same content: 1, the first {ONE}; each is taken once"
    ]


def test_untidy_links_are_kept_and_told() -> None:
    """Links to and from elsewhere, repeated links, repeated and missing identifiers: each one sentence."""
    text = package(
        item(ONE),
        item(TWO),
        item(THREE),
        links=(
            link("exactMatchOf", ONE, ELSEWHERE, identifier=ELSEWHERE),
            link("precedes", ELSEWHERE, ONE, identifier=ELSEWHERE),
            link("isRelatedTo", ELSEWHERE, ONE),
            link("isChildOf", ONE, ELSEWHERE),
            link("isChildOf", TWO, ONE, sequenceNumber=1.5),
            link("isChildOf", TWO, ONE, identifier=THREE),
            link("isChildOf", TWO, THREE, identifier=None),
            link("ext:near", TWO, THREE),
        ),
    )
    found = edition_from(text).edition

    assert [entry.kind for entry in found.links] == [SAME_AS, PREREQUISITE, "related", *[CHILD] * 4, "ext:near"]
    assert outline(found).prerequisites[ONE] == ()
    assert warnings(text) == [
        (
            "#/CFAssociations/4/sequenceNumber: sequenceNumbers that are not whole: 1, the first 1.5; "
            "kept, not used for order"
        ),
        "#/CFAssociations/6: links without an identifier: 1; kept",
        (
            f"#/CFAssociations/0: links to items outside this file: 1, the first same_as {ELSEWHERE}; "
            "kept, they move nothing here"
        ),
        (
            f"#/CFAssociations/1: prerequisites that are not in this file: 1, the first {ELSEWHERE}; "
            "kept, no rule waits for them"
        ),
        (
            f"#/CFAssociations/2: links that begin outside this file: 1, the first related {ELSEWHERE}; "
            "kept, they move nothing here"
        ),
        (
            f"#/CFAssociations/3: items with a parent outside this file: 1, the first parent {ELSEWHERE}; "
            "kept, an item without another parent stands at the top"
        ),
        f"#/CFAssociations/1: links with the identifier of an earlier one: 1, the first {ELSEWHERE}; all are kept",
        (
            f"#/CFAssociations/5: links that say the same as an earlier one: 1, the first child {TWO} {ONE}; "
            "they count once"
        ),
        f"#/CFItems/1: items with several parents: 1, the first Add ({TWO}); all are kept",
    ]


def test_a_link_may_name_its_end_by_uri_alone() -> None:
    """An end without an identifier is the node's URI."""
    entry = link("isRelatedTo", ONE, TWO) | {"destinationNodeURI": {"uri": "https://example.org/x"}}
    found = edition_from(package(item(ONE), links=(entry,))).edition

    assert found.links[0].destination == "https://example.org/x"


def test_members_of_the_older_standard_are_kept_with_one_warning() -> None:
    """CFPackageURI and CFDocumentURI are told once for the file, as are item types without description."""
    text = package(
        item(ONE, CFDocumentURI=node(DOCUMENT)),
        links=(link("isChildOf", ONE, DOCUMENT, CFDocumentURI=node(DOCUMENT)),),
        document={"CFPackageURI": node(DOCUMENT)},
        CFDefinitions={"CFItemTypes": [{"title": "Standard"}, {"description": "x"}, 7]},
    )

    assert warnings(text) == [
        "#/CFDocument/CFPackageURI: parts with CFPackageURI or CFDocumentURI, members of CASE 1.0: 3; kept, not needed",
        "#/CFDefinitions/CFItemTypes/0: CFItemTypes without a description: 1",
    ]


def test_end_dates_that_are_no_dates_retire_nothing() -> None:
    """A statusEndDate with a time gives its day; one that is no date is kept and told."""
    timed, odd = "2026-07-31T00:00:00Z", "summer"
    text = package(item(ONE, statusEndDate=timed), item(TWO, statusEndDate=odd))
    found = edition_from(text).edition

    assert [entry.retired for entry in found.items] == ["2026-07-31", None]
    assert [entry.extra for entry in found.items] == [
        '{"statusEndDate":"2026-07-31T00:00:00Z"}',
        '{"statusEndDate":"summer"}',
    ]
    assert warnings(text) == [
        (
            "#/CFItems/1/statusEndDate: statusEndDates that are not dates: 1, the first summer; "
            "kept, the items count as current"
        )
    ]


def test_rubrics_become_scales_in_the_order_of_positions() -> None:
    """Levels are ordered by position, their scores are exact, and odd scores are kept and told."""
    levels = [
        {"identifier": "x", "quality": "High", "score": 2.5, "position": 2},
        {"identifier": "y", "quality": "Low", "score": 1, "position": 1, "description": "So-so"},
    ]
    odd = [{"position": 1, "score": True}]
    rubric = {
        "identifier": THREE,
        "title": "Essay",
        "CFRubricCriteria": [
            {"CFRubricCriterionLevels": levels, "CFItemURI": node(ONE), "description": "Clear"},
            {"CFRubricCriterionLevels": [*odd[:1], {"quality": "Unscored", "position": 2}]},
        ],
    }
    text = package(item(ONE), CFRubrics=[rubric])
    found = edition_from(text).edition
    first, second = found.rubrics[0].criteria

    assert (first.competency, first.description) == (ONE, "Clear")
    assert [(level.label, level.value, level.description) for level in first.levels] == [
        ("Low", "1", "So-so"),
        ("High", "2.5", None),
    ]
    assert [(level.label, level.value) for level in second.levels] == [("1", None), ("Unscored", None)]
    assert [[level.value for level in scale.levels] for scale in scales(found)] == [["1", "2.5"]]
    assert warnings(text) == [
        (
            "#/CFRubrics/0/CFRubricCriteria/1/CFRubricCriterionLevels/0/score: rubric scores that are not plain "
            "numbers: 1, the first True; kept, not used"
        )
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4) | st.just(ONE),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), part, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(MEMBERS), json_values, max_size=6))
def test_any_json_is_an_edition_or_faults(wild: dict[str, Any]) -> None:
    """No JSON makes the reader raise, and what it takes has a canonical text."""
    good = {"identifier": DOCUMENT, "title": "Small"}
    found = read_package(json.dumps({"CFDocument": good, **wild}).encode(), "wild.json")

    assert (edition_of(content(found.edition)) == found.edition) if isinstance(found, Converted) else found


@given(st.binary(max_size=60))
def test_any_bytes_are_faults(data: bytes) -> None:
    """No bytes make the reader raise, and none of these are a package."""
    assert isinstance(read_package(data, "wild.json"), tuple)


GOOD = (
    "opensalt_ItemTypeTestFramework",
    "opensalt_SequenceNumberFramework",
    "opensalt_SmartLevelFramework",
    "sbac_depth_of_knowledge",
    "sbac_ela_g3_c2_t1",
    "sbac_math_g3_c1_th",
    "sbac_math_hs_c2",
    "xq_competencies_part1_case11",
)


@pytest.mark.parametrize("name", GOOD)
def test_real_packages_are_read_whole(name: str, real_data: Path) -> None:
    """Every item and link of a real package is taken, its edition round trips, and again it is the same."""
    data = (real_data / "case" / f"{name}.json").read_bytes()
    raw = json.loads(data)
    found = edition_from(data).edition
    again = edition_from(data).edition

    assert [entry.id for entry in found.items] == [entry["identifier"] for entry in raw["CFItems"]]
    assert len(found.links) == len(raw["CFAssociations"])
    assert edition_of(content(found)) == found
    assert edition_digest(again) == edition_digest(found)
    assert not difference(found, again)


def test_every_real_package_is_accounted_for(real_data: Path) -> None:
    """The files that are not read are a list of documents and a package with one item twice and different."""
    names = {path.stem for path in (real_data / "case").glob("*.json")}

    assert names - set(GOOD) == {"sbac_cfdocuments_list", "sbac_ela_g3_c1_t1"}


def test_real_list_of_documents_is_one_clear_fault(real_data: Path) -> None:
    """A list of documents says that it is one, and what to fetch instead."""
    found = read_package((real_data / "case" / "sbac_cfdocuments_list.json").read_bytes(), "list.json")

    assert isinstance(found, tuple)
    assert [str(fault) for fault in found] == [
        (
            "list.json#/CFDocuments: this is a list of 14 CASE documents, not a framework; fetch one of them "
            "as a package (CFPackages/<identifier>) and import that file"
        )
    ]


def test_real_item_twice_and_different_is_refused(real_data: Path) -> None:
    """A real package with one identifier on two different items names both places and what differs."""
    found = read_package((real_data / "case" / "sbac_ela_g3_c1_t1.json").read_bytes(), "ela.json")

    assert isinstance(found, tuple)
    assert [str(fault) for fault in found] == [
        (
            "ela.json#/CFItems/3: the item 81bef0ac-cc76-11e7-943b-9b9ed3d69b53 stands here again with other content "
            "(in CFItemType and CFItemTypeURI and abbreviatedStatement; first at /CFItems/2); "
            "an identifier names one item"
        )
    ]


def test_real_rubrics_share_one_scale(real_data: Path) -> None:
    """The 74 criteria of a real package give one scale of four levels."""
    found = edition_from((real_data / "case" / "xq_competencies_part1_case11.json").read_bytes()).edition

    assert [[(level.label, level.value) for level in scale.levels] for scale in scales(found)] == [
        [("Emerging", "1"), ("Developing", "2"), ("Proficient", "3"), ("Applying", "4")]
    ]
