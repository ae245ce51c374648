"""The words for checks (what happened, what to do, who can do it) and for the steps in SuperOffice.

All other wording is in the templates and forms.
"""

from wizard.domain.urls import without_password
from wizard.messages.configuration import problem_words, refusal_words
from wizard.messages.criteria import OPERATOR_WORDS, criterion_text, refused_criterion
from wizard.messages.crm_fields import actor_type_name, crm_field_name, crm_type_name
from wizard.messages.entries import Entry, reference
from wizard.messages.facts import one_line
from wizard.messages.fields import (
    choices_of,
    display_value,
    expected_in_file,
    hint_of,
    kind_of,
    missing_value,
    refused_value,
)
from wizard.messages.letters import About, Letter, Reader, brief, plain_text, write_letter, write_test
from wizard.messages.next_steps import NEXT_STEP_WORDS, StepWords
from wizard.messages.notes import Note, mailto, note
from wizard.messages.notices import address_words, browser_words, notice_source, notice_title, role_name
from wizard.messages.passwords import strength_advice, strength_verdict
from wizard.messages.stages import (
    Words,
    describe,
    heading,
    repaired_elsewhere,
    running,
    stage_code,
    stage_title,
    summary,
    titles,
    verdict_line,
    who_can,
)
from wizard.messages.times import (
    date,
    day_and_time,
    day_of_month,
    duration,
    full_moment,
    in_zone,
    iso_moment,
    moment,
    percentage,
    reader_zone,
    region_titles,
    span,
    time_of_day,
    zone_city,
    zone_name,
    zoned_moment,
)

__all__ = [
    "NEXT_STEP_WORDS",
    "OPERATOR_WORDS",
    "About",
    "Entry",
    "Letter",
    "Note",
    "Reader",
    "StepWords",
    "Words",
    "actor_type_name",
    "address_words",
    "brief",
    "browser_words",
    "choices_of",
    "criterion_text",
    "crm_field_name",
    "crm_type_name",
    "date",
    "day_and_time",
    "day_of_month",
    "describe",
    "display_value",
    "duration",
    "expected_in_file",
    "full_moment",
    "heading",
    "hint_of",
    "in_zone",
    "iso_moment",
    "kind_of",
    "mailto",
    "missing_value",
    "moment",
    "note",
    "notice_source",
    "notice_title",
    "one_line",
    "percentage",
    "plain_text",
    "problem_words",
    "reader_zone",
    "reference",
    "refusal_words",
    "refused_criterion",
    "refused_value",
    "region_titles",
    "repaired_elsewhere",
    "role_name",
    "running",
    "span",
    "stage_code",
    "stage_title",
    "strength_advice",
    "strength_verdict",
    "summary",
    "time_of_day",
    "titles",
    "verdict_line",
    "who_can",
    "without_password",
    "write_letter",
    "write_test",
    "zone_city",
    "zone_name",
    "zoned_moment",
]
