"""What all pages share: access, limits, responses to browsers and to htmx, lists, languages, errors, static files."""

from wizard.web.access.known_browser import remember_browser
from wizard.web.access.limits import (
    limit_checks,
    limit_confirmations,
    limit_login_links,
    limit_password_changes,
    limit_second_steps,
    limit_sign_ins,
    may_judge_password,
)
from wizard.web.access.public_address import local_origin, practice_origin, public_origin, public_url
from wizard.web.access.security import CONTENT_SECURITY_POLICY
from wizard.web.access.sessions import (
    HALF_SESSION,
    MUST_SET_UP,
    close_session,
    current_session,
    forget_notices,
    half_session,
    is_confirmed,
    mark_confirmed,
    open_session,
)
from wizard.web.cookies import cookie_name, read_cookie, set_cookie
from wizard.web.flashes import flash_once, flash_undo, some_of
from wizard.web.htmx import current_page, go_to, local_path, render
from wizard.web.language import COOKIE, current_language
from wizard.web.lists import Action, Filter, ListView, RowAction, Search, actions_of, current_or_deleted
from wizard.web.paging import PageView, has_searched, page_number, page_view, search_text, with_query
from wizard.web.time_zone import browser_time_zone, preferred_time_zone, time_zones_by_region

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "COOKIE",
    "HALF_SESSION",
    "MUST_SET_UP",
    "Action",
    "Filter",
    "ListView",
    "PageView",
    "RowAction",
    "Search",
    "actions_of",
    "browser_time_zone",
    "close_session",
    "cookie_name",
    "current_language",
    "current_or_deleted",
    "current_page",
    "current_session",
    "flash_once",
    "flash_undo",
    "forget_notices",
    "go_to",
    "half_session",
    "has_searched",
    "is_confirmed",
    "limit_checks",
    "limit_confirmations",
    "limit_login_links",
    "limit_password_changes",
    "limit_second_steps",
    "limit_sign_ins",
    "local_origin",
    "local_path",
    "mark_confirmed",
    "may_judge_password",
    "open_session",
    "page_number",
    "page_view",
    "practice_origin",
    "preferred_time_zone",
    "public_origin",
    "public_url",
    "read_cookie",
    "remember_browser",
    "render",
    "search_text",
    "set_cookie",
    "some_of",
    "time_zones_by_region",
    "with_query",
]
