"""What archived policies rest on and may never change: tags, and the defaults of fields left out."""

from dataclasses import MISSING, fields

from ledger.policy.canonical import encoded
from ledger.policy.records import CLASSES
from ledger.values import canonical, digest

SHIPPED = {
    "all_of": "44136fa355b3678a",
    "always": "44136fa355b3678a",
    "any_of": "44136fa355b3678a",
    "at_least_of": "44136fa355b3678a",
    "at_level": "44136fa355b3678a",
    "but_if": "9bae8f5c39d9a892",
    "by_case": "44136fa355b3678a",
    "by_default": "44136fa355b3678a",
    "case": "44136fa355b3678a",
    "citation": "eeb3b9b481a7b818",
    "clause": "80237a7130093dbd",
    "compare": "44136fa355b3678a",
    "count_of": "44136fa355b3678a",
    "counted": "5aa2045de7fe35b6",
    "dated_before": "44136fa355b3678a",
    "dated_from": "44136fa355b3678a",
    "dated_value": "0c90095ee6c82a55",
    "definition": "e9b6a5325da46ae0",
    "each": "185333812484e6a5",
    "enough_of": "50524a3559b0650a",
    "entry": "44136fa355b3678a",
    "exists": "44136fa355b3678a",
    "fact": "44136fa355b3678a",
    "field_in": "44136fa355b3678a",
    "field_is": "44136fa355b3678a",
    "final_when": "44136fa355b3678a",
    "grant": "a87f2abd239491a0",
    "judged": "44136fa355b3678a",
    "not": "44136fa355b3678a",
    "panel": "9f181b7f74840fe3",
    "param": "9638d11914735d00",
    "parameter": "0dc446728993a2d8",
    "policy": "aa29355c34178f85",
    "prepared": "d12846c0e5defa68",
    "ready": "97f83caf9ceaec3b",
    "route": "44136fa355b3678a",
    "route_taken": "44136fa355b3678a",
    "some": "f68a6ebf8e7ea39f",
    "sum": "44136fa355b3678a",
    "table": "44136fa355b3678a",
    "take": "5277fc341eda03b7",
    "times": "44136fa355b3678a",
    "words": "f10a94c206dffad8",
}
"""The digest of each class's defaults as first shipped; a field may be added, never changed."""


def defaults(tag: str) -> str:
    """Digest the fields of a class that have a default, with the default in canonical form."""
    found = {field.name: encoded(field.default) for field in fields(CLASSES[tag]) if field.default is not MISSING}
    return digest(canonical(found))[:16]


def test_the_defaults_of_archived_records_are_as_shipped() -> None:
    """A field at its default is not written, so a changed default would change what old archives mean."""
    assert SHIPPED == {tag: defaults(tag) for tag in sorted(CLASSES)}
