"""`erp-wizard suggest`: SuperOffice fields for the fields of an ERP, from a file that describes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from wizard.cli.text_file import read_texts
from wizard.domain.mapping import MAX_FIELDS, Direction, ErpField, Kind, Suggestion, suggest
from wizard.errors import InvalidFile

Echo = Callable[[str], None]
Actors = dict[str, list[ErpField]]

_KINDS = {kind.value: kind for kind in Kind} | {"Double": Kind.DECIMAL}


def run(paths: list[Path], *, as_json: bool, echo: Echo) -> None:
    """Prints what is suggested for each actor of each file. Raises InvalidFile, for two files of one name too."""
    files = {path.stem: _read(path) for path in paths}
    if len(files) < len(set(paths)):
        raise InvalidFile(_("Two files have the same name; the suggestions could not be told apart."))
    found = {name: {kind: suggest(kind, fields) for kind, fields in actors.items()} for name, actors in files.items()}
    if as_json:
        echo(json.dumps(_to_json(files, found), indent=2, ensure_ascii=False))
    else:
        _print(files, found, echo)


def _to_json(files: dict[str, Actors], found: dict[str, dict[str, list[Suggestion]]]) -> dict[str, Any]:
    """By file, actor type and key the SuperOffice field, or null."""
    return {
        name: {
            kind: {field.key: None for field in fields} | {each.erp_key: each.crm_key for each in found[name][kind]}
            for kind, fields in actors.items()
        }
        for name, actors in files.items()
    }


def _print(files: dict[str, Actors], found: dict[str, dict[str, list[Suggestion]]], echo: Echo) -> None:
    for name, actors in files.items():
        for kind, fields in actors.items():
            suggestions = found[name][kind]
            echo(
                _(
                    "%(file)s, %(actor)s: suggestions for %(found)s of %(all)s fields",
                    file=name,
                    actor=kind,
                    found=len(suggestions),
                    all=len(fields),
                )
            )
            names = {field.key: field.name for field in fields}
            for each in suggestions:
                echo(f"  {_arrow(each.direction)} {each.crm_key:14} {each.erp_key} ({names[each.erp_key]})")


def _arrow(direction: Direction) -> str:
    """From the ERP, on the right, to SuperOffice; or both ways."""
    return "<- " if direction == Direction.TO_SUPEROFFICE else "<->"


def _read(path: Path) -> Actors:
    content = read_texts(path)
    actors = content.get("actors") if isinstance(content, dict) else None
    if not isinstance(actors, list) or not all(_is_actor(actor) for actor in actors):
        raise InvalidFile(_('%(file)s has to list "actors", each with its "type" and its "fields".', file=path))
    if sum(len(actor["fields"]) for actor in actors) > MAX_FIELDS:
        raise InvalidFile(_("%(file)s has more than %(count)s fields.", file=path, count=MAX_FIELDS))
    found: Actors = {}
    for actor in actors:
        if actor["type"] in found:
            raise InvalidFile(_("%(file)s names %(key)s twice.", file=path, key=actor["type"]))
        found[actor["type"]] = _fields(path, actor)
    return found


def _is_actor(actor: Any) -> bool:
    return isinstance(actor, dict) and isinstance(actor.get("type"), str) and isinstance(actor.get("fields"), list)


def _fields(path: Path, actor: dict[str, Any]) -> list[ErpField]:
    found: dict[str, ErpField] = {}
    for number, each in enumerate(actor["fields"], start=1):
        field = _field(each)
        if field is None:
            raise InvalidFile(
                _(
                    "%(file)s, %(actor)s: field %(number)s needs a key, a name and a kind: %(kinds)s.",
                    file=path,
                    actor=actor["type"],
                    number=number,
                    kinds=", ".join(_KINDS),
                )
            )
        if field.key in found:
            raise InvalidFile(_("%(file)s names %(key)s twice.", file=path, key=field.key))
        found[field.key] = field
    return list(found.values())


def _field(each: Any) -> ErpField | None:
    if not isinstance(each, dict) or not all(isinstance(each.get(key), str) for key in ("key", "name", "kind")):
        return None
    if not each["key"] or each["kind"] not in _KINDS:
        return None
    return ErpField(
        each["key"], each["name"], _KINDS[each["kind"]], _is_true(each, "read_only"), _is_true(each, "mandatory")
    )


def _is_true(each: dict[str, Any], key: str) -> bool:
    """JSON's true, and YAML's, which is read as a text."""
    return each.get(key) in (True, "true")
