"""The auditor's pages; each module of them puts its addresses onto the blueprint when it is read."""

from flask import Flask

from web import (
    audit_bundle_pages,
    audit_decision_pages,
    audit_event_pages,
    audit_names_pages,
    audit_query_pages,
    audit_reconcile_pages,
    audit_search_pages,
    case_job_pages,
    case_pages,
    integrity_pages,
)

MODULES = (
    audit_search_pages,
    audit_decision_pages,
    audit_bundle_pages,
    audit_event_pages,
    audit_query_pages,
    audit_reconcile_pages,
    integrity_pages,
    case_job_pages,
    case_pages,
    audit_names_pages,
)


def register(app: Flask) -> None:
    """Give an application the auditor's pages."""
    audit_names_pages.register(app)
