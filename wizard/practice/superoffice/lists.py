"""MDO lists: users, groups, connectors, connections, CRM fields, and some of the lists of the CRM."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wizard.practice.superoffice.crm_fields import crm_fields
from wizard.practice.superoffice.erp_sync import connectors
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.users import SuperOfficeUser
from wizard.practice.superoffice.wire import LIST_ITEM, ApiError, Call, Json

_List = Callable[[Tenant, Call, str], list[Json]]
"""Makes the list for what is asked additionally."""

CATEGORIES = ('US:"Customer";NO:"Kunde"', 'US:"Supplier";NO:"Leverandør"', 'US:"Partner";NO:"Partner"', "Dealer")
BUSINESSES = ("IT", "Retail", "Transport", "Food", "Energy")
TERMS = ("14 days", "30 days", "60 days", "Cash")
_HEADING = "Heading"


def make_list(tenant: Tenant, call: Call, name: str, additional: str = "", *, is_flat: bool = False) -> list[Json]:
    """Raises ApiError for an unknown list."""
    made = _LISTS.get(name.casefold())
    if made is None:
        raise ApiError("SoInvalidArgumentException", f"There is no list {name}.")
    items = made(tenant, call, additional)
    return _flattened(items) if is_flat else items


def _flattened(items: Iterable[Json]) -> list[Json]:
    return [leaf for item in items for leaf in (item["ChildItems"] if item["Type"] == _HEADING else [item])]


def _heading(id_: int, name: str, items: list[Json]) -> Json:
    return LIST_ITEM.write(Id=id_, Name=name, FullName=name, Type=_HEADING, ChildItems=items)


# --- users and groups


def _associates(tenant: Tenant, call: Call, additional: str) -> list[Json]:
    return _by_group(tenant, call, additional, lambda user: not user.has_left)


def _with_former(tenant: Tenant, call: Call, additional: str) -> list[Json]:
    return _by_group(tenant, call, additional, lambda _: True)


def _by_group(tenant: Tenant, call: Call, additional: str, wanted: Callable[[SuperOfficeUser], bool]) -> list[Json]:
    users = [user for user in tenant.directory.users.values() if wanted(user)]
    if group := re.search(r"group_idx=(\d+)", additional):
        return [_user_item(user) for user in users if int(group[1]) in user.groups]
    return [
        _heading(id_, name, [_user_item(user) for user in users if user.group == id_])
        for id_, name in tenant.directory.groups.items()
    ]


def _user_item(user: SuperOfficeUser) -> Json:
    return LIST_ITEM.write(
        Id=user.associate_id,
        Name=user.full_name,
        FullName=user.full_name,
        ToolTip=user.full_name,
        Deleted=user.has_left,
        ExtraInfo=f"person_id={user.person_id}&contact_id=1",
    )


def _groups(tenant: Tenant, _: Call, additional: str) -> list[Json]:
    excluded = re.findall(r"exclude_id=(\d+)", additional)
    groups = tenant.directory.groups.items()
    return [_item(id_, name) for id_, name in groups if str(id_) not in excluded]


# --- ERP sync


def _connectors(tenant: Tenant, _: Call, __: str) -> list[Json]:
    live = connectors.live(tenant)
    return [_item(each["ErpConnectorId"], each["DisplayName"], ExtraInfo=each["URL"]) for each in live]


def _connections(tenant: Tenant, call: Call, _: str) -> list[Json]:
    live = [each for each in tenant.store.all("connection") if not each["Deleted"]]
    return [
        _item(each["ErpConnectionId"], call.shown(each["DisplayName"]), ExtraInfo=each["ConnectionId"]) for each in live
    ]


def _crm_fields(tenant: Tenant, call: Call, additional: str) -> list[Json]:
    return crm_fields(tenant, call, additional)


# --- lists of the CRM


def _plain(names: Iterable[str]) -> _List:
    return lambda _, call, __: [_item(id_, call.shown(name)) for id_, name in enumerate(names, 1)]


def _user_defined(_: Tenant, call: Call, additional: str) -> list[Json]:
    return [_item(id_, call.shown(name)) for id_, name in enumerate(TERMS if "1" in additional else (), 101)]


def _item(id_: int, name: str, **others: Any) -> Json:
    return LIST_ITEM.write(Id=id_, Name=name, FullName=name, ToolTip=name, **others)


_LISTS: Mapping[str, _List] = {
    "associate": _associates,
    "filterassociates": _with_former,
    "usergroup": _groups,
    "erpconnectors": _connectors,
    "erpconnections": _connections,
    "crmfields": _crm_fields,
    "category": _plain(CATEGORIES),
    "business": _plain(BUSINESSES),
    "udlist": _user_defined,
}


def _get_list(tenant: Tenant, call: Call) -> list[Json]:
    flat = call.member("ForceFlatList", False)
    return make_list(tenant, call, call.member("Name", ""), call.member("AdditionalInfo", ""), is_flat=flat)


def _get_simple_list(tenant: Tenant, call: Call) -> list[Json]:
    return make_list(tenant, call, call.member("Name", ""), is_flat=True)


def _get_list_item(tenant: Tenant, call: Call) -> Json | None:
    items = make_list(tenant, call, call.member("ListName", ""), is_flat=True)
    return next((item for item in items if item["Id"] == call.member("Id", 0)), None)


OPERATIONS: Mapping[str, Operation] = {
    "getlist": _get_list,
    "getsimplelist": _get_simple_list,
    "getlistitem": _get_list_item,
    "getlistnames": lambda _, __: list(_LISTS),
}
"""The agent MDO."""
