"""Leaving a page whose form has changes that are not saved.

With script the browser asks before. Without, what leads elsewhere is a button of the form (`way_out` in
`templates/macros/forms.html`): so the form is sent along, and the page can ask.
"""

from __future__ import annotations

from flask import request

from wizard.web import local_path


def asked_to_leave() -> str | None:
    """The page that was asked for by a button of the form."""
    return local_path(request.form.get("leave"))


def page_after_save(usual: str) -> str:
    """The page that was asked for before the question whether to save."""
    return local_path(request.form.get("then")) or usual
