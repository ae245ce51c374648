"""The page that explains the reasons of a check, and the way to it from a failed stage."""

from __future__ import annotations

import re

from flask import Flask

from tests.factories import Visitor, sign_in
from tests.steps import REFUSED
from wizard.domain.accounts import Role


def test_a_failed_stage_leads_to_what_its_reason_means(admin: Visitor) -> None:
    page = str(admin.post("/connectors/new").location)

    failed = admin.send(page, {"name": "Gone", "url": REFUSED, "action": "check"}).text
    (link,) = re.findall(r'href="(/help/reasons#[^"]+)">About this reason', failed)

    assert link == "/help/reasons#connect.refused"
    assert f'id="{link.partition("#")[2]}"' in admin.get("/help/reasons").text


def test_a_reader_may_read_it(app: Flask) -> None:
    reader = sign_in(app, "Rita Reader", role=Role.READER)

    assert "HTTP Activation" in reader.get("/help/reasons").text
