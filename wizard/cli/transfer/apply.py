"""Applies a document: every entry goes the way of its form, with the same checks, receipts and locks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wizard.cli.transfer.changes import Change, Register, Secrets, connection_change, connector_change, keeps, misplaced
from wizard.cli.transfer.document import (
    AppEntry,
    ConnectionEntry,
    ConnectorEntry,
    Document,
    from_literal,
    placeholder_in,
)
from wizard.cli.transfer.export import app_entry, superoffice_entry
from wizard.domain.check import RunKind
from wizard.domain.connection import EVERYONE, TEXTS, ConnectionInput, Scope
from wizard.domain.connector import ConnectorInput
from wizard.domain.fields import ConfigField
from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidFile, InvalidInput, NotInSuperOffice, StaleVersion
from wizard.extensions import db
from wizard.forms import AppForm, ConfigForm, ConnectionForm, ConnectorForm
from wizard.messages import describe
from wizard.models import Account, CheckRun, Connection, Connector, Continuation, Setup, SetupKind, SyncApp
from wizard.models.columns import name_key, now
from wizard.models.database import DatabaseUnavailable, writing
from wizard.services.checks import check_input, connection_payload, find_receipt, latest_run, test_values, wait_for
from wizard.services.connections import save_connection
from wizard.services.connectors import begin_registration, register_connector
from wizard.services.dependencies import being_saved
from wizard.services.in_superoffice import may_save_there
from wizard.services.setups import discard_setup, draft_of, open_form, register_app
from wizard.services.users import ids_by_name

LANGUAGE = "en"
"""The language of the values in a form that is filled in here."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of an entry; `problem` says why it is not as the document has it."""

    change: Change
    problem: str | None = None


class _NotApplied(Exception):
    """Why an entry is left as it was, in a sentence."""


def apply(account: Account, document: Document, secrets: Secrets, begin: Callable[[Change], None]) -> Iterator[Applied]:
    """Connectors first. What fails is left as it was, and so is what needs it; the rest goes on.

    `begin` is called with each change before it is tried. The numbers of SuperOffice count where it is the one that is
    linked here.
    """
    numbered = document.superoffice is not None and document.superoffice == superoffice_entry()
    for connector in document.connectors:
        change = connector_change(connector, Register().connector(connector.name))
        adopt = connector.superoffice_id if numbered else None
        yield _try(change, begin, partial(_apply_connector, account, connector, adopt))
    for entry in document.connections:
        register = Register()
        row, used = register.connection(entry.name), register.connector(entry.connector)
        change = connection_change(entry, row, used, secrets)
        given = {name: key for key, text in entry.values.items() if (name := placeholder_in(text))}
        ask = partial(secrets.ask_for, [name for name, key in given.items() if not keeps(row, used, key)])
        adopt = entry.superoffice_id if numbered else None
        yield _try(change, begin, partial(_apply_connection, account, entry, secrets, adopt), ask)


def _try(
    change: Change, begin: Callable[[Change], None], do: Callable[[], None], ask: Callable[[], None] = lambda: None
) -> Applied:
    """Holds no transaction while `ask` waits for an answer, nor once a change has been tried."""
    db.session.rollback()
    if change.is_none:
        return Applied(change)
    begin(change)
    try:
        ask()
        with writing():
            do()
    except (_NotApplied, InvalidFile) as problem:
        return Applied(change, str(problem))
    except InvalidInput:
        return Applied(change, _taken(change))
    except (StaleVersion, InUse):
        return Applied(change, _("Somebody has changed it meanwhile. Import once more."))
    except NotInSuperOffice as unknown:
        return Applied(change, _("Not in SuperOffice, or gone there: %(names)s.", names=", ".join(unknown.names)))
    except DatabaseUnavailable:
        return Applied(change, _("The database does not answer. Import once more."))
    finally:
        db.session.rollback()
    return Applied(change)


def _taken(change: Change) -> str:
    if name_key(change.entry.name) in {name_key(values.name) for values in being_saved()}:
        return _("It is being saved just now. Import once more in a moment.")
    return _("Another one has got this name meanwhile.")


def _apply_connector(account: Account, entry: ConnectorEntry, adopt: int | None) -> None:
    _Connector(account, entry, Register().connector(entry.name), adopt).apply()


def _apply_connection(account: Account, entry: ConnectionEntry, secrets: Secrets, adopt: int | None) -> None:
    register = Register()
    row, connector = register.connection(entry.name), register.connector(entry.connector)
    _Connection(account, entry, row, connector, secrets, adopt).apply()


@dataclass(frozen=True)
class _Connector:
    """A connector's entry, and the row that has its name; `adopt` is the number of the one to take over there."""

    account: Account
    entry: ConnectorEntry
    row: Connector | None
    adopt: int | None

    def apply(self) -> None:
        values, app = self._input(), self._app()
        row = self.row
        setup = open_form(
            self.account,
            SetupKind.CONNECTOR,
            Step.CONNECTOR,
            draft={Step.CONNECTOR: values.to_json()},
            connector_id=row.id if row else None,
            base_version=row.version if row else None,
            sync_app=row.sync_app if row else None,
        )
        with _discarded_on_error(self.account, setup):
            _require_pass(check_input(self.account, setup, values))
            self._register(setup, values)
        if app is not None:
            register_app(self.account, setup, app)

    def _register(self, setup: Setup, values: ConnectorInput) -> None:
        if not may_save_there():
            return register_connector(self.account, setup, values)
        begin_registration(self.account, setup, values, adopt=self.adopt)
        run = latest_run(setup, RunKind.REGISTER)
        if run is not None:
            _require_pass(run)
            if run.continuation == Continuation.REFUSED:
                raise StaleVersion

    def _input(self) -> ConnectorInput:
        values = self.entry.to_input(self.row.to_input() if self.row else ConnectorInput())
        form = ConnectorForm(MultiDict(values.to_json()), meta={"csrf": False})
        form.validate()
        _require_no_errors(form)
        return form.input

    def _app(self) -> dict[str, Any] | None:
        if self.entry.app is None:
            return None
        app = _app_values(self.entry.app, self.row.sync_app if self.row else None)
        ticked = {"installed": "y", "registered": "y"}  # a form wants both; a file may say what is still to be done
        form = AppForm(MultiDict(app | ticked), meta={"csrf": False})
        form.validate()
        _require_no_errors(form)
        return app | {name: form[name].data for name in ("erp", "provider", "contact")}


