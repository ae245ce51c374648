"""MDO lists: users, groups, connectors, connections, CRM fields, and some of the lists of the CRM."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from wizard.practice.superoffice.erp_sync import connectors
from wizard.practice.superoffice.erp_sync.crm_fields import crm_fields
from wizard.practice.superoffice.erp_sync.crm_lists import has_list, item, items_of
from wizard.practice.superoffice.tenant import Operation, Tenant
from wizard.practice.superoffice.users import SuperOfficeUser
from wizard.practice.superoffice.wire import LIST_ITEM, ApiError, Call, Json

_List = Callable[[Tenant, Call, str], list[Json]]
"""Makes the list for what is asked additionally."""

_HEADING = "Heading"


def make_list(tenant: Tenant, call: Call, name: str, additional: str = "", *, is_flat: bool = False) -> list[Json]:
    """Raises ApiError for an unknown list."""
    made = _LISTS.get(name.casefold())
    if made is not None:
        items = made(tenant, call, additional)
    elif has_list(name.casefold()):
        items = items_of(name.casefold(), additional, call)
    else:
        raise ApiError("SoInvalidArgumentException", f"There is no list {name}.")
    return _flattened(items) if is_flat else items


def _flattened(items: Iterable[Json]) -> list[Json]:
    return [leaf for each in items for leaf in (each["ChildItems"] if each["Type"] == _HEADING else [each])]


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
    return [item(id_, name) for id_, name in groups if str(id_) not in excluded]


# --- ERP sync


def _connectors(tenant: Tenant, _: Call, __: str) -> list[Json]:
    live = connectors.live(tenant)
    return [item(each["ErpConnectorId"], each["DisplayName"], ExtraInfo=each["URL"]) for each in live]


def _connections(tenant: Tenant, call: Call, additional: str) -> list[Json]:
    live = [each for each in tenant.store.all("connection") if not each["Deleted"]]
    if "userank" in additional.casefold():
        live.sort(key=lambda each: int(each["Rank"]))
    return [
        item(each["ErpConnectionId"], call.shown(each["DisplayName"]), ExtraInfo=each["ConnectionId"]) for each in live
    ]


_LISTS: Mapping[str, _List] = {
    "associate": _associates,
    "filterassociates": _with_former,
    "usergroup": _groups,
    "erpconnectors": _connectors,
    "erpconnections": _connections,
    "crmfields": crm_fields,
}


def _get_list(tenant: Tenant, call: Call) -> list[Json]:
    flat = call.member("ForceFlatList", False)
    return make_list(tenant, call, call.member("Name", ""), call.member("AdditionalInfo", ""), is_flat=flat)


def _get_simple_list(tenant: Tenant, call: Call) -> list[Json]:
    return make_list(tenant, call, call.member("Name", ""), is_flat=True)


def _get_list_item(tenant: Tenant, call: Call) -> Json | None:
    items = make_list(tenant, call, call.member("ListName", ""), is_flat=True)
    return next((each for each in items if each["Id"] == call.member("Id", 0)), None)


OPERATIONS: Mapping[str, Operation] = {
    "GetList": _get_list,
    "GetSimpleList": _get_simple_list,
    "GetListItem": _get_list_item,
    "GetListNames": lambda _, __: list(_LISTS),
}
"""The agent MDO."""
