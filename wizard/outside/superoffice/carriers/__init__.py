"""SuperOffice's carriers, with the members that we read, named as SuperOffice names them."""

from wizard.outside.superoffice.carriers.configuration import (
    ErpConnectionListMapping,
    ErpConnectionListMappingContainer,
    ErpCrmListItemMapping,
    ErpSyncActorSummary,
    ErpSyncActorTypeMapping,
    ErpSyncConnectionSummary,
    ErpSyncDefaultValue,
    ErpSyncFieldMapping,
    ImportColumnInfo,
    ImportErpData,
    ImportLine,
)
from wizard.outside.superoffice.carriers.lists import ListItem, MDOListItem
from wizard.outside.superoffice.carriers.registered import (
    EngineStatus,
    ErpConnection,
    ErpSyncConnectorEntity,
    FieldMetadata,
)
from wizard.outside.superoffice.carriers.site import ProductVersion, TenantStatus
from wizard.outside.superoffice.carriers.users import (
    INTERNAL_ASSOCIATE,
    Associate,
    GrantedModuleLicense,
    SoPrincipalCarrier,
)

__all__ = [
    "INTERNAL_ASSOCIATE",
    "Associate",
    "EngineStatus",
    "ErpConnection",
    "ErpConnectionListMapping",
    "ErpConnectionListMappingContainer",
    "ErpCrmListItemMapping",
    "ErpSyncActorSummary",
    "ErpSyncActorTypeMapping",
    "ErpSyncConnectionSummary",
    "ErpSyncConnectorEntity",
    "ErpSyncDefaultValue",
    "ErpSyncFieldMapping",
    "FieldMetadata",
    "GrantedModuleLicense",
    "ImportColumnInfo",
    "ImportErpData",
    "ImportLine",
    "ListItem",
    "MDOListItem",
    "ProductVersion",
    "SoPrincipalCarrier",
    "TenantStatus",
]
