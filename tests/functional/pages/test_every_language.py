"""Every page in every language, and every text of a page through the catalogs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from tests import pages
from tests.factories import Visitor, close, in_app, sign_in
from tests.pseudo import pseudo_app, unmarked
from tests.texts import TRANSLATED, asked, catalog
from wizard.domain.fields import in_language
from wizard.practice.connector.fields import FIELDS
from wizard.practice.connector.outcomes import OUTCOMES
from wizard.services.accounts.login_links import make_login_link

pytestmark = pytest.mark.no_cover

SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-said")

DATA = re.compile(
    r"""(English|Nederlands|Deutsch|Norsk|Svenska|Dansk|ERP\ Sync\ Setup(\ [\d.]+)?|ERP|Visma\.net|DNS|TCP|TLS|HTTP|SOAP
    |SuperOffice(\ ID|\ Online)?|Teams|Slack|Basic|Cust\d+
    |Ingrid\ Berg|Ola\ Nordmann|Sales|ola|Practice(\ connector)?|Acme\ Norway|Kari\ Lund|Nordic\ Bridge|Ledger
    |(Connector\ of\ )?Webshop|ACME-\w\w|[a-z]+\.[a-z_]+|[CK]-\w{4}-\w{4}
    |https?://?\S*|\S*/|\w+\.svc|127\.0\.0\.1\S*|erp-wizard\ login-link|app://|-----BEGIN\ CERTIFICATE-----.*
    |\d+\ [A-Z][a-z]+(\ 20\d\d)?|[ \d.:,%()·→-])*""",
    re.VERBOSE | re.DOTALL,
)


def _connector_s_own() -> set[str]:
    """What the practice connector says in English."""
    texts = [*OUTCOMES.values()]
    for field in (field for fields in FIELDS.values() for field in fields):
        texts += [field.display_name or "", field.display_description or "", field.default_value or ""]
    return {in_language(text, "en") for text in texts}


def texts_of(page: str) -> Iterator[str]:
    """What a person can see of it or hear; not what is theirs, the connector's, or another program's."""
    root = html.fromstring(page)
    theirs = "//script | //style | //svg | //pre | //code | //textarea | //optgroup/option | //*[@translate='no']"
    for element in root.xpath(theirs):
        tail = element.tail
        element.clear()
        element.tail = tail
    for text in root.xpath("//text()"):
        yield " ".join(str(text).split())
    for name in SPOKEN:
        yield from map(str, root.xpath(f"//@{name}"))


@pytest.fixture
def filled(app: Flask, admin: Visitor, practice_url: str) -> list[str]:
    """The path of every page of a wizard that has been worked with."""
    return pages.fill(app, admin, practice_url)


def test_no_page_has_a_text_in_english_left_in_any_other_language(
    app: Flask, admin: Visitor, filled: list[str]
) -> None:
    link = in_app(app, lambda: f"/welcome/{make_login_link(None)}")
    for language in TRANSLATED:
        english = {text for text in asked() if (other := catalog(language).get(text)) and other.string != text}
        admin.language = language
        admin.client.set_cookie("language", language)
        visitor = Visitor(app, app.test_client(), language)
        for person, path in [(admin, path) for path in filled] + [(visitor, link), (visitor, "/login")]:
            page = person.get(path, follow_redirects=True).text
            assert f'<html lang="{language}"' in page, path
            assert {text for text in texts_of(page) if text in english} == set(), (language, path)


def test_every_text_of_a_page_goes_through_the_catalogs(
    template_instance: Path, tmp_path: Path, practice_url: str
) -> None:
    app = pseudo_app(template_instance, tmp_path)
    admin = sign_in(app, "Ingrid Berg")
    theirs = _connector_s_own()
    found = {
        f"{path}: {text}"
        for path in pages.fill(app, admin, practice_url)
        for text in texts_of(admin.get(path, follow_redirects=True).text)
        if (bare := unmarked(text)) not in theirs and not DATA.fullmatch(bare)
    }
    close(app)
    assert not found, "\n".join(sorted(found))
