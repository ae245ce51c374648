"""The pages, a folder or module and a blueprint a topic; `register` puts them into the app."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_login import current_user

from wizard.forms import RowId
from wizard.views import activity, configuration, connectors, fill, health, help, notices, setups, users
from wizard.views.accounts import (
    administration,
    own_account,
    own_sessions,
    passwords,
    second_factor,
    second_step,
    sign_in,
)
from wizard.views.checks import pages as checks
from wizard.views.connections import pages as connections
from wizard.views.drift import pages as drift
from wizard.views.home import pages as home
from wizard.views.provider_link import keys as provider_keys
from wizard.views.provider_link import pages as provider_link
from wizard.views.setups import scope
from wizard.views.superoffice import pages as superoffice
from wizard.views.watch import pages as watch
from wizard.web import error_pages, flashes, language, navigation, static_files, time_zone
from wizard.web.access import security, sessions

BLUEPRINTS = (
    sign_in,
    second_step,
    own_account,
    own_sessions,
    second_factor,
    passwords,
    administration,
    home,
    setups,
    provider_link,
    provider_keys,
    scope,
    fill,
    connectors,
    connections,
    drift,
    configuration,
    checks,
    watch,
    superoffice,
    users,
    notices,
    activity,
    health,
    help,
)


def register(app: Flask) -> None:
    """Registers every page, what their templates use, and the rules around them."""
    security.register(app)
    static_files.register(app)
    error_pages.register(app)
    app.url_map.converters["int"] = RowId
    for topic in BLUEPRINTS:
        app.register_blueprint(topic.blueprint)

    @app.context_processor
    def _shared() -> dict[str, Any]:
        return {"app_version": app.config["VERSION"]}

    app.jinja_env.globals.update(
        current_language=language.current_language,
        current_language_name=language.current_language_name,
        current_time_zone=time_zone.current_time_zone,
        current_user=current_user,
        flashed_messages=flashes.flashed_messages,
        help_url=navigation.help_overview_url,
        navigation=navigation.navigation,
        session_notices=sessions.session_notices,
    )
