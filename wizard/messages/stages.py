"""The words for a stage: its title, what happened, what to do and who can do it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from wizard.domain.check import Outcome, Owner, RunKind, RunState, Stage, StageResult
from wizard.messages.facts import Facts, Text, fill, one_line
from wizard.messages.reasons import ROWS, Row
from wizard.messages.signs import SIGN_ROWS
from wizard.messages.stage_rows import RUNNING_OF_A_LINK, STAGES


@dataclass(frozen=True, slots=True)
class Words:
    """All that is said of a stage. `what_to_do` and `who` are None where there is nothing to repair."""

    title: str
    code: str
    says: str
    what_to_do: str | None = None
    who: str | None = None


_LITERAL = _l("It is an IP address already, so no name has to be looked up.")
MAX_QUOTED = 200
"""Characters of an answer in a sentence; the whole of it is in the technical detail."""
_NOT_ENCRYPTED = _l("Left out, as the address begins with http.")


def stage_title(stage: Stage) -> str:
    """For example "Encryption"."""
    return str(STAGES[stage].title)


def stage_code(stage: Stage) -> str:
    """What experts call the layer, for example "TLS"; empty where there is no such word."""
    return str(STAGES[stage].code)


def titles() -> Mapping[Stage, tuple[str, str]]:
    """Title and short code of every stage."""
    return {stage: (stage_title(stage), stage_code(stage)) for stage in Stage}


def _code_of(result: StageResult) -> str:
    """The code of its stage; of a sign-in, by what it was made."""
    if result.stage == Stage.SIGN_IN and is_of_superoffice(result):
        return "SuperOffice ID" if "tenant" in result.facts else "Basic"
    return stage_code(result.stage)


def describe(result: StageResult, provider: str = "", field: str = "") -> Words:
    """A stage that has ended, in words.

    `provider` is the name of the app's provider, if it is known; `field` the label of the field that the ERP blames.
    """
    title, code = stage_title(result.stage), _code_of(result)
    if result.reason is None:
        return Words(title, code, summary(result))
    facts = Facts(result.facts, field=field)
    says = summary(result)
    if _is_late(result):
        says = f"{says} {STAGES[result.stage].late}".strip()
    repair = fill(row_for(result).repair, facts)
    return Words(title, code, says, repair, who_can(result.owner, provider) if result.owner else None)


def summary(result: StageResult) -> str:
    """What happened, in one sentence or two; empty for a stage that was not reached."""
    facts = Facts(result.facts)
    if result.outcome == Outcome.SKIPPED:
        return str(_NOT_ENCRYPTED) if "scheme" in facts else ""
    if result.reason is None:
        return _passed(result.stage, facts)
    happened = fill(row_for(result).happened, facts)
    return happened if result.sign else f"{happened} {_quoted(facts, happened)}".rstrip()


def _quoted(facts: Facts, sentence: str) -> str:
    """What the answer says of itself, unless the sentence has it already."""
    said = one_line(facts.raw("said"), MAX_QUOTED) if "said" in facts else ""
    return _("Its answer says: “%(said)s”", said=said) if said and said not in sentence else ""


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
    """The words of a result's sign or reason, the most particular ones."""
    target = f"{result.reason}/{result.facts.get('target')}"
    if target in ROWS:
        return ROWS[target]
    if result.sign:
        return SIGN_ROWS[result.sign]
    variants = (f"{result.reason}/{result.facts.get('kind')}", f"{result.reason}/late" if _is_late(result) else "")
    return next((ROWS[variant] for variant in variants if variant in ROWS), ROWS[result.reason or ""])


def is_of_superoffice(result: StageResult) -> bool:
    """Whether SuperOffice itself was called, and not a connector."""
    return result.facts.get("target") == "superoffice"


def running(stage: Stage, limit_seconds: float, kind: RunKind = RunKind.CONNECTOR) -> str:
    """What a stage does while it runs. `limit_seconds` is the limit of the whole check."""
    own = RUNNING_OF_A_LINK if kind == RunKind.LINK else {}
    return str(own.get(stage, STAGES[stage].running)) % {"seconds": f"{limit_seconds:g}"}


def who_can(owner: Owner, provider: str = "") -> str:
    """Who can repair what an owner is responsible for."""
    if owner == Owner.PROVIDER:
        return _("The app's provider: %(name)s", name=provider) if provider else _("The app's provider")
    return {
        Owner.ADMIN: _("You"),
        Owner.IT: _("Your IT department"),
        Owner.ERP: _("You, or your ERP administrator"),
        Owner.APP_OWNER: _("The app's owner, who registered it at SuperOffice"),
        Owner.SUPEROFFICE: _("SuperOffice's support"),
    }[owner]


def heading(kind: RunKind, state: RunState, results: Iterable[StageResult]) -> str:
    """The title of a check in its present state."""
    results = tuple(results)
    if state != RunState.FINISHED:
        return str(_UNFINISHED[state][kind])
    failed = next((result for result in results if result.outcome == Outcome.FAILED), None)
    if failed is None:
        return str(_done(kind, results))
    if failed.stage == Stage.ACCEPTED and failed.reason == "superoffice.activation_refused":
        return str(_REFUSED)
    row = STAGES[failed.stage]
    return str(_STOPPED[kind]) % {"where": (_is_late(failed) and row.where_late) or row.where}


