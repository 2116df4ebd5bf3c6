"""The associations of a CASE package: which become parents, prerequisites and successors, and which are odd."""

from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType
from typing import Any

from ledger.domain.competencies import CHILD, PREREQUISITE, REPLACED_BY, SAME_AS, Edition, Link, edges
from ledger.interchange import sentences
from ledger.interchange.foreign import Members, lowered
from ledger.interchange.frameworks import name_of
from ledger.interchange.report import Report

KINDS = MappingProxyType(
    {
        "isChildOf": CHILD,
        "precedes": PREREQUISITE,
        "exactMatchOf": SAME_AS,
        "replacedBy": REPLACED_BY,
        "isRelatedTo": "related",
        "isPartOf": "part",
        "isPeerOf": "peer",
        "exemplar": "exemplar",
        "isTranslationOf": "translation",
        "hasSkillLevel": "level",
    }
)
"""The names this ledger gives the association types of CASE; any other type keeps its own."""


def links_of(found: Iterable[Any], report: Report) -> tuple[Link, ...]:
    """Read CFAssociations in the order of the file."""
    return tuple(_link(Members(raw, f"/CFAssociations/{index}", report)) for index, raw in enumerate(found))


def _link(members: Members) -> Link:
    kind = members.text("associationType")
    origin, destination = members.node("originNodeURI"), members.node("destinationNodeURI")
    if not kind:
        members.report.fault(sentences.NO_KIND, pointer=members.at("associationType"))
    if not origin:
        members.report.fault(sentences.NO_ORIGIN, pointer=members.at("originNodeURI"))
    if not destination:
        members.report.fault(sentences.NO_DESTINATION, pointer=members.at("destinationNodeURI"))
    if members.has("CFDocumentURI"):
        members.report.warn(sentences.CASE_1_0, pointer=members.at("CFDocumentURI"))
    return Link(
        kind=KINDS.get(kind or "", kind or ""),
        origin=origin or "",
        destination=destination or "",
        sequence=_sequence(members),
        identifier=_identifier(members),
        extra=members.extra(),
    )


def _identifier(members: Members) -> str | None:
    text = members.text("identifier")
    if not text:
        members.report.warn(sentences.LINK_WITHOUT_ID, pointer=members.pointer)
        return None
    return lowered(text, members.at("identifier"), members.report)


def _sequence(members: Members) -> int | None:
    number = members.peek("sequenceNumber")
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int):
        members.report.warn(sentences.NO_SEQUENCE, pointer=members.at("sequenceNumber"), text=str(number)[:40])
        return None
    members.take("sequenceNumber")
    return number


def remark_links(edition: Edition, report: Report) -> None:
    """Note child links from nowhere as faults, and every odd but harmless link as a warning."""
    items = {item.id for item in edition.items}
    inside = items | {edition.framework}
    for index, link in enumerate(edition.links):
        pointer = f"/CFAssociations/{index}"
        if link.origin not in inside:
            _beginning(link, pointer, report)
        elif link.destination not in inside:
            _end(link, pointer, report)
    _remark_repeats(edition, report)
    _remark_parents(edition, report)


def _beginning(link: Link, pointer: str, report: Report) -> None:
    if link.kind == CHILD:
        words = {"origin": link.origin, "destination": link.destination}
        report.fault(sentences.UNKNOWN_CHILD.format(**words), pointer=f"{pointer}/originNodeURI")
    elif link.kind == PREREQUISITE:
        report.warn(sentences.UNKNOWN_PREREQUISITE, pointer=pointer, origin=link.origin)
    else:
        report.warn(sentences.UNKNOWN_BEGINNING, pointer=pointer, kind=link.kind, origin=link.origin)


def _end(link: Link, pointer: str, report: Report) -> None:
    if link.kind == CHILD:
        report.warn(sentences.UNKNOWN_PARENT_LINK, pointer=pointer, destination=link.destination)
    else:
        report.warn(sentences.OUTSIDE, pointer=pointer, kind=link.kind, destination=link.destination)


def _remark_repeats(edition: Edition, report: Report) -> None:
    ids: Counter[str] = Counter()
    ends: Counter[tuple[str, str, str]] = Counter()
    for index, link in enumerate(edition.links):
        pointer = f"/CFAssociations/{index}"
        edge = (link.kind, link.origin, link.destination)
        if link.identifier and ids[link.identifier]:
            report.warn(sentences.SAME_LINK_ID, pointer=pointer, identity=link.identifier)
        if ends[edge]:
            report.warn(
                sentences.SAME_EDGE,
                pointer=pointer,
                kind=link.kind,
                origin=link.origin,
                destination=link.destination,
            )
        ids[link.identifier or ""] += 1
        ends[edge] += 1


def _remark_parents(edition: Edition, report: Report) -> None:
    parents = edges(edition, CHILD)
    for index, item in enumerate(edition.items):
        if len(parents[item.id]) > 1:
            report.warn(sentences.SEVERAL_PARENTS, pointer=f"/CFItems/{index}", name=name_of(item))
