"""Every reason has its words, whatever is known of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.domain.check import REASONS, SAVE_STAGES, SIGNS, Outcome, Owner, Stage, StageResult
from wizard.messages import describe, repaired_elsewhere
from wizard.messages.facts import Facts, fill
from wizard.messages.reasons import ROWS as REASON_ROWS
from wizard.messages.signs import SIGN_ROWS
from wizard.messages.stages import asks, row_for

HOST = "sync.nordicbridge.example"
FACTS = {
    "host": HOST,
    "port": "8443",
    "address": "203.0.113.24",
    "addresses": "203.0.113.24",
    "until": "2026-11-20T12:14:00+00:00",
    "since": "2026-12-01T12:14:00+00:00",
    "issuer": "CN=R11,O=Let's Encrypt,C=US",
    "names": "a.example, b.example",
    "limit_seconds": "30",
    "status": "503",
    "content_type": "application/json",
    "location": "https://login.example/",
    "limit": str(8 << 20),
    "length": "2000",
    "url": "htp:/x",
    "scheme": "ftp",
    "charset": "iso-8859-1",
    "operation": "WSGetList",
    "member": "FieldMetaDataObjects/Access",
    "ids": "61, 62",
    "name": "Acme Norway",
    "text": "Sometimes",
    "count": "3",
    "namespace": "http://tempuri.org/",
    "answer": "Login failed for user API-SO",
    "key": "ApiKey",
    "fields": "Country, Town",
    "mapped": "12",
    "items": "13",
    "label": "API key",
    "field_type": "Color",
    "list": "Ledgers",
    "tenant": "Cust12345",
    "state": "Suspended",
    "redirect": "https://sync.acme.example/superoffice/signed-in",
    "client_id": "4f1c2a9e",
    "user": "Ingrid Berg",
    "found": "Cust54321",
    "product": "12.4",
    "software": "Cloudflare",
    "root": "CN=Nordic Root CA",
    "final": "https://login.example/",
    "said": "Blocked",
    "dead": "2001:db8::1",
}
ROWS = {**REASON_ROWS, **SIGN_ROWS}
PARTICULARS = {
    "address.too_long": "2000",
    "address.unsupported_scheme": "ftp",
    "address.not_allowed": "203.0.113.24",
    "address.port_not_allowed": "8443",
    "dns.not_found": HOST,
    "dns.temporary": HOST,
    "connect.refused": f"{HOST} (203.0.113.24) refuses connections on port 8443:",
    "connect.timeout": "port 8443",
    "connect.unreachable": "203.0.113.24",
    "tls.unknown_ca": "R11",
    "tls.expired": "20 November 2026",
    "tls.not_yet_valid": "1 December 2026",
    "tls.hostname_mismatch": f"for a.example, b.example, not for {HOST}",
    "tls.not_tls": "port 8443",
    "tls.timeout": "30 s",
    "http.forbidden": "503",
    "http.redirect": "https://login.example/",
    "http.timeout": "30 s",
    "http.too_large": "8 MB",
    "contract.content_type": "application/json",
    "contract.charset": "iso-8859-1",
    "contract.fault": "WSGetList",
    "contract.namespace": "http://tempuri.org/",
    "fields.error": "Login failed",
    "fields.duplicate_key": "ApiKey",
    "fields.unknown_type": "Color",
    "fields.list_unavailable": "Ledgers",
    "config.rejected": "Login failed for user API-SO",
    "config.info": "Login failed for user API-SO",
    "save.rejected": "Login failed for user API-SO",
    "connection.rejected": "Login failed for user API-SO",
    "catalog.rejected": "Login failed for user API-SO",
    "superoffice.tenant_unknown": "Cust12345",
    "superoffice.tenant_moved": HOST,
    "superoffice.redirect_unregistered": "https://sync.acme.example/superoffice/signed-in",
    "superoffice.consent_revoked": "1 December 2026",
    "superoffice.wrong_tenant": "belongs to Cust54321, not to Cust12345",
    "superoffice.not_administrator": "Ingrid Berg",
    "superoffice.slow": "30 s",
    "superoffice.misread": "WSGetList is not as documented: FieldMetaDataObjects/Access",
    "superoffice.refused": "Login failed for user API-SO",
    "superoffice.activation_refused": "Login failed for user API-SO",
}
HOSTILE = st.text() | st.sampled_from(
    ["%(host)s", "%s %d %", "<script>alert(1)</script>", "a\nb\x1b[2Jc", "{0}", "\ud800"]
)


def a_result(reason, facts=FACTS, stage=None):
    stage = stage or Stage(reason.partition(".")[0])
    return StageResult(stage, REASONS[reason].outcome, reason, facts)


def all_texts(reason, facts, stage=None):
    result = a_result(reason, facts, stage)
    words = describe(result, "Nordic Bridge")
    return words.says, words.what_to_do, words.who, asks(result)


def test_every_reason_and_every_sign_has_words():
    assert set(REASONS) - set(REASON_ROWS) == set()
    assert set(SIGN_ROWS) == set(SIGNS)


def test_no_words_are_left_of_a_reason_that_is_gone():
    assert {key.partition("/")[0] for key in REASON_ROWS} - set(REASONS) == set()


@pytest.mark.parametrize("facts", [FACTS, {}, dict.fromkeys(FACTS, "")], ids=["known", "missing", "empty"])
@pytest.mark.parametrize("reason", REASONS)
def test_each_text_is_a_whole_sentence_whatever_is_known(reason, facts):
    for text in all_texts(reason, facts):
        assert text
        assert "%(" not in text
        assert "None" not in text
        assert "  " not in text
        assert text == text.strip()
        assert text[0] == text[0].upper() or text.startswith((HOST, "htp:"))


@pytest.mark.parametrize("key", ROWS)
def test_each_text_can_be_said_with_the_facts_that_it_names(key):
    row = ROWS[key]
    for texts in (row.happened, row.repair, row.asks):
        for text in texts if isinstance(texts, tuple) else (texts,):
            assert "%(" not in fill(text, Facts(FACTS, field="API key"))


@pytest.mark.parametrize("key", ROWS)
def test_the_last_text_of_each_row_needs_no_fact_but_the_host(key):
    row = ROWS[key]
    for texts in (row.happened, row.repair, row.asks):
        last = texts[-1] if isinstance(texts, tuple) else texts
        assert set(re.findall(r"%\((\w+)\)s", str(last))) <= {"host"}


@pytest.mark.parametrize("key", ROWS)
def test_words_are_short_and_calm(key):
    row = ROWS[key]
    for texts in (row.happened, row.repair, row.asks):
        for text in texts if isinstance(texts, tuple) else (texts,):
            assert len(str(text)) < 220
            assert not re.search(
                r"!|\bplease\b|\bsuccessful|\bmandatory\b|\bsimply\b|\bunfortunately\b", str(text), re.I
            )


@pytest.mark.parametrize(("reason", "particular"), PARTICULARS.items())
def test_a_sentence_names_the_particulars(reason, particular):
    assert particular in describe(a_result(reason)).says


@given(facts=st.dictionaries(st.sampled_from(sorted(FACTS)), HOSTILE))
def test_hostile_facts_break_no_sentence(facts):
    for reason in REASONS:
        for text in all_texts(reason, facts):
            assert text
            assert "\n" not in text
            assert "\x1b" not in text


@pytest.mark.parametrize("reason", ["contract.html", "contract.not_xml", "http.not_found"])
def test_an_address_that_has_answered_once_need_not_be_compared_any_more(reason):
    assert "address" in (describe(a_result(reason)).what_to_do or "")
    assert "address" not in (describe(a_result(reason, stage=Stage.CONFIG)).what_to_do or "")


def test_a_fact_with_a_placeholder_stays_as_it_came():
    words = describe(a_result("config.rejected", {"answer": "100% of %(host)s"}))
    assert words.says.endswith("100% of %(host)s")


def test_markup_stays_plain_text_for_the_templates_to_escape():
    assert "<b>no</b>" in describe(a_result("config.rejected", {"answer": "<b>no</b>"})).says


def test_a_long_answer_is_cut_as_the_detail_has_all_of_it():
    says = describe(a_result("config.rejected", {"answer": "word " * 2000})).says
    assert len(says) < 700
    assert says.endswith("…")


def test_a_status_is_named_also_where_the_host_is_not_known():
    says = describe(a_result("http.unexpected_status", {"status": "206"})).says
    assert says == "The server answers with status 206, which no connector gives."


def test_an_address_that_is_its_own_name_is_said_once():
    says = describe(a_result("connect.refused", {"host": "10.0.0.7", "address": "10.0.0.7", "port": "443"})).says
    assert says.startswith("10.0.0.7 refuses connections on port 443:")


def test_what_was_entered_is_shown_as_it_was():
    assert describe(a_result("address.malformed", {"url": "htp:/x"})).says.endswith("can be called: htp:/x")


def test_a_name_that_leads_astray_is_reported_with_where_it_leads():
    facts = {"host": "x.example", "address": "169.254.169.254", "addresses": "203.0.113.1, 169.254.169.254"}
    says = describe(a_result("address.not_allowed", facts, Stage.DNS)).says
    assert says.startswith("x.example leads to 203.0.113.1, 169.254.169.254.")


def test_many_names_of_a_certificate_are_counted():
    names = ", ".join(f"n{number}.example" for number in range(40))
    says = describe(a_result("tls.hostname_mismatch", {"host": "x.example", "names": names})).says
    assert "n0.example, n1.example, n2.example and 37 more" in says


@pytest.mark.parametrize(
    ("issuer", "name"),
    [("CN=R11,O=Let's Encrypt,C=US", "R11"), ("O=Acme\\, Inc,CN=Acme\\, Root", "Acme, Root"), ("O=Acme", "O=Acme")],
)
def test_an_authority_is_called_by_its_common_name(issuer, name):
    assert f"was issued by {name}, which" in describe(a_result("tls.unknown_ca", {"issuer": issuer})).says


def test_a_field_that_the_erp_blames_is_named_in_what_to_do():
    response = describe(a_result("config.rejected"), field="API password").what_to_do
    assert response.startswith("Correct the field API password and")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("order", "drops it without a word"),
        ("namespace", "drops it without a word"),
        ("dictionary", "reads it as empty"),
        ("item", "reads the list without it"),
        ("enum", "says “Sometimes”"),
        ("nil", "refuses the whole answer"),
        ("value", "refuses the whole answer"),
    ],
)
def test_a_misread_answer_says_what_superoffice_would_make_of_it(kind, words):
    says = describe(a_result("contract.misread", FACTS | {"kind": kind})).says
    assert says.startswith("FieldMetaDataObjects/Access")
    assert words in says


def test_every_kind_of_misreading_has_words_of_its_own():
    from wizard.outside.soap import MisreadKind

    assert {f"contract.misread/{kind}" for kind in MisreadKind} == {key for key in ROWS if "contract.misread/" in key}


@pytest.mark.parametrize("stage", [Stage.CONFIG, *SAVE_STAGES])
def test_an_early_reason_at_a_late_stage_says_when_it_happened(stage):
    says = describe(a_result("http.timeout", stage=stage)).says
    assert says.startswith(HOST)
    assert " It happened while " in says


def test_a_stage_s_own_reason_needs_no_word_of_when():
    assert "It happened" not in describe(a_result("config.rejected")).says


def test_a_connector_that_answered_before_is_not_called_another_service():
    result = a_result("contract.wrong_service", stage=Stage.CONFIG)
    assert row_for(result) is ROWS["contract.wrong_service/late"]
    assert describe(result).says.startswith("The connector does not know the call WSGetList")


@pytest.mark.parametrize("reason", [code for code, reason in REASONS.items() if reason.owner != Owner.ADMIN])
def test_whoever_repairs_is_asked_for_what_helps_and_not_for_the_address_only(reason):
    assert asks(a_result(reason)) != "Tell me which address I have to enter."


def test_a_skipped_stage_says_nothing():
    assert describe(StageResult(Stage.TLS, Outcome.SKIPPED)).says == ""


def test_encryption_that_http_has_none_of_says_so():
    assert describe(StageResult(Stage.TLS, Outcome.SKIPPED, facts={"scheme": "http"})).says.startswith("Left out")


@pytest.mark.parametrize("reason", sorted(code for code, reason in REASONS.items() if reason.owner != Owner.ADMIN))
def test_what_was_entered_is_in_doubt_where_the_advice_is_to_compare_or_change_it(reason):
    row = ROWS[reason]
    advice = " ".join(map(str, row.repair if isinstance(row.repair, tuple) else [row.repair]))
    result = StageResult(REASONS[reason].stage, Outcome.FAILED, reason, FACTS)

    assert row.address_in_doubt is bool(re.search(r"address with|port in|enter it|Enter the address", advice))
    assert ("First compare the address" in repaired_elsewhere(result)) is row.address_in_doubt