def verdict_line(kind: RunKind) -> str:
    """What a failure means for the person, as the title of the summary on top of the page."""
    return str(_UNUSABLE[kind])


_RUNNING: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("Checking the connector"),
    RunKind.CONNECTION: _l("Testing the connection"),
    RunKind.SAVE: _l("Saving the connection"),
    RunKind.SAVE_BOTH: _l("Saving, here and in SuperOffice"),
    RunKind.REGISTER: _l("Saving the connector in SuperOffice"),
    RunKind.ACTIVATE: _l("Checking whether it can be activated"),
    RunKind.LINK: _l("Checking the link"),
}
_UNFINISHED: Mapping[RunState, Mapping[RunKind, Text]] = {
    RunState.WAITING: _RUNNING,
    RunState.RUNNING: _RUNNING,
    RunState.CANCELLED: {
        RunKind.CONNECTOR: _l("The check was cancelled"),
        RunKind.CONNECTION: _l("The test was cancelled"),
        RunKind.SAVE: _l("Saving was cancelled"),
        RunKind.SAVE_BOTH: _l("Saving was cancelled"),
        RunKind.REGISTER: _l("Saving was cancelled"),
        RunKind.ACTIVATE: _l("The check was cancelled"),
        RunKind.LINK: _l("The check was cancelled"),
    },
    RunState.INTERRUPTED: {
        RunKind.CONNECTOR: _l("The check was interrupted"),
        RunKind.CONNECTION: _l("The test was interrupted"),
        RunKind.SAVE: _l("Saving was interrupted"),
        RunKind.SAVE_BOTH: _l("Saving was interrupted"),
        RunKind.REGISTER: _l("Saving was interrupted"),
        RunKind.ACTIVATE: _l("The check was interrupted"),
        RunKind.LINK: _l("The check was interrupted"),
    },
}
_DONE: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("The connector works"),
    RunKind.CONNECTION: _l("The connection works"),
    RunKind.SAVE: _l("The connection is saved"),
    RunKind.SAVE_BOTH: _l("The connection is saved, here and in SuperOffice"),
    RunKind.REGISTER: _l("The connector is saved in SuperOffice"),
    RunKind.ACTIVATE: _l("It can be activated"),
    RunKind.LINK: _l("The link works"),
}
_READS_ONLY = _l("The link works, for reading only")
_REFUSED = _l("SuperOffice did not activate it")
_IS_ACTIVE = _l("It is active")
_STOPPED: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("The check stopped at %(where)s"),
    RunKind.CONNECTION: _l("The test stopped at %(where)s"),
    RunKind.LINK: _l("The check stopped at %(where)s"),
    RunKind.SAVE: _l("The connection could not be saved"),
    RunKind.SAVE_BOTH: _l("Saved here, not yet in SuperOffice"),
    RunKind.REGISTER: _l("Not saved in SuperOffice yet"),
    RunKind.ACTIVATE: _l("The check stopped at %(where)s"),
}
_UNUSABLE: Mapping[RunKind, Text] = {
    RunKind.CONNECTOR: _l("This connector cannot be used yet"),
    RunKind.CONNECTION: _l("This connection cannot be used yet"),
    RunKind.LINK: _l("SuperOffice is not linked yet"),
    RunKind.SAVE: _l("The connection could not be saved"),
    RunKind.SAVE_BOTH: _l("Saved here, not yet in SuperOffice"),
    RunKind.REGISTER: _l("Not saved in SuperOffice yet"),
    RunKind.ACTIVATE: _l("It is not active"),
}


def _done(kind: RunKind, results: Iterable[StageResult]) -> Text:
    """What a pass is, where not all passes of a kind are the same."""
    for result in results:
        if result.reason == "superoffice.agent_forbidden":
            return _READS_ONLY
        if result.stage == Stage.ACCEPTED:
            return _IS_ACTIVE
    return _DONE[kind]


def _is_late(result: StageResult) -> bool:
    """Whether a stage that comes after the first answer ended for the reason of an earlier layer."""
    layer = (result.reason or "").partition(".")[0]
    return bool(STAGES[result.stage].late) and layer not in ("", result.stage.value, Stage.SUPEROFFICE.value)


def _passed(stage: Stage, facts: Facts) -> str:
    if stage == Stage.FIELDS and facts.number("count"):
        return _fields(facts.number("count"), facts.number("needed"))
    if stage == Stage.USERS and facts.number("users"):
        return _users(facts.number("users"), facts.number("groups"))
    if stage == Stage.DNS and "literal" in facts:
        return str(_LITERAL)
    return fill(STAGES[stage].passed, facts)


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


def _users(users: int, groups: int) -> str:
    return _(
        "%(users)s and %(groups)s can be read.",
        users=ngettext("%(num)s user", "%(num)s users", users),
        groups=ngettext("%(num)s group", "%(num)s groups", groups),
    )
