"""CASE 1.0 and 1.1 packages (CFPackage, 1EdTech Competencies and Academic Standards Exchange).

What makes a ledger wrong is refused, all of it in one report; what real files only do untidily is
told in one sentence each. Neither version's JSON Schema is applied: real 1.0 files fail the 1.1
schema for harmless reasons.
"""

from typing import Any

from ledger.domain.competencies import Edition, kept
from ledger.errors import Fault
from ledger.interchange import sentences
from ledger.interchange.case_items import items_of
from ledger.interchange.case_links import links_of, remark_links
from ledger.interchange.case_rubrics import rubrics_of
from ledger.interchange.foreign import Members, described, parsed
from ledger.interchange.frameworks import Converted, concluded, refuse_cycles
from ledger.interchange.report import Report


def read_package(data: bytes, file: str) -> Converted | tuple[Fault, ...]:
    """Turn the bytes of a CFPackage into an edition with warnings, or return every fault."""
    report = Report(file)
    package = parsed(data, report)
    if not report.faults:
        _refuse_what_is_no_package(package, report)
    if report.faults:
        return tuple(report.faults)
    edition = _edition(Members(package, "", report), report)
    if not report.faults:
        refuse_cycles(edition, report, "/CFAssociations")
        remark_links(edition, report)
    return concluded(edition, report)


def _refuse_what_is_no_package(package: Any, report: Report) -> None:
    if not isinstance(package, dict):
        report.fault(sentences.NOT_AN_OBJECT.format(found=described(package)))
    elif isinstance(package.get("CFDocuments"), list) and "CFDocument" not in package:
        count = len(package["CFDocuments"])
        report.fault(sentences.LIST_OF_DOCUMENTS.format(count=count), pointer="/CFDocuments")
    elif package.get("CFDocument") is None:
        members = ", ".join(sorted(package)[:12]) or "nothing"
        report.fault(sentences.NO_DOCUMENT.format(members=members))


def _edition(package: Members, report: Report) -> Edition:
    document = Members(package.take("CFDocument"), "/CFDocument", report)
    framework = document.identity()
    title = document.text("title")
    if not title:
        report.fault(sentences.NO_TITLE, pointer="/CFDocument/title")
    _remark_old_members(document, package, report)
    items = items_of(package.list("CFItems"), framework, report)
    links = links_of(package.list("CFAssociations"), report)
    rubrics = rubrics_of(package.list("CFRubrics"), report)
    return Edition(
        framework=framework,
        title=title or "",
        uri=document.text("uri"),
        creator=document.text("creator"),
        publisher=document.text("publisher"),
        language=document.text("language"),
        licence=document.node_uri("licenseURI"),
        version=document.text("version"),
        adoption_status=document.text("adoptionStatus"),
        status_start=document.text("statusStartDate"),
        status_end=document.text("statusEndDate"),
        last_changed=document.text("lastChangeDateTime"),
        case_version=document.text("caseVersion"),
        items=items,
        links=links,
        rubrics=rubrics,
        extra=kept(_rest(document, package)),
    )


def _rest(document: Members, package: Members) -> dict[str, Any]:
    left = package.left()
    if document.left():
        left["CFDocument"] = document.left()
    return left


def _remark_old_members(document: Members, package: Members, report: Report) -> None:
    if document.has("CFPackageURI"):
        report.warn(sentences.CASE_1_0, pointer="/CFDocument/CFPackageURI")
    definitions = package.peek("CFDefinitions")
    kinds = definitions.get("CFItemTypes") if isinstance(definitions, dict) else None
    for index, kind in enumerate(kinds if isinstance(kinds, list) else []):
        if isinstance(kind, dict) and not kind.get("description"):
            where = f"/CFDefinitions/CFItemTypes/{index}"
            report.warn(sentences.ITEM_TYPE_WITHOUT_DESCRIPTION, pointer=where)
