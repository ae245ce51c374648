"""Applies a document: every entry goes the way of its form, with the same checks, receipts and locks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wizard.cli.transfer.apply_connector import ConnectorApplication
from wizard.cli.transfer.applying import NotApplied, discarded_on_error, require_no_errors, require_pass
from wizard.cli.transfer.changes import (
    Change,
    Register,
    Secrets,
    configuration_differences,
    connection_change,
    connector_change,
    keeps,
    misplaced,
)
from wizard.cli.transfer.configuration import ConfigurationEntry, refused
from wizard.cli.transfer.document import (
    ConnectionEntry,
    ConnectorEntry,
    Document,
    from_literal,
    placeholder_in,
)
from wizard.cli.transfer.export import superoffice_entry
from wizard.domain.connection import EVERYONE, TEXTS, ConnectionInput, Scope
from wizard.domain.fields import ConfigField
from wizard.domain.steps import Step
from wizard.errors import InUse, InvalidFile, InvalidInput, NotInSuperOffice, StaleVersion
from wizard.extensions import db
from wizard.forms import ConfigForm, ConnectionForm
from wizard.models import Account, Connection, Connector, SetupKind
from wizard.models.columns import name_key, now
from wizard.models.database import DatabaseUnavailable, writing
from wizard.services.checks import connection_payload, find_receipt, test_values
from wizard.services.configuration import load, load_schema, save_configuration, save_priority
from wizard.services.connections import save_connection
from wizard.services.dependencies import being_saved
from wizard.services.setups import draft_of, open_form
from wizard.services.users import ids_by_name

LANGUAGE = "en"
"""The language of the values in a form that is filled in here."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of an entry; `problem` says why it is not as the document has it."""

    change: Change
    problem: str | None = None


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
        yield _try(change, begin, partial(_apply_connection, account, entry, secrets, adopt, change), ask)


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
    except (NotApplied, InvalidFile) as problem:
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
    ConnectorApplication(account, entry, Register().connector(entry.name), adopt).apply()


def _apply_connection(
    account: Account, entry: ConnectionEntry, secrets: Secrets, adopt: int | None, change: Change
) -> None:
    """The connection first, unless it is its configuration alone that differs."""
    register = Register()
    row, connector = register.connection(entry.name), register.connector(entry.connector)
    if row is None or len(change.differences) > len(configuration_differences(entry, row)):
        _Connection(account, entry, row, connector, secrets, adopt).apply()
        row = Register().connection(entry.name)
    if row is not None and entry.configuration is not None:
        _apply_configuration(account, row, entry.configuration)


def _apply_configuration(account: Account, row: Connection, entry: ConfigurationEntry) -> None:
    schema = load_schema(row)
    configuration = entry.for_schema(schema)
    if wrong := list(refused(entry, load(row), schema)):
        raise NotApplied(" ".join(wrong))
    save_configuration(account, row, configuration, "configuration.imported")
    if entry.priority is not None:
        save_priority(account, row, entry.priority)


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
            raise NotApplied(_("Its connector has not answered yet, so its fields are not known."))
        draft = self._draft(connector, fields)
        config = ConfigForm(fields, draft["values"], draft["secrets"], origin=connector.origin, language=LANGUAGE)
        texts = {name: draft.get(name, "") for name in TEXTS}
        values = ConnectionInput(
            **texts, connector_id=connector.id, scope=Scope.from_draft(draft), config=config.values
        )
        form = ConnectionForm(MultiDict(draft | texts), meta={"csrf": False})
        form.validate()
        form.add_problems(values.problems())
        require_no_errors(form)
        if not config.complete:
            words = config.errors_by_id()
            wrong = [(field.key, words.get(config.id_of(field))) for field in config.fields]
            raise NotApplied(" ".join(f"{key}: {problem}" for key, problem in wrong if problem))
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
        with discarded_on_error(self.account, setup):
            if find_receipt(connection_payload(connector, values.config)) is None:
                require_pass(test_values(self.account, setup, connector, values.name, values.config))
            require_pass(save_connection(self.account, setup, values, adopt=self.adopt))

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
            raise NotApplied(_("The connector does not ask for %(key)s.", key=", ".join(unknown)))
        if wrong := list(misplaced(self.entry, connector)):
            raise NotApplied(" ".join(wrong))
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
            raise NotApplied(_("The value of %(key)s does not fit.", key=field.key)) from error
