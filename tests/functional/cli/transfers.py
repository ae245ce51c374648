"""Export and import in this process, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from wizard.cli.transfer import command

SECRET = {"ACME_NORWAY_APIPASSWORD": "practice"}


def exported(app: Flask) -> str:
    said: list[str] = []
    command.export_to(app, None, said.append)
    return said[0]


def imported(
    app: Flask, text: str, environment: Mapping[str, str] = SECRET, *, ask: Any = None, username: str | None = None
) -> tuple[bool, str]:
    said: list[str] = []
    path = Path(app.instance_path) / "import.yaml"
    path.write_text(text)
    done = command.import_file(app, path, username, environment, ask, said.append)
    return done, "\n".join(said)


def changes(app: Flask, text: str, environment: Mapping[str, str] = SECRET) -> str:
    said: list[str] = []
    path = Path(app.instance_path) / "import.yaml"
    path.write_text(text)
    command.show_changes(app, path, environment, said.append)
    return "\n".join(said)
