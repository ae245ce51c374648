"""Which settings let passwords travel, and which believe too much."""

from __future__ import annotations

import pytest

from wizard.config import Settings
from wizard.server.tls import warn_of_any_host


@pytest.mark.parametrize(
    ("variables", "is_warned"),
    [({"ERP_WIZARD_BEHIND_TLS": "yes"}, True), ({"ERP_WIZARD_PUBLIC_URL": "https://erp-setup.example"}, False)],
)
def test_the_setting_of_version_1_0_is_named_with_what_to_set_instead(
    caplog: pytest.LogCaptureFixture, variables: dict[str, str], is_warned: bool
) -> None:
    warn_of_any_host(Settings.from_environment(variables))

    assert ("Set ERP_WIZARD_PUBLIC_URL to the address" in caplog.text) is is_warned
