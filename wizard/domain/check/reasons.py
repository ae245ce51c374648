"""Every reason why a stage does not simply pass, and who can repair it. The words are in `wizard.messages`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.domain.check.stages import Outcome, Stage


class Owner(StrEnum):
    """Who can repair what a reason names."""

    ADMIN = "admin"
    IT = "it"
    PROVIDER = "provider"
    ERP = "erp"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a stage did not simply pass. `code` is `stage.name`, for example `tls.expired`."""

    code: str
    owner: Owner
    outcome: Outcome = Outcome.FAILED


def _reasons(stage: Stage, owner: Owner, names: str, outcome: Outcome = Outcome.FAILED) -> Iterable[Reason]:
    return (Reason(f"{stage}.{name}", owner, outcome) for name in names.split())


REASONS: Mapping[str, Reason] = {
    reason.code: reason
    for group in (
        _reasons(
            Stage.ADDRESS,
            Owner.ADMIN,
            "empty malformed unsupported_scheme app_scheme credentials too_long not_allowed",
        ),
        _reasons(Stage.ADDRESS, Owner.ADMIN, "plain_http", Outcome.WARNING),
        _reasons(Stage.DNS, Owner.ADMIN, "not_found"),
        _reasons(Stage.DNS, Owner.IT, "temporary"),
        _reasons(Stage.CONNECT, Owner.PROVIDER, "refused"),
        _reasons(Stage.CONNECT, Owner.IT, "timeout unreachable"),
        _reasons(
            Stage.TLS,
            Owner.PROVIDER,
            "self_signed unknown_ca expired not_yet_valid hostname_mismatch protocol not_tls client_certificate"
            " timeout",
        ),
        _reasons(Stage.HTTP, Owner.ADMIN, "not_found"),
        _reasons(
            Stage.HTTP,
            Owner.PROVIDER,
            "auth_required forbidden redirect method_not_allowed unsupported_media rate_limited server_error"
            " unavailable unexpected_status timeout closed too_large not_http",
        ),
        _reasons(
            Stage.CONTRACT,
            Owner.PROVIDER,
            "html empty not_xml malformed_xml forbidden_xml content_type charset not_soap soap_version fault misread",
        ),
        _reasons(Stage.CONTRACT, Owner.ADMIN, "wrong_service"),
        _reasons(Stage.CONTRACT, Owner.PROVIDER, "namespace", Outcome.WARNING),
        _reasons(Stage.FIELDS, Owner.PROVIDER, "error duplicate_key unknown_type"),
        _reasons(Stage.FIELDS, Owner.PROVIDER, "none list_unavailable", Outcome.WARNING),
        _reasons(Stage.CONFIG, Owner.ERP, "rejected no_explanation contradiction"),
        _reasons(Stage.CONFIG, Owner.ERP, "info warning", Outcome.WARNING),
        _reasons(Stage.SAVE, Owner.ERP, "rejected"),
        _reasons(Stage.CONNECTION, Owner.ERP, "rejected unknown"),
        _reasons(Stage.CATALOG, Owner.PROVIDER, "rejected", Outcome.WARNING),
    )
    for reason in group
}
"""Every reason by its code. A late stage may reuse an early code: stage `config`, reason `http.timeout`."""
