"""The items of a CASE package."""

from collections.abc import Iterable
from typing import Any

from ledger import values
from ledger.domain.competencies import Competency
from ledger.interchange import sentences
from ledger.interchange.foreign import Members
from ledger.interchange.frameworks import label_of
from ledger.interchange.report import Report


def items_of(found: Iterable[Any], framework: str, report: Report) -> tuple[Competency, ...]:
    """Read CFItems, each once; the same identifier with other content is a fault."""
    items: dict[str, Competency] = {}
    first_at: dict[str, tuple[str, Any]] = {}
    for index, raw in enumerate(found):
        members = Members(raw, f"/CFItems/{index}", report)
        identity = members.identity()
        if identity and identity == framework:
            report.fault(sentences.SAME_AS_DOCUMENT, pointer=members.at("identifier"))
        if identity in first_at:
            _again(identity, raw, first_at[identity], members.pointer, report)
            continue
        if identity:
            first_at[identity] = (members.pointer, raw)
        items[identity] = _item(identity, members)
    _remark_codes(items.values(), report)
    return tuple(items.values())


def _again(identity: str, raw: Any, first: tuple[str, Any], pointer: str, report: Report) -> None:
    if raw == first[1]:
        report.warn(sentences.SAME_ITEM_TWICE, pointer=pointer, identity=identity)
        return
    names = [name for name in {**first[1], **raw} if raw.get(name) != first[1].get(name)]
    words = {"identity": identity, "first": first[0], "members": " and ".join(names)}
    report.fault(sentences.TWO_CONTENTS.format(**words), pointer=pointer)


def _item(identity: str, members: Members) -> Competency:
    statement = members.text("fullStatement")
    label = members.text("abbreviatedStatement")
    if not statement:
        members.report.fault(sentences.NO_STATEMENT, pointer=members.at("fullStatement"))
    if members.has("CFDocumentURI"):
        members.report.warn(sentences.CASE_1_0, pointer=members.at("CFDocumentURI"))
    return Competency(
        id=identity,
        statement=statement or "",
        label=label or label_of(statement or ""),
        code=members.text("humanCodingScheme"),
        kind=members.text("CFItemType"),
        grades=members.texts("educationLevel"),
        language=members.text("language"),
        list_enumeration=members.text("listEnumeration"),
        retired=_retired(members),
        uri=members.text("uri"),
        extra=members.extra(),
    )


def _retired(members: Members) -> str | None:
    text = members.peek("statusEndDate")
    if text is None:
        return None
    try:
        day = values.day_of(values.legal_date(str(text)[:10])).isoformat()
    except ValueError:
        members.report.warn(sentences.ODD_END_DATE, pointer=members.at("statusEndDate"), text=str(text)[:40])
        return None
    if text == day:
        members.take("statusEndDate")
    return day


def _remark_codes(items: Iterable[Competency], report: Report) -> None:
    carriers: dict[str, int] = {}
    for item in items:
        if item.code:
            carriers[item.code] = carriers.get(item.code, 0) + 1
    for code, count in carriers.items():
        if count > 1:
            report.warn(sentences.SAME_CODE, pointer="/CFItems", code=code)
