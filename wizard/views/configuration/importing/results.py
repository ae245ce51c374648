"""Asks the ERP and SuperOffice, and makes of both what the page shows."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from wizard.domain.superoffice import LinkKind
from wizard.messages import Words, actor_type_name, describe
from wizard.outside.connector import ErpRecord
from wizard.services.configuration import ImportPreview, preview_import, search_erp
from wizard.services.superoffice import linked
from wizard.views.configuration.importing.records import Record
from wizard.views.configuration.importing.search import Search, SearchInput, searched_text
from wizard.views.configuration.importing.steps import steps_in_superoffice
from wizard.views.configuration.importing.view import Found, found_of
from wizard.views.configuration.subject import Subject


def find(subject: Subject, typed: SearchInput, search: Search) -> tuple[Found | None, Words | None]:
    """What was found, or why the connector was not heard, in the words of a check."""
    name = subject.actor_type.name
    answer = search_erp(subject.connection, name, search.query, subject.keys, part=typed.part)
    if answer.failure is not None:
        return None, describe(answer.failure)
    preview = _preview(subject, search, answer.records)
    records = [Record(each.key, each.values, preview.outcomes.get(each.key)) for each in answer.records]
    steps = steps_in_superoffice(
        subject.connection.name,
        actor_type_name(name),
        searched_text(search, subject.actor_type, subject.language),
        records,
        engine_running=preview.engine_running,
    )
    found = found_of(
        typed,
        records,
        subject.targets,
        subject.actor_type.crm_type or "",
        subject.language,
        has_more=answer.has_more,
        no_preview=_no_preview(preview),
        superoffice_url=_superoffice_url(),
        steps=steps,
    )
    return found, None


def _preview(subject: Subject, search: Search, records: Sequence[ErpRecord]) -> ImportPreview:
    if not records:
        return ImportPreview()
    return preview_import(
        subject.connection,
        subject.actor_type,
        search.query,
        records,
        subject.keys,
        subject.language,
    )


def _no_preview(preview: ImportPreview) -> str:
    """Why it is not said what SuperOffice has already; empty where it is."""
    if preview.failure is not None:
        return _("SuperOffice did not say what it has of these: %(why)s", why=describe(preview.failure).says)
    if not preview.is_there:
        return _("What SuperOffice has of these already is shown once the connection is saved there from here.")
    if preview.engine_running:
        return _("What SuperOffice has of these already it only says while automatic sync is off. It is on now.")
    return ""


def _superoffice_url() -> str | None:
    link = linked()
    return f"{link.environment.login_url}/{link.tenant}" if link and link.kind is LinkKind.ONLINE else None
