"""The names of SuperOffice's documented fields, for connections whose fields were not read there."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from wizard.domain.configuration import SuperOfficeField
from wizard.domain.fields import has_visible, in_language
from wizard.domain.mapping import Entity

_COMMON: Mapping[str, LazyString] = {
    "NAME": _l("Name"),
    "EMAIL": _l("E-mail"),
    "URL": _l("Website"),
    "NUMBER": _l("Number"),
    "POSTALAD1": _l("Postal address, line 1"),
    "POSTALAD2": _l("Postal address, line 2"),
    "POSTALAD3": _l("Postal address, line 3"),
    "POSTALZIP": _l("Postal address, postcode"),
    "POSTALCITY": _l("Postal address, city"),
    "POSTALCOUNTY": _l("Postal address, county"),
    "POSTALSTATE": _l("Postal address, state"),
    "POSTALCOUNTRY": _l("Postal address, country"),
}
_NAMES: Mapping[str, Mapping[str, LazyString]] = {
    Entity.COMPANY: {
        "DEPARTMENT": _l("Department"),
        "NUMBER1": _l("Code"),
        "NUMBER2": _l("Number"),
        "PHONE": _l("Phone"),
        "FAX": _l("Fax"),
        "VATNO": _l("VAT number"),
        "STREETAD1": _l("Visiting address, line 1"),
        "STREETAD2": _l("Visiting address, line 2"),
        "STREETAD3": _l("Visiting address, line 3"),
        "STREETZIP": _l("Visiting address, postcode"),
        "STREETCITY": _l("Visiting address, city"),
        "STREETCOUNTY": _l("Visiting address, county"),
        "STREETSTATE": _l("Visiting address, state"),
        "COUNTRY": _l("Country"),
        "CATEGORY": _l("Category"),
        "BUSINESS": _l("Business"),
    },
    Entity.PERSON: {
        "FIRSTNAME": _l("First name"),
        "MIDDLENAME": _l("Middle name"),
        "LASTNAME": _l("Last name"),
        "TITLE": _l("Title"),
        "POSITION": _l("Position"),
        "PHONE_DIRECT": _l("Direct phone"),
        "PHONE_PRIVATE": _l("Private phone"),
        "PHONE_MOBILE": _l("Mobile phone"),
        "PHONE_OTHER": _l("Other phone"),
        "BIRTHDATE": _l("Date of birth"),
    },
    Entity.PROJECT: {"TEXT": _l("Description"), "ENDDATE": _l("End date")},
}


def crm_field_name(field: SuperOfficeField, crm_type: str | None, language: str = "en") -> str:
    """SuperOffice's own name of a field; without one, that of the documented field, else its key."""
    if field.name:
        return in_language(field.name, language)
    names = {**_COMMON, **_NAMES.get(crm_type or "", {})}
    return str(names.get(field.documented or field.key, field.key))


def crm_type_name(crm_type: str | None) -> str:
    """What SuperOffice calls what an ERP's actor becomes there."""
    names = {Entity.COMPANY.value: _("Company"), Entity.PERSON.value: _("Contact"), Entity.PROJECT.value: _("Project")}
    return names.get(crm_type or "", crm_type or "")


def actor_type_name(name: str) -> str:
    """The actor types that SuperOffice knows, in the reader's language; others as the connector calls them."""
    names = {
        "Customer": _("Customer"),
        "Supplier": _("Supplier"),
        "Partner": _("Partner"),
        "Person": _("Person"),
        "Project": _("Project"),
    }
    return names.get(name) or (name if has_visible(name) else _("(no name)"))
