"""The settings: read, refused with what is expected, listed for docs/settings.md."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.config import EVERYWHERE, LOOPBACK_NETWORKS, Practice, Settings, settings_table
from wizard.errors import ConfigError


def read(**variables: str) -> Settings:
    return Settings.from_environment({f"ERP_WIZARD_{name}": value for name, value in variables.items()})


def problems(**variables: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        read(**variables)
    return str(error.value).splitlines()


def test_without_variables_it_listens_on_this_machine_only() -> None:
    settings = read()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.listens_on_loopback


def test_without_variables_the_database_is_a_file_in_the_instance_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read()
    assert settings.instance == tmp_path / "instance"
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/wizard.sqlite3"


def test_the_database_follows_the_instance_folder(tmp_path: Path) -> None:
    assert read(INSTANCE=str(tmp_path)).database_url == f"sqlite:///{tmp_path}/wizard.sqlite3"


def test_the_process_environment_is_read_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ERP_WIZARD_PORT", "8123")
    assert Settings.from_environment().port == 8123


def test_a_relative_instance_folder_stays_where_it_was_when_the_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read(INSTANCE="data")
    monkeypatch.chdir("/")
    assert settings.instance == tmp_path / "data"


def test_a_home_folder_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert read(INSTANCE="~/wizard").instance == Path("/home/somebody/wizard")


@pytest.mark.parametrize("url", ["postgres://me@db/erp", "postgresql://me@db/erp", "postgresql+psycopg://me@db/erp"])
def test_every_spelling_of_a_postgresql_url_is_taken(url: str) -> None:
    assert read(DATABASE_URL=url).database_url == "postgresql+psycopg://me@db/erp"


def test_a_sqlite_url_is_taken_as_it_is() -> None:
    assert read(DATABASE_URL="sqlite:////srv/wizard.db").database_url == "sqlite:////srv/wizard.db"


def test_lists_are_separated_by_commas() -> None:
    settings = read(ALLOW="10.1.0.0/16, ::1/128,", DENY="192.0.2.7", KEYS="new, old")
    assert settings.allow == (ipaddress.ip_network("10.1.0.0/16"), ipaddress.ip_network("::1/128"))
    assert settings.deny == (ipaddress.ip_network("192.0.2.7/32"),)
    assert settings.keys == ("new", "old")


@pytest.mark.parametrize("word", ["yes", "on", "true", "1", "Yes"])
def test_yes_has_several_spellings(word: str) -> None:
    assert read(BEHIND_TLS=word).behind_tls


@pytest.mark.parametrize("word", ["no", "off", "false", "0", "NO"])
def test_no_has_several_spellings(word: str) -> None:
    assert read(PRACTICE=word).practice is Practice.NO


def test_words_are_taken_in_any_case() -> None:
    settings = read(PRACTICE="Open", LOG_FORMAT="JSON")
    assert (settings.practice, settings.log_format) == (Practice.OPEN, "json")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_connectors_on_this_machine_are_allowed_while_it_listens_on_loopback(host: str) -> None:
    assert read(HOST=host).loopback


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "wizard.example"])
def test_connectors_on_this_machine_are_not_allowed_once_others_can_reach_it(host: str) -> None:
    assert not read(HOST=host).loopback


def test_connectors_on_this_machine_are_not_allowed_once_others_reach_it_through_a_proxy() -> None:
    assert not read(HOST="127.0.0.1", BEHIND_TLS="yes").loopback
    assert read(HOST="127.0.0.1", BEHIND_TLS="yes", LOOPBACK="yes").loopback


def test_a_setting_decides_about_connectors_on_this_machine() -> None:
    assert read(HOST="0.0.0.0", LOOPBACK="yes").loopback
    assert not read(HOST="127.0.0.1", LOOPBACK="no").loopback


def test_numbers_and_words_are_read() -> None:
    settings = read(
        CHECK_SECONDS="2.5", CHECK_WORKERS="8", SESSION_HOURS="1", SILENCE_SECONDS="1.5", LOG_LEVEL="debug", PORT=" 0 "
    )
    assert (settings.check_seconds, settings.check_workers, settings.session_hours) == (2.5, 8, 1)
    assert settings.silence_seconds == 1.5
    assert (settings.log_level, settings.port) == ("DEBUG", 0)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read(PORT="", HOST=" ") == read()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("HOST", "http://x/", "an IP address or a host name, without a port"),
        ("PORT", "65536", "a whole number from 0 to 65535"),
        ("PORT", "-1", "a whole number from 0 to 65535"),
        ("PORT", "٨٠", "a whole number from 0 to 65535"),
        ("INSTANCE", "~nobody-has-this-name/x", "a folder, and in a home folder that exists"),
        ("ALLOW", "10.0.0.1/8", "networks like 10.0.0.0/8, separated by commas"),
        ("DENY", "intranet", "networks like 10.0.0.0/8, separated by commas"),
        ("PRACTICE", "maybe", "yes, no or open"),
        ("CHECK_SECONDS", "soon", "seconds from 1 to 600"),
        ("CHECK_SECONDS", "nan", "seconds from 1 to 600"),
        ("CHECK_SECONDS", "0", "seconds from 1 to 600"),
        ("SILENCE_SECONDS", "0.5", "seconds from 1 to 600"),
        ("CHECK_WORKERS", "0", "a whole number from 1 to 1000"),
        ("SESSION_HOURS", "9999999999", "a whole number from 1 to 744"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO, WARNING or ERROR"),
    ],
)
def test_a_bad_value_is_named_with_what_is_expected(name: str, value: str, expected: str) -> None:
    assert problems(**{name: value}) == [f"ERP_WIZARD_{name} has to be {expected}, not {value}."]


def test_a_bad_database_url_is_named_without_the_password_in_it() -> None:
    assert problems(DATABASE_URL="mysql://me:hidden@db/erp") == [
        "ERP_WIZARD_DATABASE_URL has to be a URL that begins with postgresql:// or sqlite:///."
    ]


def test_an_unknown_variable_is_named_with_the_one_it_may_be() -> None:
    assert problems(PROT="80") == ["ERP_WIZARD_PROT is not a setting. Is it ERP_WIZARD_PORT?"]
    assert problems(COLOUR_OF_THE_WALLS="red") == ["ERP_WIZARD_COLOUR_OF_THE_WALLS is not a setting."]


def test_all_problems_are_named_at_once() -> None:
    assert len(problems(PORT="x", PRACTICE="x", PROT="80")) == 3


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.from_environment({"PORT": "x", "ERP_WIZARDRY": "x"}) == read()


def test_keys_and_database_password_are_not_shown_with_the_settings() -> None:
    assert "hidden" not in repr(read(KEYS="hidden", DATABASE_URL="postgresql://me:hidden@db/erp"))


@given(st.dictionaries(st.sampled_from([name for name, _, _ in settings_table()]), st.text()))
def test_no_value_ends_in_anything_but_settings_or_one_config_error(environment: dict[str, str]) -> None:
    with suppress(ConfigError):
        Settings.from_environment(environment)


def test_the_table_has_every_setting_with_its_default_and_a_sentence() -> None:
    table = {variable: (default, meaning) for variable, default, meaning in settings_table()}
    assert table["ERP_WIZARD_PORT"] == ("8000", "Port to listen on; 0 takes a free one.")
    assert table["ERP_WIZARD_KEYS"][0] == "the key file in the folder"
    assert all(default and meaning.endswith(".") for default, meaning in table.values())


@pytest.mark.parametrize(
    ("value", "origin"),
    [
        ("https://erp-setup.example", "https://erp-setup.example"),
        ("HTTPS://ERP-Setup.Example:443/", "https://erp-setup.example"),
        ("https://erp-setup.example:8443", "https://erp-setup.example:8443"),
        ("https://wízard.example", "https://xn--wzard-zsa.example"),
        ("https://straße.example", "https://xn--strae-oqa.example"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]"),
        ("http://localhost:9000", "http://localhost:9000"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_a_public_address_is_kept_as_browsers_send_it(value: str, origin: str) -> None:
    assert read(PUBLIC_URL=value).public_url == origin


@pytest.mark.parametrize(
    "value",
    [
        "erp-setup.example",
        "http://erp-setup.example",
        "https://erp-setup.example/wizard",
        "https://me:secret@erp-setup.example",
        "https://erp-setup.example?x=1",
        "https://",
        "https://erp-setup.example:99999",
        "ftp://localhost",
    ],
)
def test_a_public_address_has_no_path_and_speaks_tls_but_on_this_machine(value: str) -> None:
    assert "without a path; http:// only with localhost" in problems(PUBLIC_URL=value)[0]


def test_a_public_address_with_https_stands_for_a_proxy_on_this_machine() -> None:
    settings = read(PUBLIC_URL="https://erp-setup.example")
    assert (settings.behind_tls, settings.loopback, settings.believes_any_host) == (True, False, False)
    assert settings.trusted_proxies == LOOPBACK_NETWORKS
    assert read(PUBLIC_URL="http://localhost:9000").trusted_proxies == ()
    assert read(PUBLIC_URL="https://x.example", TRUSTED_PROXIES="10.0.0.5").trusted_proxies == (
        ipaddress.ip_network("10.0.0.5"),
    )


def test_the_setting_of_version_1_0_trusts_any_proxy() -> None:
    settings = read(BEHIND_TLS="yes")
    assert (settings.trusted_proxies, settings.believes_any_host) == (EVERYWHERE, True)
    assert read().trusted_proxies == ()


def test_ports_are_read_and_named_when_they_are_none() -> None:
    assert read(ALLOW_PORTS="25, 9042").allow_ports == (25, 9042)
    assert "ports from 1 to 65535, separated by commas" in problems(ALLOW_PORTS="25,http")[0]


def test_the_app_at_superoffice_can_be_given_by_settings() -> None:
    settings = read(SUPEROFFICE_ENVIRONMENT="SOD", SUPEROFFICE_TENANT="cust12345", SUPEROFFICE_CLIENT_SECRET="hush")
    assert (settings.superoffice_environment, settings.superoffice_tenant) == ("sod", "Cust12345")
    assert "hush" not in repr(settings)


def test_an_environment_or_a_tenant_that_superoffice_does_not_have_is_refused() -> None:
    assert problems(SUPEROFFICE_ENVIRONMENT="production", SUPEROFFICE_TENANT="12345") == [
        "ERP_WIZARD_SUPEROFFICE_ENVIRONMENT has to be online, qaonline or sod, not production.",
        "ERP_WIZARD_SUPEROFFICE_TENANT has to be Cust and a number, like Cust12345, not 12345.",
    ]


def test_a_mail_server_is_written_as_a_url_and_shown_to_nobody() -> None:
    url = "mailtos://sync:secret@smtp.acme.example?from=erp-sync@acme.example"
    settings = read(MAIL_URL=url)
    assert settings.mail_url == url
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    "url", ["smtp.acme.example:secret", "smtps://secret@smtp.acme.example", "mailto://", "mailto://a:x"]
)
def test_what_is_no_mail_server_is_refused_without_repeating_it(url: str) -> None:
    (problem,) = problems(MAIL_URL=url)
    assert problem.startswith("ERP_WIZARD_MAIL_URL has to be a URL like mailtos://")
    assert "smtp.acme.example:secret" not in problem
