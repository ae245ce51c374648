"""The check runs that a step's page shows, read in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from wizard.domain.check import SAVES, RunKind
from wizard.domain.connector import ConnectorInput
from wizard.extensions import db
from wizard.models import CheckRun, Setup
from wizard.services.checks import (
    input_payload,
    mark_if_abandoned,
    registering_payload,
    run_failed_after_address,
    select_newest,
    select_newest_failures_of,
    select_newest_of,
    select_newest_pass_of,
    select_receipt,
    select_refusal,
    sign_payload,
    unless_refused,
)


@dataclass(frozen=True)
class ConnectorRuns:
    """The checks of step 2, and its attempts to save in SuperOffice.

    `signature` is that of the form as it is, `registering` of all that is saved there; `receipt` is a pass that covers
    the form.
    """

    signature: str
    registering: str
    latest: CheckRun | None
    passed: CheckRun | None
    receipt: CheckRun | None
    newest_covering: CheckRun | None

    @property
    def current(self) -> CheckRun | None:
        """The run that runs, else one that covers the form."""
        latest = self.latest
        return latest if latest is not None and (latest.unfinished or self.covers(latest)) else self.receipt

    @property
    def failed_after_address(self) -> bool:
        """See `wizard.services.checks.receipts.find_failure_after_address`."""
        return run_failed_after_address(self.newest_covering)

    def covers(self, run: CheckRun) -> bool:
        return run.receipt_signature in (self.signature, self.registering)


@dataclass(frozen=True)
class ConnectionRuns:
    """The tests of step 3, and its attempts to save.

    `signature` is that of the values, None while they are not complete; `receipt` is a pass that covers the values,
    `passed` the newest pass, `failures` are the last two failures, and `reading` is the check that asks the connector
    for its fields.
    """

    signature: str | None
    latest: CheckRun | None
    passed: CheckRun | None
    receipt: CheckRun | None
    failures: Sequence[CheckRun]
    reading: CheckRun | None

    def covers(self, run: CheckRun) -> bool:
        return self.signature is not None and run.receipt_signature == self.signature


def connector_runs(setup: Setup, values: ConnectorInput) -> ConnectorRuns:
    signature, registering = sign_payload(input_payload(values)), sign_payload(registering_payload(values))
    found = _find(
        latest=select_newest_of(setup, RunKind.CONNECTOR, RunKind.REGISTER),
        passed=select_newest_pass_of(setup, RunKind.CONNECTOR),
        receipt=select_receipt(signature),
        covering=select_newest(CheckRun.receipt_signature == signature),
    )
    return ConnectorRuns(
        signature,
        registering,
        _first(found["latest"]),
        _first(found["passed"]),
        _first(found["receipt"]),
        _first(found["covering"]),
    )


def connection_runs(setup: Setup, payload: bytes | None) -> ConnectionRuns:
    """`payload` is what a receipt has to cover, None while a value is missing or wrong."""
    signature = sign_payload(payload) if payload is not None else None
    covering = {"receipt": select_receipt(signature), "refusal": select_refusal(setup, signature)} if signature else {}
    found = _find(
        latest=select_newest_of(setup, RunKind.CONNECTION, *SAVES),
        passed=select_newest_pass_of(setup, RunKind.CONNECTION),
        failures=select_newest_failures_of(setup),
        reading=select_newest_of(setup, RunKind.CONNECTOR),
        **covering,
    )
    return ConnectionRuns(
        signature,
        latest=_first(found["latest"]),
        passed=_first(found["passed"]),
        receipt=unless_refused(_first(found.get("receipt", ())), _first(found.get("refusal", ()))),
        failures=found["failures"],
        reading=_first(found["reading"]),
    )


def _find(**queries: Select[CheckRun]) -> dict[str, list[CheckRun]]:
    """Carries out several queries in one statement. Each keeps its order."""
    parts = []
    for name, query in queries.items():
        ids = query.with_only_columns(CheckRun.id).subquery()
        parts.append(select(literal(name).label("name"), ids.c.id))
    each = union_all(*parts).subquery()
    # A run that several queries find is one row, so that it is decrypted once.
    names = select(each.c.id, func.aggregate_strings(each.c.name, " ").label("names")).group_by(each.c.id).subquery()
    rows = db.session.execute(
        select(names.c.names, CheckRun)
        .join(names, names.c.id == CheckRun.id)
        .options(joinedload(CheckRun.account))
        .order_by(CheckRun.created_at.desc())
    )
    found: dict[str, list[CheckRun]] = {name: [] for name in queries}
    for names_of_run, run in rows:
        for name in names_of_run.split():
            found[name].append(mark_if_abandoned(run))
    return found


def _first(runs: Sequence[CheckRun]) -> CheckRun | None:
    return runs[0] if runs else None
