"""The made-up ERP: its types, lists and records, the same at every start, and searches in them."""

from wizard.practice.erp.fields import FIELDS, SEARCHABLE
from wizard.practice.erp.lists import LISTS
from wizard.practice.erp.records import actors
from wizard.practice.erp.search import condition, matches

__all__ = ["FIELDS", "LISTS", "SEARCHABLE", "actors", "condition", "matches"]
