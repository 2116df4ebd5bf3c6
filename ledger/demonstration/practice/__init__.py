"""A small third district to practise on: a class with letters, a rule no longer installed, a row that may be edited."""

from ledger.demonstration.practice.building import build_practice
from ledger.demonstration.practice.content import DRY_CREEK, FIRST_GRADER, SCHOOL, SECTION
from ledger.demonstration.practice.editing import edit_a_row, may_be_edited
from ledger.demonstration.practice.rule import GONE

__all__ = ["DRY_CREEK", "FIRST_GRADER", "GONE", "SCHOOL", "SECTION", "build_practice", "edit_a_row", "may_be_edited"]
