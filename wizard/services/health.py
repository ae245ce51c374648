"""Whether the wizard can work."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import LargeBinary, select, type_coerce

from wizard.errors import InstanceError
from wizard.extensions import db
from wizard.models import Account
from wizard.models.database import has_lost_its_file
from wizard.services.rotate_keys import encrypted_columns


def ask_database() -> bool:
    """Whether it is still the database that was opened. Raises OperationalError when it does not answer."""
    db.session.execute(select(Account.id).limit(1))
    return not has_lost_its_file(db.session.connection())


def keys_fit() -> bool:
    """Whether what is encrypted can be read; one value tells, and where there is none yet any key will do."""
    tokens = (
        db.session.scalar(select(type_coerce(column, LargeBinary)).where(column.is_not(None)).limit(1))
        for _, column in encrypted_columns()
    )
    token = next((each for each in tokens if each is not None), None)
    try:
        return token is None or current_app.extensions["keyring"].decrypt(token) is not None
    except InstanceError:
        return False
