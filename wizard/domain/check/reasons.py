"""Every reason why a stage does not simply pass, and who can repair it. The words are in `wizard.messages.reasons`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.domain.check.stages import Outcome, Stage


class Owner(StrEnum):
    """Who can repair what a reason names. The app's owner has registered it at SuperOffice; `superoffice` is its
    support."""

    ADMIN = "admin"
    IT = "it"
    PROVIDER = "provider"
    ERP = "erp"
    APP_OWNER = "app_owner"
    SUPEROFFICE = "superoffice"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a stage did not simply pass. `code` is the stage and a name: `tls.expired`.

    `facts` names the particulars that its results may have, from which the words are made. They are texts, times are
    ISO 8601 in UTC; from stage `dns` on every result has `host` and `port` too. A late stage may reuse an early reason:
    stage `config`, reason `http.timeout`.
    """

    code: str
    owner: Owner
    facts: tuple[str, ...] = ()
    outcome: Outcome = Outcome.FAILED

    @property
    def stage(self) -> Stage:
        return Stage(self.code.partition(".")[0])


_CERTIFICATE = ("address", "subject", "issuer", "since", "until", "names", "shown", "kind", "root")
_STATUS = ("status", "content_type", "server", "said", "software")
_ANSWER = ("status", "content_type", "encoding", "said", "software")
_REPLY = ("answer", "operation")
"""`answer` is the connector's explanation, which may be multi-language."""
_TENANT = ("tenant", "state")
_API = ("operation", "status", "kind", "answer", "error_type")
"""Of a call of SuperOffice's web API; `answer` is what SuperOffice says, in its own language."""