def _app_values(entry: AppEntry, before: SyncApp | None) -> dict[str, Any]:
    registered = asdict(app_entry(before)) if before else {"route": "standard", "provider": "", "contact": ""}
    return registered | {name: value for name, value in asdict(entry).items() if value is not None}


@dataclass(frozen=True)
class _Connection:
    """A connection's entry, the row that has its name, and its connector."""

    account: Account
    entry: ConnectionEntry
    row: Connection | None
    connector: Connector | None
    secrets: Secrets
    adopt: int | None

    def apply(self) -> None:
        connector = self.connector
        fields = connector.config_fields() if connector else None
        if connector is None or fields is None:
            raise _NotApplied(_("Its connector has not answered yet, so its fields are not known."))
        draft = self._draft(connector, fields)
        config = ConfigForm(fields, draft["values"], draft["secrets"], origin=connector.origin, language=LANGUAGE)
        texts = {name: draft.get(name, "") for name in TEXTS}
        values = ConnectionInput(
            **texts, connector_id=connector.id, scope=Scope.from_draft(draft), config=config.values
        )
        form = ConnectionForm(MultiDict(draft | texts), meta={"csrf": False})
        form.validate()
        form.add_problems(values.problems())
        _require_no_errors(form)
        if not config.complete:
            words = config.errors_by_id()
            wrong = [(field.key, words.get(config.id_of(field))) for field in config.fields]
            raise _NotApplied(" ".join(f"{key}: {problem}" for key, problem in wrong if problem))
        self._save(connector, draft, values)

    def _save(self, connector: Connector, draft: dict[str, Any], values: ConnectionInput) -> None:
        setup = open_form(
            self.account,
            SetupKind.CONNECTION,
            Step.CONNECTION,
            draft={Step.CONNECTION: draft},
            connector_id=connector.id,
            connection_id=self.row.id if self.row else None,
            base_version=self.row.version if self.row else None,
        )
        with _discarded_on_error(self.account, setup):
            if find_receipt(connection_payload(connector, values.config)) is None:
                _require_pass(test_values(self.account, setup, connector, values.name, values.config))
            _require_pass(save_connection(self.account, setup, values, adopt=self.adopt))

    def _draft(self, connector: Connector, fields: Sequence[ConfigField]) -> dict[str, Any]:
        """The form as it would be filled in."""
        empty = {"language": LANGUAGE, **EVERYONE.to_draft(), "values": {}, "secrets": {}}
        draft = draft_of(self.row, LANGUAGE) if self.row else empty
        draft |= {**self.entry.texts, "connector_id": connector.id}
        if scope := self.entry.scope:
            groups, users = ids_by_name(scope.groups, scope.users)
            ids = sorted(set(groups.values())), sorted(set(users.values()))
            draft |= Scope.of(*ids, everyone=scope.everyone).to_draft()
        asked = {f.key: f for f in fields if f.takes_input and not f.is_read_only}
        if unknown := [key for key in self.entry.values if key not in asked]:
            raise _NotApplied(_("The connector does not ask for %(key)s.", key=", ".join(unknown)))
        if wrong := list(misplaced(self.entry, connector)):
            raise _NotApplied(" ".join(wrong))
        for key, text in self.entry.values.items():
            self._fill_in(draft, asked[key], text, connector.origin)
        return draft

    def _fill_in(self, draft: dict[str, Any], field: ConfigField, text: str, origin: str) -> None:
        name = placeholder_in(text)
        if name and self.secrets.known(name) is None and keeps(self.row, self.connector, field.key):
            return
        value = self.secrets.value(name) if name else from_literal(text)
        if field.is_secret:
            draft["secrets"][field.key] = {"value": value, "origin": origin, "at": now().isoformat()}
            return
        try:
            encoded = field.type.value_type.encode_plain(value)
            draft["values"][field.key] = field.type.value_type.format_encoded(encoded, LANGUAGE)
        except ValueError as error:
            raise _NotApplied(_("The value of %(key)s does not fit.", key=field.key)) from error


@contextmanager
def _discarded_on_error(account: Account, setup: Setup) -> Iterator[None]:
    """Discards a form that cannot be sent: the file has all of it."""
    try:
        yield
    except BaseException:
        discard_setup(account, setup)
        raise


def _require_pass(run: CheckRun) -> None:
    ended = wait_for(run)
    if ended.passed:
        return
    failed = ended.failure
    if failed is None:
        raise _NotApplied(_("The check was interrupted. Import once more."))
    words = describe(failed)
    raise _NotApplied(" ".join(text for text in (words.says, words.what_to_do) if text))


def _require_no_errors(form: Any) -> None:
    if form.errors:
        raise _NotApplied(" ".join(f"{name}: {messages[0]}" for name, messages in form.errors.items()))
