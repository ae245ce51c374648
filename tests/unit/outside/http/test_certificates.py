"""Certificates as people paste them and as servers show them."""

from __future__ import annotations

import ssl

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from wizard.outside.http.certificates import (
    BadCertificate,
    Trust,
    chain_evidence,
    chain_facts,
    chain_of,
    check_pem,
    context_for,
    oddities,
    read_certificate,
)

AUTHORITY = trustme.CA(organization_name="Contoso")
PEM = AUTHORITY.cert_pem.bytes().decode()
HOST = AUTHORITY.issue_cert("erp.example", "10.0.0.7")


def der(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def test_a_certificate_tells_who_it_is_for_who_made_it_and_when_it_holds() -> None:
    certificate = read_certificate(der(HOST.cert_chain_pems[0].bytes()))
    assert certificate is not None
    assert certificate.names == ("erp.example", "10.0.0.7")
    assert "Contoso" in certificate.issuer
    assert certificate.since.endswith("+00:00")
    assert certificate.since < certificate.until


def test_a_certificate_without_names_has_none() -> None:
    certificate = read_certificate(der(PEM.encode()))
    assert certificate is not None
    assert certificate.names == ()


@pytest.mark.parametrize("raw", [b"", b"garbage"])
def test_what_is_no_certificate_is_none(raw: bytes) -> None:
    assert read_certificate(raw) is None


@pytest.mark.parametrize("text", ["", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])
def test_a_text_without_a_certificate_is_refused(text: str) -> None:
    with pytest.raises(BadCertificate, match="unreadable"):
        check_pem(text)


def test_a_private_key_is_refused() -> None:
    with pytest.raises(BadCertificate, match="private_key"):
        check_pem(PEM + HOST.private_key_pem.bytes().decode())


@pytest.mark.parametrize("text", [PEM, f"# Zertifikat für Müller\n{PEM}", PEM + PEM, PEM.replace("\n", "\r\n")])
def test_an_own_authority_is_trusted_with_whatever_stands_around_it(text: str) -> None:
    check_pem(text)
    context = context_for(Trust(text))
    assert der(PEM.encode()) in context.get_ca_certs(binary_form=True)


def test_an_own_authority_is_trusted_for_its_connector_only() -> None:
    context_for(Trust(PEM))
    assert der(PEM.encode()) not in context_for(Trust()).get_ca_certs(binary_form=True)


def test_every_context_wants_tls_1_2_and_the_right_name_and_is_made_once() -> None:
    context = context_for(Trust())
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.check_hostname
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context_for(Trust()) is context


@given(message=st.binary(max_size=200), has_extensions=st.booleans())
def test_a_certificate_message_of_any_bytes_shows_no_certificate_and_breaks_nothing(
    message: bytes, has_extensions: bool
) -> None:
    assert chain_of(message, has_extensions=has_extensions) == ()


def test_a_server_that_showed_no_certificate_has_no_facts_about_one() -> None:
    assert (chain_facts(()), chain_evidence(()), oddities((), "erp.example", Trust())) == ({}, (), frozenset())