REASONS: Mapping[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("address.empty", Owner.ADMIN),
        Reason("address.malformed", Owner.ADMIN, ("url", "kind")),
        Reason("address.unsupported_scheme", Owner.ADMIN, ("scheme",)),
        Reason("address.app_scheme", Owner.ADMIN, ("url",)),
        Reason("address.credentials", Owner.ADMIN, ("host",)),
        Reason("address.too_long", Owner.ADMIN, ("length", "limit")),
        Reason("address.not_allowed", Owner.ADMIN, ("host", "address", "addresses", "kind")),
        Reason("address.port_not_allowed", Owner.ADMIN, ("host", "port")),
        Reason("address.plain_http", Owner.ADMIN, ("host",), outcome=Outcome.WARNING),
        Reason("dns.not_found", Owner.ADMIN),
        Reason("dns.temporary", Owner.IT, ("limit_seconds",)),
        Reason("connect.refused", Owner.PROVIDER, ("address", "from")),
        Reason("connect.timeout", Owner.IT, ("address", "from", "limit_seconds")),
        Reason("connect.unreachable", Owner.IT, ("address", "from")),
        Reason("connect.private", Owner.ADMIN, ("address", "from"), outcome=Outcome.WARNING),
        Reason("connect.dead_address", Owner.PROVIDER, ("address", "dead", "from"), outcome=Outcome.WARNING),
        Reason("tls.self_signed", Owner.PROVIDER, _CERTIFICATE),
        Reason("tls.unknown_ca", Owner.PROVIDER, _CERTIFICATE),
        Reason("tls.expired", Owner.PROVIDER, _CERTIFICATE),
        Reason("tls.not_yet_valid", Owner.PROVIDER, _CERTIFICATE),
        Reason("tls.hostname_mismatch", Owner.PROVIDER, _CERTIFICATE),
        Reason("tls.protocol", Owner.PROVIDER, _CERTIFICATE),
        Reason("tls.not_tls", Owner.PROVIDER),
        Reason("tls.client_certificate", Owner.PROVIDER),
        Reason("tls.odd_key", Owner.PROVIDER, (*_CERTIFICATE, "key"), outcome=Outcome.WARNING),
        Reason("tls.timeout", Owner.PROVIDER, ("limit_seconds",)),
        Reason("http.not_found", Owner.ADMIN, _STATUS),
        Reason("http.auth_required", Owner.PROVIDER, _STATUS),
        Reason("http.forbidden", Owner.PROVIDER, _STATUS),
        Reason("http.redirect", Owner.PROVIDER, (*_STATUS, "location", "final")),
        Reason("http.method_not_allowed", Owner.PROVIDER, _STATUS),
        Reason("http.unsupported_media", Owner.PROVIDER, _STATUS),
        Reason("http.rate_limited", Owner.PROVIDER, _STATUS),
        Reason("http.server_error", Owner.PROVIDER, _STATUS),
        Reason("http.unavailable", Owner.PROVIDER, _STATUS),
        Reason("http.unexpected_status", Owner.PROVIDER, _STATUS),
        Reason("http.timeout", Owner.PROVIDER, ("limit_seconds",)),
        Reason("http.closed", Owner.PROVIDER),
        Reason("http.too_large", Owner.PROVIDER, ("limit",)),
        Reason("http.not_http", Owner.PROVIDER),
        Reason("contract.html", Owner.PROVIDER, _ANSWER),
        Reason("contract.empty", Owner.PROVIDER, _ANSWER),
        Reason("contract.not_xml", Owner.PROVIDER, _ANSWER),
        Reason("contract.malformed_xml", Owner.PROVIDER, _ANSWER),
        Reason("contract.forbidden_xml", Owner.PROVIDER, _ANSWER),
        Reason("contract.content_type", Owner.PROVIDER, _ANSWER),
        Reason("contract.charset", Owner.PROVIDER, (*_ANSWER, "charset")),
        Reason("contract.not_soap", Owner.PROVIDER, _ANSWER),
        Reason("contract.soap_version", Owner.PROVIDER, _ANSWER),
        Reason("contract.fault", Owner.PROVIDER, (*_ANSWER, "operation")),
        Reason("contract.misread", Owner.PROVIDER, ("operation", "member", "kind", "text", "refused", "count")),
        Reason("contract.wrong_service", Owner.ADMIN, (*_ANSWER, "operation", "element")),
        Reason("contract.large", Owner.PROVIDER, ("namespace", "length"), outcome=Outcome.WARNING),
        Reason("contract.namespace", Owner.PROVIDER, ("namespace",), outcome=Outcome.WARNING),
        Reason("fields.error", Owner.PROVIDER, ("answer", "label")),
        Reason("fields.duplicate_key", Owner.PROVIDER, ("key",)),
        Reason("fields.unknown_type", Owner.PROVIDER, ("key", "field_type")),
        Reason("fields.none", Owner.PROVIDER, ("count", "needed"), outcome=Outcome.WARNING),
        Reason(
            "fields.list_unavailable",
            Owner.PROVIDER,
            ("count", "needed", "list", "key", "missing"),
            outcome=Outcome.WARNING,
        ),
        Reason("config.rejected", Owner.ERP, _REPLY),
        Reason("config.no_explanation", Owner.ERP, _REPLY),
        Reason("config.contradiction", Owner.ERP, _REPLY),
        Reason("config.info", Owner.ERP, _REPLY, outcome=Outcome.WARNING),
        Reason("config.warning", Owner.ERP, _REPLY, outcome=Outcome.WARNING),
        Reason("save.rejected", Owner.ERP, _REPLY),
        Reason("connection.rejected", Owner.ERP, _REPLY),
        Reason("connection.unknown", Owner.ERP, _REPLY),
        Reason("catalog.rejected", Owner.PROVIDER, _REPLY, outcome=Outcome.WARNING),
        Reason("superoffice.tenant_unknown", Owner.ADMIN, _TENANT),
        Reason("superoffice.tenant_suspended", Owner.SUPEROFFICE, _TENANT),
        Reason("superoffice.tenant_gone", Owner.SUPEROFFICE, _TENANT),
        Reason("superoffice.not_ready", Owner.SUPEROFFICE, _TENANT),
        Reason("superoffice.maintenance", Owner.SUPEROFFICE, _TENANT),
        Reason("superoffice.tenant_moved", Owner.SUPEROFFICE, ("tenant", *_API)),
        Reason("superoffice.redirect_unregistered", Owner.APP_OWNER, ("redirect",)),
        Reason("superoffice.client_rejected", Owner.APP_OWNER, ("client_id",)),
        Reason("superoffice.needs_reapproval", Owner.APP_OWNER, ("tenant",)),
        Reason("superoffice.agent_forbidden", Owner.APP_OWNER, ("client_id", *_API), outcome=Outcome.WARNING),
        Reason("superoffice.consent_denied", Owner.ADMIN),
        Reason("superoffice.consent_revoked", Owner.ADMIN, ("since",)),
        Reason("superoffice.wrong_tenant", Owner.ADMIN, ("tenant", "found")),
        Reason("superoffice.not_authorised", Owner.ADMIN, _API),
        Reason("superoffice.not_administrator", Owner.ADMIN, ("user",)),
        Reason("superoffice.basic_disabled", Owner.IT, _API),
        Reason("superoffice.too_old", Owner.IT, ("product", *_API)),
        Reason("superoffice.licence_missing", Owner.SUPEROFFICE, ("tenant", *_API), outcome=Outcome.WARNING),
        Reason("superoffice.throttled", Owner.SUPEROFFICE, ("retry_after", *_API)),
        Reason("superoffice.slow", Owner.SUPEROFFICE, ("limit_seconds", *_API)),
        Reason("superoffice.no_answer", Owner.SUPEROFFICE, _API),
        Reason("superoffice.misread", Owner.SUPEROFFICE, ("member", *_API)),
        Reason("superoffice.refused", Owner.ADMIN, _API),
        Reason("superoffice.url_not_answering", Owner.PROVIDER, ("kind", "url", "answer"), outcome=Outcome.WARNING),
        Reason("superoffice.test_failed", Owner.ERP, _API),
        Reason("superoffice.activation_refused", Owner.ADMIN, _API),
        Reason("superoffice.not_kept", Owner.ADMIN, ("member",)),
        Reason("superoffice.differs", Owner.ADMIN, ("member", "shown")),
        Reason("superoffice.exists", Owner.ADMIN, ("ids", "count")),
        Reason("superoffice.here_already", Owner.ADMIN, ("name",)),
        Reason("superoffice.gone", Owner.ADMIN, ("kind", "name")),
        Reason("superoffice.unsettled", Owner.SUPEROFFICE, ("until",)),
        Reason("superoffice.not_linked", Owner.ADMIN),
        Reason("mandatory_fields.incomplete", Owner.ADMIN, ("fields",)),
        Reason("lists.incomplete", Owner.ADMIN, ("fields",)),
        Reason("lists.items_left", Owner.ADMIN, ("mapped", "items"), outcome=Outcome.WARNING),
        Reason("defaults.incomplete", Owner.ADMIN, ("fields",)),
        Reason("same_there.refused", Owner.ADMIN, ("answer", "fields")),
        Reason("same_there.differs", Owner.ADMIN, ("fields",)),
        Reason("same_there.waiting", Owner.ADMIN),
        Reason("accepted.engine_off", Owner.ADMIN, outcome=Outcome.WARNING),
    )
}
"""Every reason by its code."""
