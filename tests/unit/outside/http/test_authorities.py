"""The public authorities, which a context reads when a handshake needs them."""

from __future__ import annotations

import errno
import shutil
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import certifi
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.name import _ASN1Type

from wizard.outside.http.authorities import PublicAuthorities, subject_hash, trusting_context

PUBLIC, PRIVATE = trustme.CA(organization_name="Público  Á  Ltd"), trustme.CA(organization_name="Private")


@pytest.fixture
def public_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only file of public authorities of this machine."""
    path = tmp_path / "public.pem"
    path.write_bytes(b"# a remark\n" + PUBLIC.cert_pem.bytes())
    monkeypatch.setattr(certifi, "where", lambda: str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return path


def is_trusted(context: ssl.SSLContext, authority: trustme.CA) -> bool:
    """Whether a handshake with a host of this authority succeeds."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("erp.example").configure_cert(server)
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = context.wrap_bio(back, there, server_hostname="erp.example")
    theirs = server.wrap_bio(there, back, server_side=True)
    for _ in range(3):
        for side in (ours, theirs):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError:
                return False
    return ours.version() is not None


@pytest.mark.usefixtures("public_file")
def test_only_public_authorities_are_trusted() -> None:
    folder = PublicAuthorities().folder()

    assert folder is not None
    assert is_trusted(trusting_context(folder), PUBLIC)
    assert not is_trusted(trusting_context(folder), PRIVATE)


@pytest.mark.usefixtures("public_file")
def test_the_authorities_of_the_system_are_trusted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "system.pem").write_bytes(PRIVATE.cert_pem.bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "system.pem"))

    assert is_trusted(trusting_context(PublicAuthorities().folder()), PRIVATE)


def test_a_file_with_more_than_certificates_is_read_whole(public_file: Path) -> None:
    pem = public_file.read_bytes()
    public_file.write_bytes(pem + b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")
    folder = PublicAuthorities().folder()

    assert folder is not None
    assert folder.unread == (str(public_file),)


@pytest.mark.usefixtures("public_file")
def test_a_folder_that_somebody_has_tidied_is_made_anew() -> None:
    authorities = PublicAuthorities()
    folder = authorities.folder()
    assert folder is not None
    assert authorities.folder() == folder
    for path in Path(folder.path).iterdir():
        path.unlink()

    again = authorities.folder()

    assert again is not None
    assert again.path != folder.path
    assert is_trusted(trusting_context(again), PUBLIC)


@pytest.mark.usefixtures("public_file")
def test_a_folder_that_could_not_be_filled_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    authorities = PublicAuthorities()
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", no_space)
        assert authorities.folder() is None
    folder = authorities.folder()

    assert folder is not None
    assert [str(each) for each in place.iterdir()] == [folder.path]


def no_space(*_: object) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.usefixtures("public_file")
def test_without_a_place_for_the_folder_all_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as without:
        without.setattr("tempfile.tempdir", str(tmp_path / "not there"))
        folder = PublicAuthorities().folder()

    assert folder is None
    assert is_trusted(trusting_context(folder), PUBLIC)
    assert not is_trusted(trusting_context(folder), PRIVATE)


@pytest.mark.parametrize(
    ("serial", "name"),
    [
        ("8210CFB0D240E3594463E0BB63828B00", "4042bcee"),  # ISRG Root X1
        ("49412CE40010", "988a38cb"),  # NetLock Arany, whose names are not in ASCII
    ],
)
def test_files_have_the_names_that_openssl_looks_for(serial: str, name: str) -> None:
    context = ssl.create_default_context(cafile=certifi.where())
    read = zip(context.get_ca_certs(), context.get_ca_certs(binary_form=True), strict=True)
    [der] = [der for certificate, der in read if certificate["serialNumber"] == serial]

    assert subject_hash(der) == name


def test_a_subject_of_a_rare_kind_has_no_name() -> None:
    assert subject_hash(b"garbage") is None


@pytest.mark.usefixtures("public_file")
def test_a_folder_that_somebody_has_removed_is_made_anew() -> None:
    authorities = PublicAuthorities()
    folder = authorities.folder()
    assert folder is not None
    shutil.rmtree(folder.path)

    assert is_trusted(trusting_context(authorities.folder()), PUBLIC)


def test_the_authorities_of_a_file_with_more_than_certificates_are_trusted(public_file: Path) -> None:
    public_file.write_bytes(PUBLIC.cert_pem.bytes() + PRIVATE.private_key_pem.bytes())

    context = trusting_context(PublicAuthorities().folder())

    assert is_trusted(context, PUBLIC)
    assert not is_trusted(context, PRIVATE)


def test_an_authority_that_openssl_would_not_find_in_the_folder_is_known_too(public_file: Path) -> None:
    rare = authority_with_texts_of_a_rare_kind()
    public_file.write_bytes(rare.public_bytes(Encoding.PEM))

    context = trusting_context(PublicAuthorities().folder())

    assert context.get_ca_certs(binary_form=True) == [rare.public_bytes(Encoding.DER)]


def authority_with_texts_of_a_rare_kind() -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Rare", _type=_ASN1Type.BMPString)])
    today = datetime.now(UTC)
    return (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )


def test_an_authority_with_a_long_name_is_found(public_file: Path) -> None:
    long = trustme.CA(organization_name="A very long name " * 20)
    public_file.write_bytes(long.cert_pem.bytes())
    folder = PublicAuthorities().folder()

    assert folder is not None
    assert folder.others == b""
    assert is_trusted(trusting_context(folder), long)


def test_the_folder_is_removed_when_its_process_ends() -> None:
    code = "from wizard.outside.http.authorities import PublicAuthorities as P; print(P().folder().path)"
    made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()

    assert made
    assert not Path(made).exists()
