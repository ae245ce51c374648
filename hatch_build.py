"""Compiles the translations (messages.po to messages.mo) for a wheel and for a checkout."""

from __future__ import annotations

from io import BytesIO
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
            compiled = BytesIO()
            with source.open("rb") as texts:
                write_mo(compiled, read_po(texts))
            target = source.with_suffix(".mo")
            if target.exists() and target.read_bytes() == compiled.getvalue():
                continue  # another build may be packing this folder, and would miss a temporary file that is gone
            with NamedTemporaryFile(dir=source.parent, delete=False) as file:
                file.write(compiled.getvalue())
            Path(file.name).chmod(0o644)
            Path(file.name).replace(target)  # at once: a running wizard may be reading it
