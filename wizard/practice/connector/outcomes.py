"""How a test of a configuration ends: as the field Outcome chooses, or refused for a missing or wrong value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wizard.domain.fields import Access, in_language, multi_language
from wizard.outside.soap import contract as c
from wizard.practice.connector.fields import OUTCOME, PASSWORD, SECRET
from wizard.practice.texts import texts

OK = c.Result(is_ok=True)
OUTCOMES: Mapping[str, str] = {
    "ok": texts(
        en="It works",
        nl="Het werkt",
        de="Es geht",
        nb="Det virker",
        sv="Det fungerar",
        da="Det virker",
    ),
    "info": texts(
        en="It works, with information",
        nl="Het werkt, met informatie",
        de="Es geht, mit einer Information",
        nb="Det virker, med informasjon",
        sv="Det fungerar, med information",
        da="Det virker, med information",
    ),
    "warning": texts(
        en="It works, with a warning",
        nl="Het werkt, met een waarschuwing",
        de="Es geht, mit einer Warnung",
        nb="Det virker, med en advarsel",
        sv="Det fungerar, med en varning",
        da="Det virker, med en advarsel",
    ),
    "rejected": texts(
        en="The password is refused",
        nl="Het wachtwoord wordt geweigerd",
        de="Das Kennwort wird abgelehnt",
        nb="Passordet avvises",
        sv="Lösenordet avvisas",
        da="Adgangskoden afvises",
    ),
    "silent": texts(
        en="An error without a word",
        nl="Een fout zonder uitleg",
        de="Ein Fehler ohne Erklärung",
        nb="En feil uten forklaring",
        sv="Ett fel utan förklaring",
        da="En fejl uden forklaring",
    ),
    "contradiction": texts(
        en="Error and success at once",
        nl="Fout en succes tegelijk",
        de="Fehler und Erfolg zugleich",
        nb="Feil og suksess samtidig",
        sv="Fel och framgång samtidigt",
        da="Fejl og succes på én gang",
    ),
    "markup": texts(
        en="An explanation with markup",
        nl="Uitleg met opmaakcode",
        de="Eine Erklärung mit Markup",
        nb="En forklaring med markup",
        sv="En förklaring med markup",
        da="En forklaring med markup",
    ),
    "slow": texts(
        en="Slow, but it works",
        nl="Langzaam, maar het werkt",
        de="Langsam, aber es geht",
        nb="Tregt, men det virker",
        sv="Långsamt, men det fungerar",
        da="Langsomt, men det virker",
    ),
    "hang": texts(
        en="It never answers",
        nl="Het antwoordt nooit",
        de="Keine Antwort",
        nb="Det svarer aldri",
        sv="Det svarar aldrig",
        da="Det svarer aldrig",
    ),
    "fault": texts(
        en="It breaks down",
        nl="Het valt uit",
        de="Es stürzt ab",
        nb="Det bryter sammen",
        sv="Det kraschar",
        da="Det bryder sammen",
    ),
    "trace": texts(
        en="It breaks down and tells all",
        nl="Het valt uit en vertelt alles",
        de="Es stürzt ab und verrät alles",
        nb="Det bryter sammen og røper alt",
        sv="Det kraschar och avslöjar allt",
        da="Det bryder sammen og røber alt",
    ),
    "garbage": texts(
        en="It answers with garbage",
        nl="Het antwoordt met rommel",
        de="Es antwortet mit Unsinn",
        nb="Det svarer med tull",
        sv="Det svarar med skräp",
        da="Det svarer med vrøvl",
    ),
    "html": texts(
        en="It answers with a web page",
        nl="Het antwoordt met een webpagina",
        de="Es antwortet mit einer Webseite",
        nb="Det svarer med en nettside",
        sv="Det svarar med en webbsida",
        da="Det svarer med en webside",
    ),
    "cut": texts(
        en="The connection is cut",
        nl="De verbinding wordt verbroken",
        de="Die Verbindung bricht ab",
        nb="Forbindelsen brytes",
        sv="Anslutningen bryts",
        da="Forbindelsen afbrydes",
    ),
}
"""The choices of the field Outcome."""


def verdict_on(info: Mapping[str, str | None] | None, fields: Sequence[c.FieldMetadata]) -> c.Result:
    """Refuses a missing value and a wrong password; else the outcome that was chosen."""
    if info is None:
        return c.Result(is_ok=False, state=c.State.ERROR, user_explanation="No configuration was sent")
    by_key = {field.field_key or "": field for field in fields}
    for key, field in by_key.items():
        if field.access == Access.MANDATORY and not info.get(key):
            return _refusal(_MISSING, field)
    if info[OUTCOME] == "rejected" or info[SECRET] != PASSWORD:
        return _refusal(_REFUSED, by_key[SECRET], tech="Login failed for user API-SO (401)")
    return _VERDICTS.get(info[OUTCOME] or "", OK)


def _refusal(sentence: Mapping[str, str], field: c.FieldMetadata, tech: str | None = None) -> c.Result:
    """An error with the field's label in each language of the sentence."""
    says = {code: text % in_language(field.display_name or "", code) for code, text in sentence.items()}
    return c.Result(is_ok=False, state=c.State.ERROR, user_explanation=multi_language(says), tech_explanation=tech)


