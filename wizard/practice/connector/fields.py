"""What the two practice connectors ask for: every type, every access, in mixed rank, in six languages."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.domain.fields import Access, FieldType
from wizard.outside.soap.contract import FieldMetadata

PASSWORD = "practice"  # noqa: S105 - made up, and told to everybody

COMPANY, SECRET, OUTCOME = "Company", "ApiPassword", "Outcome"


def _texts(en: str, nl: str, de: str, nb: str, sv: str, da: str) -> str:
    pairs = zip(("US", "NL", "GE", "NO", "SW", "DA"), (en, nl, de, nb, sv, da), strict=True)
    return ";".join(f'{code}:"{text}"' for code, text in pairs)


_LABEL = FieldMetadata(
    field_key="Introduction",
    field_type=FieldType.LABEL,
    rank=5,
    default_value=_texts(
        "This ERP is made up. Nothing you enter leaves this machine.",
        "Dit ERP is verzonnen. Niets van wat u invoert verlaat deze computer.",
        "Dieses ERP ist erfunden. Nichts, was Sie eingeben, verlässt diesen Rechner.",
        "Dette ERP-systemet er oppdiktet. Ingenting du skriver forlater denne maskinen.",
        "Det här affärssystemet är påhittat. Inget du skriver lämnar den här datorn.",
        "Dette ERP-system er opdigtet. Intet af det, du skriver, forlader denne maskine.",
    ),
)
_COMPANY = FieldMetadata(
    field_key=COMPANY,
    field_type=FieldType.TEXT,
    access=Access.MANDATORY,
    rank=10,
    max_length=20,
    default_value="<name>",
    display_name=_texts("Company code", "Bedrijfscode", "Firmencode", "Firmakode", "Företagskod", "Firmakode"),
    display_description=_texts(
        "Any text will do here.",
        "Elke tekst is hier goed.",
        "Hier ist jeder Text recht.",
        "Enhver tekst duger her.",
        "Vilken text som helst duger här.",
        "Enhver tekst duer her.",
    ),
)
_SECRET = FieldMetadata(
    field_key=SECRET,
    field_type=FieldType.PASSWORD,
    access=Access.MANDATORY,
    rank=20,
    max_length=64,
    display_name=_texts(
        "API password", "API-wachtwoord", "API-Kennwort", "API-passord", "API-lösenord", "API-adgangskode"
    ),
    display_description=_texts(
        "It is: practice.",
        "Het is: practice.",
        "Es lautet: practice.",
        "Det er: practice.",
        "Det är: practice.",
        "Den er: practice.",
    ),
)
_OUTCOME = FieldMetadata(
    field_key=OUTCOME,
    field_type=FieldType.LIST,
    access=Access.MANDATORY,
    rank=30,
    list_name="Outcomes",
    default_value="ok",
    display_name=_texts(
        "How the test ends",
        "Hoe de test afloopt",
        "Wie der Test ausgeht",
        "Hvordan testen ender",
        "Hur testet slutar",
        "Hvordan testen ender",
    ),
    display_description=_texts(
        "Choose a fault to see how the wizard names it.",
        "Kies een fout om te zien hoe de wizard die benoemt.",
        "Wählen Sie einen Fehler und sehen Sie, wie der Assistent ihn benennt.",
        "Velg en feil for å se hvordan veiviseren navngir den.",
        "Välj ett fel och se hur guiden benämner det.",
        "Vælg en fejl og se, hvordan guiden benævner den.",
    ),
)
_BATCH = FieldMetadata(
    field_key="BatchSize",
    field_type=FieldType.INTEGER,
    rank=40,
    default_value="[I:250]",
    display_name=_texts(
        "Customers per run",
        "Klanten per keer",
        "Kunden je Durchlauf",
        "Kunder per kjøring",
        "Kunder per körning",
        "Kunder pr. kørsel",
    ),
)
_VAT = FieldMetadata(
    field_key="VatRate",
    field_type=FieldType.DOUBLE,
    rank=50,
    default_value="[F:25.5]",
    display_name=_texts(
        "Standard VAT rate in percent",
        "Standaard btw-tarief in procenten",
        "Normaler Mehrwertsteuersatz in Prozent",
        "Standard mva-sats i prosent",
        "Normal momssats i procent",
        "Normal momssats i procent",
    ),
)
_SINCE = FieldMetadata(
    field_key="SyncFrom",
    field_type=FieldType.DATETIME,
    rank=60,
    default_value="[DT:01/01/2026 00:00:00.0000000]",
    display_name=_texts(
        "Synchronise changes since",
        "Wijzigingen synchroniseren sinds",
        "Änderungen synchronisieren seit",
        "Synkroniser endringer siden",
        "Synkronisera ändringar sedan",
        "Synkroniser ændringer siden",
    ),
)
_SANDBOX = FieldMetadata(
    field_key="Sandbox",
    field_type=FieldType.CHECKBOX,
    rank=70,
    default_value="[I:1]",
    display_name=_texts(
        "Use the test environment",
        "De testomgeving gebruiken",
        "Testumgebung verwenden",
        "Bruk testmiljøet",
        "Använd testmiljön",
        "Brug testmiljøet",
    ),
    display_description=_texts(
        "Nothing is booked for real.",
        "Er wordt niets echt geboekt.",
        "Es wird nichts wirklich gebucht.",
        "Ingenting bokføres på ekte.",
        "Inget bokförs på riktigt.",
        "Intet bogføres for alvor.",
    ),
)
_VERSION = FieldMetadata(
    field_key="Version",
    field_type=FieldType.TEXT,
    access=Access.READ_ONLY,
    rank=80,
    default_value="2026.1",
    display_name=_texts("ERP version", "ERP-versie", "ERP-Version", "ERP-versjon", "ERP-version", "ERP-version"),
)
_REGION = FieldMetadata(
    field_key="Region",
    field_type=FieldType.LIST,
    access=Access.MANDATORY,
    rank=15,
    list_name="Country",
    default_value="NL",
    display_name=_texts("Country", "Land", "Land", "Land", "Land", "Land"),
)

FIELDS: Mapping[str, tuple[FieldMetadata, ...]] = {
    "Nordic": (_SECRET, _LABEL, _COMPANY, _OUTCOME, _VAT, _BATCH, _SINCE, _VERSION, _SANDBOX),
    "Continental": (_REGION, _SECRET, _COMPANY, _OUTCOME, _BATCH, _VERSION),
}
"""By the name that `?ConnectorName=` selects; the first is the default. On purpose not in rank order."""

OUTCOMES: Mapping[str, str] = {
    "ok": _texts("It works", "Het werkt", "Es geht", "Det virker", "Det fungerar", "Det virker"),
    "info": _texts(
        "It works, with information",
        "Het werkt, met informatie",
        "Es geht, mit einer Information",
        "Det virker, med informasjon",
        "Det fungerar, med information",
        "Det virker, med information",
    ),
    "warning": _texts(
        "It works, with a warning",
        "Het werkt, met een waarschuwing",
        "Es geht, mit einer Warnung",
        "Det virker, med en advarsel",
        "Det fungerar, med en varning",
        "Det virker, med en advarsel",
    ),
    "rejected": _texts(
        "The password is refused",
        "Het wachtwoord wordt geweigerd",
        "Das Kennwort wird abgelehnt",
        "Passordet avvises",
        "Lösenordet nekas",
        "Adgangskoden afvises",
    ),
    "silent": _texts(
        "An error without a word",
        "Een fout zonder uitleg",
        "Ein Fehler ohne Erklärung",
        "En feil uten forklaring",
        "Ett fel utan förklaring",
        "En fejl uden forklaring",
    ),
    "contradiction": _texts(
        "Error and success at once",
        "Fout en succes tegelijk",
        "Fehler und Erfolg zugleich",
        "Feil og suksess samtidig",
        "Fel och framgång samtidigt",
        "Fejl og succes på én gang",
    ),
    "markup": _texts(
        "An explanation with markup",
        "Uitleg met opmaakcode",
        "Eine Erklärung mit Markup",
        "En forklaring med markup",
        "En förklaring med markup",
        "En forklaring med markup",
    ),
    "slow": _texts(
        "Slow, but it works",
        "Langzaam, maar het werkt",
        "Langsam, aber es geht",
        "Tregt, men det virker",
        "Långsamt, men det fungerar",
        "Langsomt, men det virker",
    ),
    "hang": _texts(
        "It never answers",
        "Het antwoordt nooit",
        "Keine Antwort",
        "Det svarer aldri",
        "Det svarar aldrig",
        "Det svarer aldrig",
    ),
    "fault": _texts(
        "It breaks down", "Het valt uit", "Es stürzt ab", "Det bryter sammen", "Det kraschar", "Det bryder sammen"
    ),
    "trace": _texts(
        "It breaks down and tells all",
        "Het valt uit en vertelt alles",
        "Es stürzt ab und verrät alles",
        "Det bryter sammen og røper alt",
        "Det kraschar och avslöjar allt",
        "Det bryder sammen og røber alt",
    ),
    "garbage": _texts(
        "It answers with garbage",
        "Het antwoordt met rommel",
        "Es antwortet mit Unsinn",
        "Det svarer med tull",
        "Det svarar med skräp",
        "Det svarer med vrøvl",
    ),
    "html": _texts(
        "It answers with a web page",
        "Het antwoordt met een webpagina",
        "Es antwortet mit einer Webseite",
        "Det svarer med en nettside",
        "Det svarar med en webbsida",
        "Det svarer med en webside",
    ),
    "cut": _texts(
        "The connection is cut",
        "De verbinding wordt verbroken",
        "Die Verbindung bricht ab",
        "Forbindelsen brytes",
        "Anslutningen bryts",
        "Forbindelsen afbrydes",
    ),
}
