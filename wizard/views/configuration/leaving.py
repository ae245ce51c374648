"""Leaving a page whose form has changes that are not saved.

With script the browser asks before. Without, what leads elsewhere is a button of the form (`way_out` in
`templates/macros/forms.html`): so the form is sent along, and the page can ask.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request
from werkzeug.wrappers import Response

from wizard.web import go_to, local_path


@dataclass(frozen=True)
class WayOut:
    """A page to go on to; `undoes`: what is posted there takes back what was saved."""

    url: str
    undoes: bool = False

    def go(self) -> Response:
        """An Undo is posted on, with the token of the form that has asked for it."""
        return redirect(self.url, 307) if self.undoes else go_to(self.url)


def asked_to_leave() -> WayOut | None:
    """What a button of the form has asked for."""
    for name in ("leave", "undo"):
        if url := local_path(request.form.get(name)):
            return WayOut(url, undoes=name == "undo")
    return None


def page_after_save(usual: str) -> str:
    """The page that was asked for before the question whether to save."""
    return local_path(request.form.get("then")) or usual