_MISSING = {
    "en": "%s is missing.",
    "nl": "%s ontbreekt.",
    "de": "%s fehlt.",
    "nb": "%s mangler.",
    "sv": "%s saknas.",
    "da": "%s mangler.",
}
_REFUSED = {
    "en": "The ERP refused the %s.",
    "nl": "Het ERP weigerde het veld %s.",
    "de": "Das ERP hat das Feld %s abgelehnt.",
    "nb": "ERP-systemet avviste feltet %s.",
    "sv": "ERP-systemet avvisade fältet %s.",
    "da": "ERP-systemet afviste feltet %s.",
}
_VERDICTS: Mapping[str, c.Result] = {
    "info": c.Result(
        is_ok=True,
        state=c.State.OK_WITH_INFO,
        user_explanation=texts(
            en="The ERP licence ends in 12 days.",
            nl="De ERP-licentie eindigt over 12 dagen.",
            de="Die ERP-Lizenz endet in 12 Tagen.",
            nb="ERP-lisensen utløper om 12 dager.",
            sv="ERP-licensen upphör om 12 dagar.",
            da="ERP-licensen udløber om 12 dage.",
        ),
        tech_explanation="Signed in as API-SO. License expires 2026-12-05.",
    ),
    "warning": c.Result(
        is_ok=True,
        state=c.State.WARNING,
        user_explanation=texts(
            en="The ERP is closed for the night; the details look right.",
            nl="Het ERP is gesloten voor de nacht; de gegevens lijken juist.",
            de="Das ERP ist über Nacht geschlossen; die Angaben sehen richtig aus.",
            nb="ERP-systemet er stengt for natten; opplysningene ser riktige ut.",
            sv="ERP-systemet är stängt för natten; uppgifterna ser rätt ut.",
            da="ERP-systemet er lukket for natten; oplysningerne ser rigtige ud.",
        ),
    ),
    "silent": c.Result(is_ok=False, state=c.State.ERROR),
    "contradiction": c.Result(
        is_ok=True,
        state=c.State.ERROR,
        user_explanation=texts(
            en="State says error, IsOk says fine.",
            nl="State zegt fout, IsOk zegt goed.",
            de="State meldet Fehler, IsOk meldet Erfolg.",
            nb="State sier feil, IsOk sier greit.",
            sv="State säger fel, IsOk säger bra.",
            da="State siger fejl, IsOk siger fint.",
        ),
    ),
    "markup": c.Result(
        is_ok=False,
        state=c.State.ERROR,
        user_explanation="<img src=x onerror=alert(1)> & <b>bold</b>",
        tech_explanation="line one\nline two\n   at Erp.Login() in C:\\src\\Erp.cs:line 42",
    ),
}
