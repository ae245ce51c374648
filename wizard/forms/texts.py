"""What every text that is typed goes through."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from wizard.domain.invisible import has_invisible, trim

NAME_LENGTH = 254
INVISIBLE = _l("There is an invisible character inside. Delete it, or type the text by hand.")


def trimmed(text: str | None) -> str:
    """Without the white space and the invisible characters around it that copying brings along."""
    return trim(text or "")


def visible(_form: object, field: Field) -> None:
    """Refuses a name with an invisible character inside: it would look like another one and be none."""
    if has_invisible(field.data or ""):
        raise ValidationError(str(INVISIBLE))
