"""Who is signed in, users by id, and licences."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.practice.superoffice.behaviour import TENANT
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.users import SuperOfficeUser
from wizard.practice.superoffice.wire import BadRequest, Call, Json, Shape

ASSOCIATE = Shape(
    AssociateId=0,
    Name="",
    PersonId=0,
    Rank=0,
    Tooltip="",
    Type="Unknown",
    GroupIdx=0,
    FullName="",
    FormalName="",
    Deleted=False,
    EjUserId=0,
    UserName="",
    ExtraFields={},
    CustomFields={},
)
_LICENCES = {
    "erp-sync": "ERP Sync in admin and clients",
    "expander-services": "Developer Tools",
    "sales-premium": "Sales Premium",
}
_ERP_SYNC = ("erp-sync", "expander-services")


def principal(tenant: Tenant, call: Call) -> Json:
    """The answer to currentPrincipal."""
    user = tenant.directory.users[call.caller.associate_id]
    is_administrator = call.caller.is_administrator
    return {
        "UserType": user.type,
        "Associate": user.initials,
        "AssociateId": user.associate_id,
        "IsPerson": True,
        "PersonId": user.person_id,
        "CountryId": 578,
        "HomeCountryId": 578,
        "ContactId": 1,
        "GroupId": user.group,
        "BusinessId": 0,
        "CategoryId": 0,
        "ContactOwner": 0,
        "RoleId": 1,
        "RoleName": "Administrator" if is_administrator else "User level 0",
        "RoleDescription": "",
        "RoleType": "Employee",
        "Licenses": [_granted(id_, name) for id_, name in enumerate(_LICENCES, 1) if _has(call, name)],
        "FullName": user.full_name,
        "EMailAddress": user.user_name,
        "FunctionRights": ["admin-all", "admin-users"] if is_administrator else ["hide-unused"],
        "EjUserId": 0,
        "EjAccessLevel": 0,
        "EjUserStatus": "StatusNone",
        "ProvidedCredentials": [],
        "SecondaryGroups": list(user.other_groups),
        "DatabaseContextIdentifier": TENANT,
        "UserName": user.user_name,
    }


def _has(call: Call, name: str) -> bool:
    return call.caller.has_licence or name not in _ERP_SYNC


def _granted(id_: int, name: str) -> Json:
    return {
        "OwnerId": 1,
        "OwnerName": "SUPEROFFICE",
        "OwnerDescription": "SuperOffice",
        "ModuleId": id_,
        "Name": name,
        "Description": _LICENCES[name],
        "Version": "10",
        "LicenseType": "SiteLicense",
        "ExtraFlags": 0,
        "ExtraInfo": "",
        "SortOrder": id_,
        "LicenseNumber": 0,
        "IsHidden": False,
        "IsUnrestricted": True,
        "ExpiryDate": "2099-12-31T00:00:00",
        "TableRight": None,
        "FieldProperties": None,
    }


def _module_licence(_: Tenant, call: Call) -> Json | None:
    name = call.member("ModuleName", "")
    if call.member("OwnerName", "").upper() != "SUPEROFFICE" or name not in _LICENCES or not _has(call, name):
        return None
    return {
        "OwnerName": "SUPEROFFICE",
        "ModuleName": name,
        "ModuleDescription": _LICENCES[name],
        "ModuleTooltip": "",
        "ModuleVersion": "10",
        "LicenseType": "SiteLicense",
        "Unrestricted": True,
        "AllowedUserType": "InternalAssociate",
        "NumberOfLicenses": 0,
        "ExtraFlags": 0,
        "ExtraInfo": "",
        "SortOrder": 0,
        "IsHidden": False,
        "PrerequisiteModuleName": "",
        "Signature": "",
    }


LICENCES: Mapping[str, Operation] = {"GetModuleLicenseFromDB": _module_licence}
"""The agent License."""


def _associate(user: SuperOfficeUser) -> Json:
    return ASSOCIATE.write(
        AssociateId=user.associate_id,
        Name=user.initials,
        PersonId=user.person_id,
        Type=user.type,
        GroupIdx=user.group,
        FullName=user.full_name,
        FormalName=user.full_name,
        Deleted=user.has_left,
        UserName=user.user_name,
    )


def _by_id(tenant: Tenant, call: Call) -> Json | None:
    user = tenant.directory.users.get(call.number("associateId"))
    return _associate(user) if user else None


def _by_ids(tenant: Tenant, call: Call) -> list[Json]:
    """The body is a bare array of ids; unknown ones are left out."""
    if not isinstance(call.body, list):
        raise BadRequest("not an array")
    users = tenant.directory.users
    return [_associate(users[each]) for each in call.body if each in users]


def _by_group(tenant: Tenant, call: Call) -> list[Json]:
    group = call.member("GroupId", 0)
    return [_associate(user) for user in tenant.directory.users.values() if user.group == group and not user.has_left]


ASSOCIATES: Mapping[str, Operation] = {
    "GetAssociate": _by_id,
    "GetAssociateList": _by_ids,
    "GetAssociatesByGroup": _by_group,
}
"""The agent Associate."""
