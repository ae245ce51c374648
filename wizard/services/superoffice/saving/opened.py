"""Opens SuperOffice for a run that saves there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wizard.extensions import db
from wizard.models import CheckRun
from wizard.outside.connector import CheckOptions
from wizard.outside.superoffice import SuperOffice
from wizard.services.checks import persistently
from wizard.services.superoffice.client import open_superoffice
from wizard.services.superoffice.find import linked
from wizard.services.superoffice.saving.recorder import Refused


@contextmanager
def superoffice_of(run: CheckRun, options: CheckOptions) -> Iterator[SuperOffice]:
    """The linked SuperOffice, for as long as the run may take. Raises Refused where it is not linked any more."""
    so = persistently(lambda: _open(run, options))
    with so:
        yield so


def _open(run: CheckRun, options: CheckOptions) -> SuperOffice:
    link = linked()
    if link is None or not link.may_save:
        db.session.commit()
        raise Refused("superoffice.not_linked")
    so = open_superoffice(link, seconds=run.limit_seconds, cancelled=options["cancelled"])
    db.session.commit()  # no transaction is open while SuperOffice is called
    return so
