"""Creates the web application: the only module that wires the others together."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path

from flask import Flask, request

from wizard import views
from wizard.config import Practice, Queue, Settings
from wizard.domain.check import RunKind
from wizard.errors import ConfigError
from wizard.extensions import babel, csrf, db, htmx, limiter, login_manager, migrate
from wizard.jobs.leader import Leader, Leadership
from wizard.jobs.pool import ThreadPool
from wizard.jobs.procrastinate import ProcrastinateQueue
from wizard.jobs.queue import JobQueue
from wizard.jobs.scheduler import (
    Scheduler,
    Task,
    default_tasks,
    notice_tasks,
    remote_tasks,
    tasks_beside_procrastinate,
)
from wizard.jobs.taking_up import take_up_runs
from wizard.jobs.watcher import Watcher
from wizard.languages import TRANSLATIONS
from wizard.models.database import close_session, prepare_engine, set_write_intent
from wizard.outside.http import Policy, is_this_machine
from wizard.practice import PASSWORD, PATH, create_blueprint, superoffice
from wizard.security import DatabaseStorage, KeyRing
from wizard.services.checks import (
    Work,
    check_of_connector,
    delete_at_connector,
    execute_run,
    save_at_connector,
    test_of_values,
)
from wizard.services.configuration import activate_in_superoffice, after_activation, with_copied_configuration
from wizard.services.connections import after_connection_test, after_removal, after_save
from wizard.services.connectors import after_connector_check
from wizard.services.maintenance import can_decrypt_any
from wizard.services.notices import note_broken, note_working
from wizard.services.superoffice import after_link_check, check_of_link
from wizard.services.superoffice.saving import (
    after_registration,
    after_save_in_superoffice,
    register_in_superoffice,
    save_in_superoffice,
    superoffice_too,
)
from wizard.services.watch import Tell
from wizard.views import practice_consent
from wizard.web import cookies, language, request_log, static_files, time_zone
from wizard.web.access import body_size, held_form, public_address, sessions

PACKAGE = Path(__file__).parent
MAX_BYTES = 2 * 1024 * 1024
REMOTE_PATIENCE = 900.0
"""Seconds that one periodic task may wait for other machines, before another process runs it too."""

execute = partial(
    execute_run,
    {
        RunKind.CONNECTOR: Work(superoffice_too(check_of_connector), after_connector_check),
        RunKind.CONNECTION: Work(superoffice_too(test_of_values), after_connection_test),
        RunKind.SAVE: Work(save_at_connector, with_copied_configuration(after_save)),
        RunKind.REMOVAL: Work(delete_at_connector, after_removal),
        RunKind.LINK: Work(check_of_link, after_link_check),
        RunKind.REGISTER: Work(register_in_superoffice, after_registration),
        RunKind.SAVE_BOTH: Work(save_in_superoffice, with_copied_configuration(after_save_in_superoffice)),
        RunKind.ACTIVATE: Work(activate_in_superoffice, after_activation),
    },
)
"""Executes a check run, and applies its findings to the rows of its kind."""


def create_app(settings: Settings | None = None) -> Flask:
    """Raises ConfigError for invalid settings and InstanceError for an instance folder that cannot be used."""
    settings = settings or Settings.from_environment()
    keyring = KeyRing.open(settings.instance, settings.keys)
    keyring.fits = can_decrypt_any
    app = Flask(
        "wizard",
        instance_path=str(settings.instance),
        static_folder=str(_folder("static")),
        static_url_path=static_files.URL_PATH,
        template_folder=str(_folder("templates")),
    )
    app.config.from_mapping(_config(settings, keyring))
    app.extensions["keyring"] = keyring
    app.session_interface = sessions.CookieSessions()
    request_log.register(app)  # before the extensions, which reject requests too
    public_address.register(app)
    app.before_request(_set_write_intent)  # before the first query
    body_size.register(app)
    held_form.register(app)
    _bind_extensions(app)
    app.extensions["job_queue"] = _create_queue(app, settings)
    views.register(app)
    if settings.practice is not Practice.NO:
        _mount_practice(app, settings)
    return app


def _create_queue(app: Flask, settings: Settings) -> JobQueue:
    """Raises ConfigError for Procrastinate without PostgreSQL."""
    silence = settings.silence_seconds
    remote = Scheduler(app, remote_tasks(), "remote", Leader(Leadership.REMOTE, REMOTE_PATIENCE))
    watcher = Watcher(app, settings.watch_workers, Tell(note_broken, note_working))
    notices = Scheduler(app, notice_tasks(), "notices", Leader(Leadership.NOTICES, REMOTE_PATIENCE))
    if settings.queue is Queue.POOL:
        own = Scheduler(app, default_tasks(silence), leader=Leader(Leadership.POOL, silence))
        return ThreadPool(app, settings.check_workers, execute, own, remote, watcher, notices)
    if not settings.database_url.startswith("postgresql"):
        raise ConfigError(
            "ERP_WIZARD_QUEUE=procrastinate needs a PostgreSQL database: set ERP_WIZARD_DATABASE_URL, or leave it out."
        )
    tasks = (Task(silence / 10, take_up_runs), *tasks_beside_procrastinate(silence))
    keeper = Scheduler(app, tasks, leader=Leader(Leadership.PROCRASTINATE, silence))
    return ProcrastinateQueue(app, execute, [keeper], [remote, watcher, notices])


def _mount_practice(app: Flask, settings: Settings) -> None:
    """The practice connector and the practice SuperOffice, which answer this machine, or everybody."""
    is_open = settings.practice is Practice.OPEN
    connector = create_blueprint(
        settings.instance / "practice.sqlite3", lambda address: is_open or _is_own_address(address)
    )
    calls = superoffice.ConnectorCalls(app.config["ADDRESS_POLICY"], lambda: public_address.practice_origin() + PATH)
    tenant = superoffice.Tenant(superoffice.Store(settings.instance / "practice-superoffice.sqlite3"), calls)
    api = superoffice.create_superoffice(tenant, _is_own_address, is_open=is_open)
    for blueprint in (connector, api):
        csrf.exempt(blueprint)
        app.register_blueprint(blueprint)
    app.register_blueprint(superoffice.create_consent(tenant, practice_consent.show))
    app.extensions["practice_superoffice"] = tenant


def _is_own_address(address: str) -> bool:
    """Whether a caller is this machine; one that has come by a Unix socket has no address."""
    return not address or is_this_machine(ip_address(address))


def _folder(name: str) -> Path:
    """Finds a folder inside an installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def _config(settings: Settings, keyring: KeyRing) -> dict[str, object]:
    return {
        **sessions.session_secrets(keyring),
        "SETTINGS": settings,
        "VERSION": version("erp-sync-wizard"),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": True,
            "pool_timeout": settings.database_statement_seconds,
            "hide_parameters": True,
        },
        "SESSION_COOKIE_NAME": cookies.cookie_name("session", settings),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.behind_tls,
        "SESSION_REFRESH_EACH_REQUEST": False,  # else static files set it too, and proxies may cache them
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "MAX_CONTENT_LENGTH": MAX_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_BYTES,  # the preview of an import sends the whole list back in a field
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_TRANSLATION_DIRECTORIES": str(TRANSLATIONS),
        "RATELIMIT_STORAGE_URI": f"{DatabaseStorage.STORAGE_SCHEME[0]}://",
        "CHECK_SECONDS": settings.check_seconds,
        "SILENCE": timedelta(seconds=settings.silence_seconds),
        "ADDRESS_POLICY": Policy(
            settings.allow, settings.deny, settings.loopback, settings.allow_ports, settings.superoffice_networks
        ),
        "PRACTICE": settings.practice is not Practice.NO,
        "PRACTICE_PATH": PATH if settings.practice is not Practice.NO else None,
        "PRACTICE_SUPEROFFICE_PATH": superoffice.PATH if settings.practice is not Practice.NO else None,
        "PRACTICE_SUPEROFFICE_APP": {
            "tenant": superoffice.TENANT,
            "client_id": superoffice.CLIENT_ID,
            "client_secret": superoffice.CLIENT_SECRET,
        },
        "PUBLIC_SECRETS": {PATH: (PASSWORD,)},
    }


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    app.teardown_appcontext(close_session)  # before the extension's own, which would lose the response
    prepare_engine(app)
    migrate.init_app(app, db, directory=str(PACKAGE / "migrations"), render_as_batch=True)
    csrf.init_app(app)
    # its context processor would query the database for the page that says that the database is unavailable, too
    login_manager.init_app(app, add_context_processor=False)
    limiter.init_app(app)
    htmx.init_app(app)
    babel.init_app(app, locale_selector=language.preferred, timezone_selector=time_zone.preferred_time_zone)


def _set_write_intent() -> None:
    set_write_intent(request.method not in ("GET", "HEAD", "OPTIONS"))
