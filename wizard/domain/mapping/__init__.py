"""Which SuperOffice field an ERP field probably belongs to.

Others use `suggest`, the fields it takes, the table of SuperOffice's fields, and how names are folded."""

from wizard.domain.mapping.crm_fields import CRM_FIELDS, CrmField, Entity
from wizard.domain.mapping.erp_field import Direction, ErpField, Kind
from wizard.domain.mapping.reading import fold
from wizard.domain.mapping.suggestions import MAX_FIELDS, Suggestion, suggest

__all__ = [
    "CRM_FIELDS",
    "MAX_FIELDS",
    "CrmField",
    "Direction",
    "Entity",
    "ErpField",
    "Kind",
    "Suggestion",
    "fold",
    "suggest",
]
