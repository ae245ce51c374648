"""Copies what is configured for one connection to another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from wizard.domain.configuration import (
    Configuration,
    Problem,
    Refusal,
    Schema,
    TypeSettings,
    accepted,
    in_keys_of,
)
from wizard.extensions import db
from wizard.models import Account, CheckRun, Connection, ConnectionState, Setup
from wizard.outside.connector import CheckReport
from wizard.services import audit
from wizard.services.checks import AfterCommit
from wizard.services.configuration.find import load, load_for_update, load_schema, need_state
from wizard.services.configuration.save import save_configuration
from wizard.services.configuration.store import write_settings

After = Callable[[CheckRun, CheckReport], AfterCommit | None]


@dataclass(frozen=True)
class Copied:
    """What was copied, and why the rest was not: those rows stay as they were."""

    configuration: Configuration
    left_out: tuple[Problem, ...] = ()


def copy_configuration(account: Account, source: Connection, target: Connection) -> Copied:
    """Replaces the settings of those fields that both connections have."""
    found = fitting(load(source), load_for_update(target), load_schema(target), load_schema(source))
    save_configuration(account, target, found.configuration, "configuration.copied", source.name)
    return found


def fitting(copied: Configuration, onto: Configuration, schema: Schema | None, source: Schema | None) -> Copied:
    """What of a configuration another connection can have."""
    if schema is None:
        return Copied(copied)
    translated = in_keys_of(schema, copied, source)
    types, left_out = [], []
    for settings in translated.types:
        rows, refused = _fitting_rows(settings, onto.type(settings.actor_type), schema)
        types.append(rows)
        left_out += refused
    return Copied(Configuration(tuple(types)), tuple(left_out))


def _fitting_rows(settings: TypeSettings, onto: TypeSettings, schema: Schema) -> tuple[TypeSettings, list[Problem]]:
    name, actor_type = settings.actor_type, schema.type(settings.actor_type)
    known = {*actor_type.by_key, *onto.by_key}
    gone = [Problem(name, key, Refusal.MISSING_IN_ERP) for key in settings.by_key if key not in known]
    rows = replace(settings, fields=tuple(each for each in settings.fields if each.key in known))
    taken = accepted(rows.onto(onto), onto, actor_type, schema)
    return taken.settings, [*gone, *taken.refused]


def with_copied_configuration(after: After) -> After:
    """What follows a save: a new connection that was made as a copy gets the configuration of the first one too."""

    def follow_up(run: CheckRun, report: CheckReport) -> AfterCommit | None:
        after_commit = after(run, report)
        if run.setup_id and run.connection_id:
            _copy_to_new(run)
        return after_commit

    return follow_up


def _copy_to_new(run: CheckRun) -> None:
    setup = db.session.get(Setup, run.setup_id)
    source_id = setup.draft.get("copy_of_id") if setup else None
    source = db.session.get(Connection, source_id) if source_id else None
    if source is None:
        return
    target = db.session.get(Connection, run.connection_id)
    if target is None or target.state != ConnectionState.SAVED:
        return
    copied = load(source)
    if load(target).types or not copied.types:
        return
    write_settings(target, Configuration(), copied, audit.name_of(run.account) if run.account else "")
    need_state(target).waiting = True
    audit.note(run.account, "configuration.copied", target.name, source.name)
