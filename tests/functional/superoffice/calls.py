"""Plain calls of a SuperOffice's API, without the wizard's client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import requests

from tests.factories import PracticeSuperOffice

GOOD = {"Company": "ACME", "ApiPassword": "practice", "Outcome": "ok"}


@dataclass(frozen=True)
class Api:
    """An API at an address, with what goes into Authorization."""

    api: str
    authorization: str
    language: str = "*"

    def agent(self, operation: str, body: Any = None, **query: Any) -> Any:
        """What an operation, like ErpSync/GetConnection, answers."""
        return self._json(requests.post(f"{self.api}/v1/Agents/{operation}", json=body, **self._options(query)))

    def get(self, path: str, **query: Any) -> Any:
        return self._json(requests.get(f"{self.api}/v1/{path}", **self._options(query)))

    def _options(self, query: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": self.authorization, "SO-Language": self.language, "Accept": "application/json"}
        return {"headers": headers, "params": query, "timeout": 60, "allow_redirects": False}

    def _json(self, response: requests.Response) -> Any:
        assert response.status_code in (200, 204), (response.status_code, response.text[:500])
        return response.json() if response.status_code == 200 else None


def api_of(host: PracticeSuperOffice) -> Api:
    """As the administrator, signed in."""
    return Api(host.api, f"Bearer {host.access_token()}")


def save_connector(api: Api, url: str, name: str = "Super Sync") -> int:
    carrier = {"ErpConnectorId": 0, "DisplayName": name, "URL": url, "Deleted": False}
    return int(api.agent("ErpSync/SaveErpSyncConnectorEntity", carrier)["ErpConnectorId"])


def save_connection(api: Api, connector_id: int, **members: Any) -> Any:
    carrier = {"ErpConnectorId": connector_id, "DisplayName": "Norge", "ConfigFields": GOOD, "AllAccess": True}
    return api.agent("ErpSync/SaveConnection", {"Connection": carrier | members})
