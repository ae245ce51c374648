"""Makes what tests need: apps, visitors with a session, real connectors, rows."""

from tests.factories.accounts import (
    PASSWORD,
    age_sessions,
    make_account,
    make_first_account,
    make_welcome_path,
    sign_in,
)
from tests.factories.apps import KEY, LentApp, close, databases, in_app, lose, make_app, make_template, renew
from tests.factories.connectors import declared_field, make_connection, make_connector
from tests.factories.hosts import serve_app, serve_practice
from tests.factories.pages import form_fields, row_of, says
from tests.factories.queues import ForgetfulQueue, InlineQueue
from tests.factories.repeating import PLACES, SECRET, serve_repeating
from tests.factories.superoffice import PracticeSuperOffice, link_practice, serve_superoffice, type_practice
from tests.factories.users import make_users
from tests.factories.visitors import Visitor

__all__ = [
    "KEY",
    "PASSWORD",
    "PLACES",
    "SECRET",
    "ForgetfulQueue",
    "InlineQueue",
    "LentApp",
    "PracticeSuperOffice",
    "Visitor",
    "age_sessions",
    "close",
    "databases",
    "declared_field",
    "form_fields",
    "in_app",
    "link_practice",
    "lose",
    "make_account",
    "make_app",
    "make_connection",
    "make_connector",
    "make_first_account",
    "make_template",
    "make_users",
    "make_welcome_path",
    "renew",
    "row_of",
    "says",
    "serve_app",
    "serve_practice",
    "serve_repeating",
    "serve_superoffice",
    "sign_in",
    "type_practice",
]
