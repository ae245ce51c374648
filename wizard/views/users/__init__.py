"""The page Users and groups, its forms and its import; and in words which users a scope means."""

from wizard.views.users import edit, from_superoffice, import_csv
from wizard.views.users.lists import blueprint

__all__ = ["blueprint", "edit", "from_superoffice", "import_csv"]
