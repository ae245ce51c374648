"""The fields of the two practice connectors: every type, every access, in mixed rank, in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.domain.fields import Access, FieldType
from wizard.outside.soap.contract import FieldMetadata
from wizard.practice.texts import texts

PASSWORD = "practice"  # noqa: S105 - made up, and public

COMPANY, SECRET, OUTCOME = "Company", "ApiPassword", "Outcome"


_LABEL = FieldMetadata(
    field_key="Introduction",
    field_type=FieldType.LABEL,
    rank=5,
    default_value=texts(
        en="This ERP is made up. Nothing you enter leaves this machine.",
        nl="Dit ERP is verzonnen. Niets van wat u invoert verlaat deze computer.",
        de="Dieses ERP ist erfunden. Nichts, was Sie eingeben, verlässt diesen Rechner.",
        nb="Dette ERP-systemet er oppdiktet. Ingenting du skriver forlater denne maskinen.",
        sv="Det här ERP-systemet är påhittat. Inget du skriver lämnar den här datorn.",
        da="Dette ERP-system er opdigtet. Intet af det, du skriver, forlader denne maskine.",
    ),
)
_COMPANY = FieldMetadata(
    field_key=COMPANY,
    field_type=FieldType.TEXT,
    access=Access.MANDATORY,
    rank=10,
    max_length=20,
    default_value="<name>",
    display_name=texts(
        en="Company code",
        nl="Bedrijfscode",
        de="Firmencode",
        nb="Firmakode",
        sv="Företagskod",
        da="Firmakode",
    ),
    display_description=texts(
        en="Any text will do here.",
        nl="Elke tekst is hier goed.",
        de="Hier ist jeder Text recht.",
        nb="Enhver tekst duger her.",
        sv="Vilken text som helst duger här.",
        da="Enhver tekst duer her.",
    ),
)
_SECRET = FieldMetadata(
    field_key=SECRET,
    field_type=FieldType.PASSWORD,
    access=Access.MANDATORY,
    rank=20,
    max_length=64,
    display_name=texts(
        en="API password",
        nl="API-wachtwoord",
        de="API-Kennwort",
        nb="API-passord",
        sv="API-lösenord",
        da="API-adgangskode",
    ),
    display_description=texts(
        en="It is: practice.",
        nl="Het is: practice.",
        de="Es lautet: practice.",
        nb="Det er: practice.",
        sv="Det är: practice.",
        da="Den er: practice.",
    ),
)
_OUTCOME = FieldMetadata(
    field_key=OUTCOME,
    field_type=FieldType.LIST,
    access=Access.MANDATORY,
    rank=30,
    list_name="Outcomes",
    default_value="ok",
    display_name=texts(
        en="How the test ends",
        nl="Hoe de test afloopt",
        de="Wie der Test ausgeht",
        nb="Hvordan testen ender",
        sv="Hur testet slutar",
        da="Hvordan testen ender",
    ),
    display_description=texts(
        en="Choose a fault to see how the wizard names it.",
        nl="Kies een fout om te zien hoe de wizard die benoemt.",
        de="Wählen Sie einen Fehler und sehen Sie, wie der Assistent ihn benennt.",
        nb="Velg en feil for å se hvordan veiviseren navngir den.",
        sv="Välj ett fel och se hur guiden benämner det.",
        da="Vælg en fejl og se, hvordan guiden benævner den.",
    ),
)
_BATCH = FieldMetadata(
    field_key="BatchSize",
    field_type=FieldType.INTEGER,
    rank=40,
    default_value="[I:250]",
    display_name=texts(
        en="Customers per run",
        nl="Klanten per keer",
        de="Kunden je Durchlauf",
        nb="Kunder per kjøring",
        sv="Kunder per körning",
        da="Kunder pr. kørsel",
    ),
)
_VAT = FieldMetadata(
    field_key="VatRate",
    field_type=FieldType.DOUBLE,
    rank=50,
    default_value="[F:25.5]",
    display_name=texts(
        en="Standard VAT rate in percent",
        nl="Standaard btw-tarief in procenten",
        de="Normaler Mehrwertsteuersatz in Prozent",
        nb="Standard mva-sats i prosent",
        sv="Normal momssats i procent",
        da="Normal momssats i procent",
    ),
)
_SINCE = FieldMetadata(
    field_key="SyncFrom",
    field_type=FieldType.DATETIME,
    rank=60,
    default_value="[DT:01/01/2026 00:00:00.0000000]",
    display_name=texts(
        en="Synchronise changes since",
        nl="Wijzigingen synchroniseren sinds",
        de="Änderungen synchronisieren seit",
        nb="Synkroniser endringer siden",
        sv="Synkronisera ändringar sedan",
        da="Synkroniser ændringer siden",
    ),
)
_SANDBOX = FieldMetadata(
    field_key="Sandbox",
    field_type=FieldType.CHECKBOX,
    rank=70,
    default_value="[I:1]",
    display_name=texts(
        en="Use the test environment",
        nl="De testomgeving gebruiken",
        de="Testumgebung verwenden",
        nb="Bruk testmiljøet",
        sv="Använd testmiljön",
        da="Brug testmiljøet",
    ),
    display_description=texts(
        en="Nothing is booked for real.",
        nl="Er wordt niets echt geboekt.",
        de="Es wird nichts wirklich gebucht.",
        nb="Ingenting bokføres på ekte.",
        sv="Inget bokförs på riktigt.",
        da="Intet bogføres for alvor.",
    ),
)
_VERSION = FieldMetadata(
    field_key="Version",
    field_type=FieldType.TEXT,
    access=Access.READ_ONLY,
    rank=80,
    default_value="2026.1",
    display_name=texts(
        en="ERP version",
        nl="ERP-versie",
        de="ERP-Version",
        nb="ERP-versjon",
        sv="ERP-version",
        da="ERP-version",
    ),
)
_REGION = FieldMetadata(
    field_key="Region",
    field_type=FieldType.LIST,
    access=Access.MANDATORY,
    rank=15,
    list_name="Country",
    default_value="NL",
    display_name=texts(en="Country", nl="Land", de="Land", nb="Land", sv="Land", da="Land"),
)

FIELDS: Mapping[str, tuple[FieldMetadata, ...]] = {
    "Nordic": (_SECRET, _LABEL, _COMPANY, _OUTCOME, _VAT, _BATCH, _SINCE, _VERSION, _SANDBOX),
    "Continental": (_REGION, _SECRET, _COMPANY, _OUTCOME, _BATCH, _VERSION),
}
"""By the name that `?ConnectorName=` selects; the first is the default. On purpose not in rank order."""
