"""ERP Sync Setup: connects SuperOffice CRM to an ERP in three guided steps, each tested for real."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from wizard.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application, see `wizard.app`; loaded here and not before, so that the command line starts fast.

    Raises ConfigError for bad settings and InstanceError for an instance folder that cannot be used.
    """
    from wizard import app

    return app.create_app(settings)
