"""A language that is none: English, marked and a third longer, as a German text would be."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import Domain

from tests.factories import make_app
from tests.texts import asked

_MARKED = re.compile(r"⟦[^⟦⟧]*(⟧|$)|^[^⟦⟧]*⟧")


def pseudo_app(template: Path, folder: Path) -> Flask:
    """A wizard that speaks it."""
    app = make_app(template, folder / "instance")
    catalog = Catalog(locale="en")
    for text, forms in asked().items():
        longer = tuple(map(_pseudo, forms))
        catalog.add(forms if len(forms) > 1 else text, longer if len(forms) > 1 else longer[0])
    compiled = folder / "translations" / "en" / "LC_MESSAGES" / "messages.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as file:
        write_mo(file, catalog)
    app.before_request(Domain(str(folder / "translations")).as_default)
    return app


def unmarked(text: str) -> str:
    """What of a text does not come from the catalog."""
    while text != (text := _MARKED.sub("", text)):
        pass
    return text.strip()


def _pseudo(text: str) -> str:
    inner = text.strip()
    words = len(re.sub(r"%\(\w+\)s", "", inner)) // 15
    return text.replace(inner, f"⟦{inner}{' longer' * words}⟧")
