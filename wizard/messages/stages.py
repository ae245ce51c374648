"""The words for a stage: its title, what happened, what to do and who can do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wizard.domain.check import Outcome, Owner, RunKind, RunState, Stage, StageResult
from wizard.messages.facts import Facts, Text, Texts, fill
from wizard.messages.reasons import ROWS, Row


@dataclass(frozen=True, slots=True)
class Words:
    """All that is said of a stage. `what_to_do` and `who` are None where there is nothing to repair."""

    title: str
    code: str
    says: str
    what_to_do: str | None = None
    who: str | None = None


@dataclass(frozen=True, slots=True)
class _StageRow:
    """`where` completes "The check stopped at"; `where_late`, if it is another place, and `late` are said of an early
    reason at a later stage.
    """

    title: Text
    code: Text
    where: Text
    running: Text
    passed: Texts
    late: Text = ""
    where_late: Text = ""


_STAGES: Mapping[Stage, _StageRow] = {
    Stage.ADDRESS: _StageRow(
        _l("Address"),
        "",
        _l("the address"),
        _l("Reading the address."),
        (_l("It uses %(scheme)s and may be called from this server."), _l("It may be called from this server.")),
    ),
    Stage.DNS: _StageRow(
        _l("Name lookup"),
        "DNS",
        _l("the name lookup"),
        _l("Looking up the server's name."),
        (_l("%(host)s is %(addresses)s."), _l("%(host)s is %(address)s."), _l("The name is known.")),
    ),
    Stage.CONNECT: _StageRow(
        _l("Connection"),
        "TCP",
        _l("the connection"),
        _l("Connecting to the server. A firewall may keep us waiting up to %(seconds)s s."),
        (_l("The server accepts connections on port %(port)s."), _l("The server accepts connections.")),
    ),
    Stage.TLS: _StageRow(
        _l("Encryption"),
        "TLS",
        _l("encryption"),
        _l("Agreeing on encryption and looking at the certificate. A slow server may take up to %(seconds)s s."),
        (_l("%(version)s. The certificate is valid until %(until)s."), _l("The connection is encrypted.")),
    ),
    Stage.HTTP: _StageRow(
        _l("Web server"),
        "HTTP",
        _l("the web server"),
        _l("Making one call, as SuperOffice will. The answer may take up to %(seconds)s s."),
        _l("It answers requests."),
    ),
    Stage.CONTRACT: _StageRow(
        _l("Connector"),
        "SOAP",
        _l("the connector's answer"),
        _l("Reading the answer as SuperOffice will."),
        _l("It is an ERP Sync connector."),
    ),
    Stage.FIELDS: _StageRow(
        _l("Configuration fields"),
        "",
        _l("the configuration fields"),
        _l("Reading which fields it asks for, and the choices of their lists."),
        _l("It asks for no fields."),
    ),
    Stage.CONFIG: _StageRow(
        _l("Configuration"),
        _l("your ERP"),
        _l("the ERP"),
        _l("The connector signs in to your ERP with these details. It may take up to %(seconds)s s."),
        (_l("Your ERP let the connector in: %(answer)s"), _l("Your ERP let the connector in.")),
        _l("It happened while the configuration was tested."),
        _l("the configuration"),
    ),
    Stage.SAVE: _StageRow(
        _l("Saving"),
        _l("the connector"),
        _l("saving"),
        _l("Giving the connection to the connector to keep. It may take up to %(seconds)s s."),
        _l("The connector has kept the connection."),
        _l("It happened while the connection was saved."),
    ),
    Stage.CONNECTION: _StageRow(
        _l("Saved connection"),
        _l("your ERP"),
        _l("the saved connection"),
        _l("Testing the connection as the connector has kept it. It may take up to %(seconds)s s."),
        _l("It works as the connector has kept it."),
        _l("It happened while the saved connection was tested."),
    ),
    Stage.CATALOG: _StageRow(
        _l("ERP fields"),
        "",
        _l("the ERP fields"),
        _l("Asking what can be synchronised, and which fields it has."),
        (_l("It offers %(types)s, with %(fields)s fields."), _l("It offers nothing to synchronise yet.")),
        _l("It happened while the ERP fields were read."),
    ),
}
_LITERAL = _l("It is an IP address already, so no name has to be looked up.")
_NOT_ENCRYPTED = _l("Left out, as the address begins with http.")


def stage_title(stage: Stage) -> str:
    """For example "Encryption"."""
    return str(_STAGES[stage].title)


def stage_code(stage: Stage) -> str:
    """What experts call the layer, for example "TLS"; empty where there is no such word."""
    return str(_STAGES[stage].code)


def titles() -> Mapping[Stage, tuple[str, str]]:
    """Title and short code of every stage."""
    return {stage: (stage_title(stage), stage_code(stage)) for stage in Stage}


def describe(result: StageResult, provider: str = "", field: str = "") -> Words:
    """A stage that has ended, in words.

    `provider` is the name of the app's provider, if it is known; `field` the label of the field that the ERP blames.
    """
    title, code = titles()[result.stage]
    if result.reason is None:
        return Words(title, code, summary(result))
    facts = Facts(result.facts, field=field)
    says = summary(result)
    if _is_late(result):
        says = f"{says} {_STAGES[result.stage].late}".strip()
    repair = fill(row_for(result).repair, facts)
    return Words(title, code, says, repair, who_can(result.owner, provider) if result.owner else None)


def summary(result: StageResult) -> str:
    """What happened, in one sentence or two; empty for a stage that was not reached."""
    facts = Facts(result.facts)
    if result.outcome == Outcome.SKIPPED:
        return str(_NOT_ENCRYPTED) if "scheme" in facts else ""
    return fill(row_for(result).happened, facts) if result.reason else _passed(result.stage, facts)


def asks(result: StageResult) -> str:
    """What the person who can repair a result is asked to do; for one that has a reason."""
    return fill(row_for(result).asks, Facts(result.facts))


def repaired_elsewhere(result: StageResult) -> str:
    """What a failure that somebody else repairs leaves to the administrator."""
    if row_for(result).address_in_doubt:
        return _(
            "First compare the address with the provider's instructions. If it is right, somebody else repairs it."
        )
    return _("Somebody else repairs it. What you entered is still here.")


def row_for(result: StageResult) -> Row:
    """The words of a result's reason, the most particular ones."""
    variants = (f"{result.reason}/{result.facts.get('kind')}", f"{result.reason}/late" if _is_late(result) else "")
    return next((ROWS[variant] for variant in variants if variant in ROWS), ROWS[result.reason or ""])


