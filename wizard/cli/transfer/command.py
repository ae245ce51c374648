"""`erp-wizard export | import`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from wizard.cli.transfer.apply import apply
from wizard.cli.transfer.changes import (
    Change,
    Register,
    Secrets,
    connection_change,
    connector_change,
    require_references,
)
from wizard.cli.transfer.document import ConnectorEntry, Document, write
from wizard.cli.transfer.export import export
from wizard.cli.transfer.reader import read
from wizard.errors import InstanceError, InvalidFile
from wizard.jobs.queue import job_queue
from wizard.models import Account
from wizard.services.accounts import find_by_username, list_accounts

Echo = Callable[[str], None]
MAX_LENGTH = 120


def export_to(app: Flask, path: Path | None, echo: Echo) -> None:
    """Writes the document to a new file, or to the terminal. Raises InvalidFile for a file that cannot be written."""
    with app.app_context():
        text = write(export())
        if path is None:
            return echo(text.rstrip())
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError as error:
            raise InvalidFile(_("%(file)s is there already. Choose another name.", file=path)) from error
        except OSError as error:
            raise InvalidFile(_("%(file)s cannot be written: %(error)s", file=path, error=error.strerror)) from error
        echo(_("Everything but the secrets is in %(file)s.", file=path))


def show_changes(app: Flask, path: Path, environment: Mapping[str, str], echo: Echo) -> None:
    """Prints what an import would change; nobody is asked and nothing is called. Raises InvalidFile."""
    with app.app_context():
        document = read(path)
        require_references(document)
        changes = _changes(document, Secrets(environment, None))
        for change in changes:
            if not change.is_none:
                _tell(change, echo)
        echo(_count(sum(change.is_none for change in changes)))


def import_file(
    app: Flask,
    path: Path,
    username: str | None,
    environment: Mapping[str, str],
    ask: Callable[[str], str] | None,
    echo: Echo,
) -> bool:
    """Carries a file out; whether all of it is as the file has it now. Raises InvalidFile and InstanceError."""
    secrets = Secrets(environment, ask)
    with app.app_context():
        document = read(path)
        account = _account(username)
        require_references(document)
        job_queue().start()
        try:
            left = same = 0
            for applied in apply(account, document, secrets, lambda change: _tell(change, echo)):
                same += applied.change.is_none
                if applied.problem:
                    left += 1
                    echo("    " + _("Left as it was: %(problem)s", problem=applied.problem))
        finally:
            job_queue().close()
        echo(_count(same))
        if left:
            echo(ngettext("%(num)s entry could not be carried out.", "%(num)s entries could not be carried out.", left))
        return not left


def _changes(document: Document, secrets: Secrets) -> list[Change]:
    register = Register()
    return [
        *(connector_change(entry, register.connector(entry.name)) for entry in document.connectors),
        *(
            connection_change(entry, register.connection(entry.name), register.connector(entry.connector), secrets)
            for entry in document.connections
        ),
    ]


def _account(username: str | None) -> Account:
    """Who does it. Raises InstanceError."""
    administrators = [each for each in list_accounts() if each.is_administrator and each.is_active]
    if username is not None:
        account = find_by_username(username)
        if account not in administrators:
            raise InstanceError(_("%(username)s is no administrator here.", username=username))
        return account
    if not administrators:
        raise InstanceError(_("There is no administrator yet. Start the wizard and create one first."))
    if len(administrators) > 1:
        raise InstanceError(_("Say which administrator does this, with --as USERNAME."))
    return administrators[0]


def _tell(change: Change, echo: Echo) -> None:
    is_connector = isinstance(change.entry, ConnectorEntry)
    kind = _("Sync Connector") if is_connector else _("ERP connection")
    echo(f"{'+' if change.is_new else '~'} {kind} {_shown(change.entry.name)}")
    for each in change.differences:
        before = "" if each.before is None else f"{_shown(each.before)} → "
        echo(f"    {_shown(each.what)}: {before}{_shown(each.after)}")


def _shown(text: str) -> str:
    """In one line, whatever it holds."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= MAX_LENGTH else plain[:MAX_LENGTH] + "…"


def _count(same: int) -> str:
    return ngettext("%(num)s entry is as the file has it.", "%(num)s entries are as the file has them.", same)
