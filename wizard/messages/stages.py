"""The words for a stage: its title, what it says, what to do and who can."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from wizard.domain.check import Outcome, Owner, Stage, StageResult, Verdict
from wizard.domain.multilang import in_language
from wizard.messages.reasons import ROWS, Facts
from wizard.messages.times import date


@dataclass(frozen=True, slots=True)
class Words:
    """All that is said of a stage. `what_to_do` and `who` are None where there is nothing to repair."""

    title: str
    code: str
    says: str
    what_to_do: str | None = None
    who: str | None = None


def titles() -> Mapping[Stage, tuple[str, str]]:
    """Title and short code of every stage."""
    return {
        Stage.ADDRESS: (_("Address"), ""),
        Stage.DNS: (_("Name lookup"), "DNS"),
        Stage.CONNECT: (_("Connection"), "TCP"),
        Stage.TLS: (_("Encryption"), "TLS"),
        Stage.HTTP: (_("Web server"), "HTTP"),
        Stage.CONTRACT: (_("Connector"), "SOAP"),
        Stage.FIELDS: (_("Configuration fields"), ""),
        Stage.CONFIG: (_("Configuration"), _("your ERP")),
        Stage.SAVE: (_("Saving"), _("the connector")),
        Stage.CONNECTION: (_("Saved connection"), _("your ERP")),
        Stage.CATALOG: (_("What can be synchronised"), ""),
    }


def describe(result: StageResult, provider: str = "") -> Words:
    """A stage that has ended, in words. `provider` is the name of the app's provider, if it is known."""
    title, code = titles()[result.stage]
    if result.reason is None:
        says = "" if result.outcome == Outcome.SKIPPED else _passed(result)
        return Words(title, code, says)
    facts = _facts(result)
    row = ROWS[result.reason]
    says = row.happened(facts)
    if _is_late(result):
        says = _("%(stage)s: %(sentence)s", stage=_late(result.stage), sentence=says)
    owner = result.owner
    return Words(title, code, says, row.repair(facts), who_can(owner, provider) if owner else None)


def summary(result: StageResult) -> str:
    """What happened, in one short sentence for a list."""
    return ROWS[result.reason].happened(_facts(result)) if result.reason else _passed(result)


def running(stage: Stage, limit_seconds: float) -> str:
    """What a stage does while it runs."""
    limit = f"{limit_seconds:g}"
    return {
        Stage.ADDRESS: _("Reading the address."),
        Stage.DNS: _("Looking up the server's name."),
        Stage.CONNECT: _("Knocking at the server. A firewall may keep us waiting up to %(seconds)s s.", seconds=limit),
        Stage.TLS: _("Agreeing on encryption and looking at the certificate. A slow server may take up to %(seconds)s s.", seconds=limit),
        Stage.HTTP: _("Making a call, as SuperOffice will, and waiting for the answer. It may take up to %(seconds)s s.", seconds=limit),
        Stage.CONTRACT: _("Reading the answer as SuperOffice will."),
        Stage.FIELDS: _("Reading which fields it asks for, and their lists."),
        Stage.CONFIG: _("The connector signs in to your ERP with these details. It may take up to %(seconds)s s.", seconds=limit),
        Stage.SAVE: _("Telling the connector the connection."),
        Stage.CONNECTION: _("Testing the connection as the connector has kept it."),
        Stage.CATALOG: _("Asking what can be synchronised."),
    }[stage]


def who_can(owner: Owner, provider: str = "") -> str:
    """Who can repair what an owner is responsible for."""
    if owner == Owner.PROVIDER:
        return _("The app's provider: %(name)s", name=provider) if provider else _("The app's provider")
    return {
        Owner.ADMIN: _("You"),
        Owner.IT: _("Your IT department"),
        Owner.ERP: _("You, or your ERP administrator"),
    }[owner]


def heading(kind: str, verdict: Verdict | None, results: Sequence[StageResult], state: str) -> str:
    """The title of a check of kind connector, connection or save, as far as it has come."""
    if state in ("waiting", "running"):
        return {
            "connector": _("Checking the connector"),
            "connection": _("Testing the connection"),
            "save": _("Saving the connection"),
        }[kind]
    if state == "cancelled":
        return _("The check was cancelled") if kind == "connector" else _("The test was cancelled")
    if state == "interrupted":
        return _("The check was interrupted") if kind == "connector" else _("The test was interrupted")
    failed = next((result for result in results if result.outcome == Outcome.FAILED), None)
    if failed is None:
        return {
            "connector": _("The connector works"),
            "connection": _("The connection works"),
            "save": _("The connection is saved"),
        }[kind]
    title = titles()[failed.stage][0]
    if kind == "connector":
        return _("The check stopped at: %(stage)s", stage=title)
    if kind == "save":
        return _("The connection could not be saved")
    return _("The test stopped at the ERP") if failed.stage == Stage.CONFIG else _("The test stopped at: %(stage)s", stage=title)


def _facts(result: StageResult) -> Facts:
    language = get_locale().language if get_locale() else "en"
    answer = in_language(result.facts.get("answer", ""), language)
    return Facts(result.facts, answer)


def _is_late(result: StageResult) -> bool:
    early = (result.reason or "").partition(".")[0]
    return early != result.stage.value and result.stage in (Stage.CONFIG, Stage.SAVE, Stage.CONNECTION, Stage.CATALOG)


def _late(stage: Stage) -> str:
    return {
        Stage.CONFIG: _("While testing the configuration"),
        Stage.SAVE: _("While saving"),
        Stage.CONNECTION: _("While testing the saved connection"),
        Stage.CATALOG: _("While reading what can be synchronised"),
    }[stage]


def _passed(result: StageResult) -> str:
    facts = _facts(result)
    match result.stage:
        case Stage.ADDRESS:
            return _("It may be called from this server.")
        case Stage.DNS if facts.has("literal"):
            return _("It is an address and needs no lookup.")
        case Stage.DNS:
            return _("%(host)s is %(address)s.", host=facts.host, address=facts.address)
        case Stage.CONNECT:
            return _("The server accepts connections on port %(port)s.", port=facts.port)
        case Stage.TLS:
            version = facts.version.replace("TLSv", "TLS ")
            return _("%(version)s. The certificate is valid until %(date)s.", version=version, date=date(facts.until))
        case Stage.HTTP:
            return _("It answers requests.")
        case Stage.CONTRACT:
            return _("It is an ERP Sync connector.")
        case Stage.FIELDS:
            return _fields(facts)
        case Stage.CONFIG:
            return _("The ERP let the connector in: %(answer)s", answer=facts.answer) if facts.answer else _("The ERP let the connector in.")
        case Stage.SAVE:
            return _("The connector has kept the connection.")
        case Stage.CONNECTION:
            return _("It works as the connector has kept it.")
        case _:
            return _("%(types)s, with %(count)s fields.", types=facts.types, count=facts.fields)


def _fields(facts: Facts) -> str:
    count = int(facts.count) if facts.count.isdecimal() else 0
    asks = ngettext("It asks for %(num)s field", "It asks for %(num)s fields", count)
    needed = facts.needed if facts.needed.isdecimal() else "0"
    return _("%(asks)s, %(needed)s of them needed.", asks=asks, needed=needed)