def running(stage: Stage, limit_seconds: float) -> str:
    """What a stage does while it runs. `limit_seconds` is the limit of the whole check."""
    return str(_STAGES[stage].running) % {"seconds": f"{limit_seconds:g}"}


def who_can(owner: Owner, provider: str = "") -> str:
    """Who can repair what an owner is responsible for."""
    if owner == Owner.PROVIDER:
        return _("The app's provider: %(name)s", name=provider) if provider else _("The app's provider")
    return {
        Owner.ADMIN: _("You"),
        Owner.IT: _("Your IT department"),
        Owner.ERP: _("You, or your ERP administrator"),
    }[owner]


def heading(kind: RunKind, state: RunState, results: Iterable[StageResult]) -> str:
    """The title of a check in its present state."""
    if state != RunState.FINISHED:
        return str(_UNFINISHED[state][kind])
    failed = next((result for result in results if result.outcome == Outcome.FAILED), None)
    if failed is None:
        return str(_DONE[kind])
    row = _STAGES[failed.stage]
    return str(_STOPPED[kind]) % {"where": (_is_late(failed) and row.where_late) or row.where}


def verdict_line(kind: RunKind) -> str:
    """What a failure means for the person, as the title of the summary on top of the page."""
    return str(_UNUSABLE[kind])


_RUNNING: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("Checking the connector"),
    RunKind.CONNECTION: _l("Testing the connection"),
    RunKind.SAVE: _l("Saving the connection"),
}
_UNFINISHED: Mapping[RunState, Mapping[RunKind, Text]] = {
    RunState.WAITING: _RUNNING,
    RunState.RUNNING: _RUNNING,
    RunState.CANCELLED: {
        RunKind.CONNECTOR: _l("The check was cancelled"),
        RunKind.CONNECTION: _l("The test was cancelled"),
        RunKind.SAVE: _l("Saving was cancelled"),
    },
    RunState.INTERRUPTED: {
        RunKind.CONNECTOR: _l("The check was interrupted"),
        RunKind.CONNECTION: _l("The test was interrupted"),
        RunKind.SAVE: _l("Saving was interrupted"),
    },
}
_DONE: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("The connector works"),
    RunKind.CONNECTION: _l("The connection works"),
    RunKind.SAVE: _l("The connection is saved"),
}
_STOPPED: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("The check stopped at %(where)s"),
    RunKind.CONNECTION: _l("The test stopped at %(where)s"),
    RunKind.SAVE: _l("The connection could not be saved"),
}
_UNUSABLE: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("This connector cannot be used yet"),
    RunKind.CONNECTION: _l("This connection cannot be used yet"),
    RunKind.SAVE: _l("The connection could not be saved"),
}


def _is_late(result: StageResult) -> bool:
    """Whether a stage that comes after the first answer ended for the reason of an earlier layer."""
    layer = (result.reason or "").partition(".")[0]
    return bool(_STAGES[result.stage].late) and layer not in ("", result.stage.value)


def _passed(stage: Stage, facts: Facts) -> str:
    if stage == Stage.FIELDS and facts.number("count"):
        return _fields(facts.number("count"), facts.number("needed"))
    if stage == Stage.DNS and "literal" in facts:
        return str(_LITERAL)
    return fill(_STAGES[stage].passed, facts)


def _fields(count: int, needed: int) -> str:
    if needed == 0:
        return ngettext(
            "It asks for %(num)s field, which may stay empty.",
            "It asks for %(num)s fields, none of them needed.",
            count,
        )
    return ngettext(
        "It asks for %(num)s field, which is needed.",
        "It asks for %(num)s fields, %(needed)s of them needed.",
        count,
        needed=needed,
    )
