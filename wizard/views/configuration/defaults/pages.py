"""Shows the default values of an actor type; adds, changes and removes them."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from wizard.domain.configuration import FieldSettings, Part
from wizard.errors import RowsChanged, RowsRefused
from wizard.forms import DefaultForm, settings_version, ticks_of
from wizard.messages import actor_type_name
from wizard.services.configuration import save_default
from wizard.services.connections import find_connection
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.defaults.here import Defaults, defaults_of
from wizard.views.configuration.defaults.view import default_text, free_fields
from wizard.views.configuration.parts import page_parts
from wizard.views.configuration.subject import unread
from wizard.views.configuration.written import after_save
from wizard.web import current_language, go_to, render


@blueprint.get("/defaults")
def defaults(connection_id: int) -> Response:
    here = defaults_of(find_connection(connection_id))
    is_read = bool(here.schema.types)
    return render(
        "configuration/defaults/defaults.html",
        view=here.view() if is_read else None,
        unread=None if is_read else unread(here.connection),
        **page_parts(here.connection, Part.DEFAULTS),
    )


@blueprint.get("/defaults/value")
def default_value(connection_id: int) -> Response:
    """The form of a field; without one, of the first that can be given a default."""
    here = defaults_of(find_connection(connection_id, current=True))
    key = request.args.get("field", "")
    return _form(here, DefaultForm(*here.field(key or _first(here)), current_language()))


def _first(here: Defaults) -> str:
    free = free_fields(here.actor_type, here.settings)
    return free[0].key if free else abort(404)


@blueprint.post("/defaults/value")
def save_default_value(connection_id: int) -> Response:
    """Saves the value. The action `field` only asks for the value of another field that was chosen."""
    here = defaults_of(find_connection(connection_id, current=True))
    key = request.args.get("field") or request.form.get("field", "")
    asks_only = request.form.get("action") == "field"
    sent = ticks_of(request.form) if asks_only else request.form
    form = DefaultForm(*here.field(key), current_language(), sent)
    if asks_only:
        return _form(here, form)
    if not form.validate():
        return _form(here, form, status=422)
    try:
        _save(here, form.settings, request.form.get("version", ""))
    except RowsChanged as changed:
        return _form(here, form, status=409, theirs=changed.theirs[key])
    except RowsRefused as refused:
        form.refuse(each.refusal for each in refused.problems)
        return _form(here, form, status=422)
    name = form.erp.name_in(current_language())
    after_save(
        here.connection, _("The default value of %(field)s is saved.", field=name), _undo_url(here, form.settings)
    )
    return go_to(here.url)


@blueprint.post("/defaults/remove")
def remove_default(connection_id: int) -> Response:
    """Not what somebody has saved since the page was rendered: nobody has seen that there."""
    here = defaults_of(find_connection(connection_id, current=True))
    erp, _items, saved = here.field(request.args.get("field", ""))
    removed, name = FieldSettings(erp.key), erp.name_in(current_language())
    try:
        _save(here, removed, request.args.get("version", ""))
    except RowsChanged as changed:
        now = default_text(erp, changed.theirs[erp.key], here.schema, current_language())
        flash(
            _("%(field)s is not removed: somebody has changed it meanwhile, to %(now)s.", field=name, now=now), "warn"
        )
        return go_to(here.url)
    if saved.has_default:
        words = _("%(field)s has no default value any more.", field=name)
        after_save(here.connection, words, _undo_url(here, removed))
    return go_to(here.url)


@blueprint.post("/defaults/undo")
def undo_default(connection_id: int) -> Response:
    """Puts back what the address has; not over what somebody has saved since."""
    here = defaults_of(find_connection(connection_id, current=True))
    erp, _items, saved = here.field(request.args.get("field", ""))
    before = replace(
        saved,
        default=request.args.get("default"),
        ask_user="ask" in request.args,
        mandatory="mandatory" in request.args,
    )
    try:
        _save(here, before, request.args.get("version", ""))
    except (RowsChanged, RowsRefused):
        flash(_("It was not undone: it has changed since."), "warn")
    else:
        name = erp.name_in(current_language())
        after_save(here.connection, _("The default value of %(field)s is as it was before.", field=name))
    return go_to(here.url)


def _save(here: Defaults, settings: FieldSettings, version: str) -> None:
    """`version` is that of the row when the page was rendered; without one, whatever is saved is replaced."""
    number = settings_version(version)
    base = {} if number is None else {settings.key: number}
    save_default(current_user, here.connection, here.settings.actor_type, settings, base)


def _undo_url(here: Defaults, now: FieldSettings) -> str:
    """Where what was saved before is put back, if it is still as it is now."""
    before = here.settings.field(now.key)
    return url_for(
        "configuration.undo_default",
        connection_id=here.connection.id,
        type=here.settings.actor_type,
        field=now.key,
        default=before.default,
        ask=1 if before.ask_user else None,
        mandatory=1 if before.mandatory else None,
        version=now.version(Part.DEFAULTS),
    )


def _form(here: Defaults, form: DefaultForm, *, status: int = 200, theirs: FieldSettings | None = None) -> Response:
    language, adds = current_language(), "field" not in request.args
    return render(
        "configuration/defaults/default.html",
        "configuration/defaults/_default.html",
        status=status,
        form=form,
        adds=adds,
        title=_("Add a default value") if adds else form.erp.name_in(language),
        fields=[(each.key, each.name_in(language)) for each in free_fields(here.actor_type, here.settings)],
        version=(theirs or here.settings.field(form.erp.key)).version(Part.DEFAULTS),
        theirs=default_text(form.erp, theirs, here.schema, language) if theirs else None,
        url=request.full_path.rstrip("?"),
        back_url=here.url,
        type_name=actor_type_name(here.settings.actor_type),
        **page_parts(here.connection, Part.DEFAULTS),
    )
