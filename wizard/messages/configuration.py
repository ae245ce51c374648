"""The words for what of a configuration cannot be chosen, saved or activated."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from wizard.domain.configuration import Gap, Problem, Refusal
from wizard.domain.fields import in_language
from wizard.messages.facts import language

_WORDS: Mapping[Refusal, LazyString] = {
    Refusal.READ_ONLY_IN_ERP: _l("The ERP does not let this field be changed."),
    Refusal.READ_ONLY_IN_SUPEROFFICE: _l("SuperOffice fills this field itself: it is never synchronised."),
    Refusal.SECRET: _l("The value is a secret: it is never synchronised."),
    Refusal.NO_VALUE: _l("This field has no value."),
    Refusal.KEY_TOO_LONG: _l("Its key is longer than SuperOffice can store."),
    Refusal.NO_SUPEROFFICE_FIELD: _l("Choose the SuperOffice field that it belongs to."),
    Refusal.KINDS_DIFFER: _l("The two fields hold different kinds of values."),
    Refusal.MAPPED_ELSEWHERE: _l("%(connection)s fills this SuperOffice field already: not to SuperOffice alone."),
    Refusal.MAPPED_TWICE: _l("The SuperOffice field is chosen twice: here and for the ERP field %(other)s."),
    Refusal.NOT_SEARCHABLE: _l("The connector cannot search by this field."),
    Refusal.TYPE_NOT_SUPPORTED: _l("SuperOffice does not synchronise this actor type."),
    Refusal.MISSING_IN_ERP: _l("The ERP does not have this field any more."),
    Refusal.MISSING_IN_SUPEROFFICE: _l("SuperOffice does not have the field %(crm_name)s any more."),
    Refusal.NO_DIRECTION: _l("The field is mandatory in the ERP: choose a direction."),
    Refusal.NOTHING_SYNCED: _l("No actor type is synchronised."),
    Refusal.NOTHING_MAPPED: _l("No field of this actor type is mapped."),
    Refusal.ITEM_TWICE: _l("%(item)s is chosen twice: for %(items)s."),
    Refusal.ITEM_MISSING_IN_ERP: _l("The ERP does not have the item %(erp_item)s any more."),
    Refusal.ITEM_MISSING_IN_SUPEROFFICE: _l(
        "SuperOffice does not have the item any more that %(erp_item)s belongs to."
    ),
    Refusal.LIST_MISSING: _l("The ERP does not have the list %(list)s any more."),
    Refusal.DEFAULT_OF_MAPPED: _l("The field is mapped: its value comes from SuperOffice."),
    Refusal.DEFAULT_NEEDED: _l("A mandatory field needs a default value, or the user is asked for one."),
    Refusal.DEFAULT_INVALID: _l("The field does not take this value."),
    Refusal.DEFAULT_TOO_LONG: _l("The value is too long."),
    Refusal.DEFAULT_NOT_OFFERED: _l("The list does not have this item."),
}


def refusal_words(refusal: Refusal, facts: Mapping[str, str] | None = None) -> str:
    """Why something is off. `facts` are those of the Problem or the Gap."""
    known = _Known(facts or {})
    if "other" in known:
        known["other"] = in_language(known["other"], language())
    return str(_WORDS[refusal]) % known


def problem_words(problem: Problem | Gap) -> str:
    """What is the matter with a row, or with the actor type of which it is none."""
    if problem.refusal == Refusal.MISSING_IN_ERP and not problem.key:
        return _("The ERP does not have this actor type any more.")
    return refusal_words(problem.refusal, problem.facts)


class _Known(dict[str, str]):
    """A fact that nobody has given leaves its place empty, instead of breaking the page."""

    def __missing__(self, name: str) -> str:
        return self.get("crm_key", "") if name == "crm_name" else ""
