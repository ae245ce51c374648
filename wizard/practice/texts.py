"""The texts of the practice connectors and their ERP, which are their own and no translations of the wizard."""

from __future__ import annotations

from wizard.domain.fields import multi_language


def texts(*, en: str, **others: str) -> str:
    """The multi-language string of a text; a reader of a language that it lacks gets the English one."""
    return multi_language({"en": en, **others})
