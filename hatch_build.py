"""Compiles the translations (messages.po to messages.mo) for a wheel and for a checkout."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface[Any]):
    """Runs before anything is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in Path(self.root).glob("wizard/translations/*/LC_MESSAGES/*.po"):
            with source.open("rb") as texts, NamedTemporaryFile(dir=source.parent, delete=False) as compiled:
                write_mo(compiled, read_po(texts))
            Path(compiled.name).chmod(0o644)
            Path(compiled.name).replace(source.with_suffix(".mo"))  # at once: a running wizard may be reading it
