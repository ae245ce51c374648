"""Where the contract test goes: to a practice SuperOffice, or to a real one that environment variables name.

docs/superoffice-sandbox.md has the variables.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import requests

from tests.factories import PracticeSuperOffice
from tests.functional.superoffice.calls import GOOD
from wizard.domain.superoffice import LinkKind
from wizard.outside.http import Deadline, Policy
from wizard.outside.superoffice import BasicLogin, Credentials, Site, begin_sign_in, finish_sign_in

VARIABLE = "SUPEROFFICE_SANDBOX"
SIGN_IN_SECONDS = 300.0
WHOLE_SECONDS = 600.0
POLICY = Policy(loopback=True)


@dataclass(frozen=True)
class ContractSite:
    """A SuperOffice, how one is signed in there, and a connector that it reaches with values that pass its test."""

    site: Site
    credentials: Credentials
    connector_url: str
    values: Mapping[str, str]
    is_practice: bool


def practice_site(host: PracticeSuperOffice) -> ContractSite:
    """Signed in by a browser that agrees to everything."""

    def agree(url: str) -> None:
        requests.post(url, data={"action": "allow"}, timeout=60)

    signed_in = _sign_in(LinkKind.PRACTICE, host.login, host.tenant, ("practice", "practice-secret"), 0, agree)
    return ContractSite(*signed_in, connector_url=host.connector_url, values=GOOD, is_practice=True)


def real_site() -> ContractSite:
    """The SuperOffice that the environment names."""
    match os.environ[VARIABLE]:
        case "onsite":
            address = _variable("ADDRESS").rstrip("/")
            certificate = _variable("CA_FILE", "")
            ca_pem = Path(certificate).read_text() if certificate else ""
            site = Site(LinkKind.ONSITE, api=f"{address}/api", ca_pem=ca_pem)
            return _real(site, BasicLogin(_variable("USERNAME"), _variable("PASSWORD")))
        case environment:
            login = f"https://{environment}.superoffice.com"
            app = (_variable("CLIENT_ID"), _variable("CLIENT_SECRET"))
            port = int(_variable("PORT", "8766"))
            print(f"\nRegister http://127.0.0.1:{port}/signed-in as a redirect URL of the app first.")
            return _real(*_sign_in(LinkKind.ONLINE, login, _variable("TENANT"), app, port, _ask_to_open))


def _real(site: Site, credentials: Credentials) -> ContractSite:
    values = json.loads(Path(_variable("VALUES_FILE")).read_text())
    return ContractSite(site, credentials, _variable("CONNECTOR_URL"), values, is_practice=False)


def _variable(name: str, default: str | None = None) -> str:
    value = os.environ.get(f"{VARIABLE}_{name}", default)
    assert value is not None, f"{VARIABLE}_{name} is missing"
    return value


def _ask_to_open(url: str) -> None:
    print(f"Open this address within five minutes, and sign in:\n\n{url}\n", flush=True)


def _sign_in(
    kind: LinkKind, login: str, tenant: str, app: tuple[str, str], port: int, browse: Callable[[str], None]
) -> tuple[Site, Credentials]:
    """Signs in as the wizard does; the browser comes back to a port of this machine."""
    with _listener(port) as (address, wait):
        request = begin_sign_in(login, app[0], f"{address}/signed-in", tenant)
        browse(request.url)
        answer = wait()
    deadline = Deadline(60)
    signed_in = finish_sign_in(request, answer, app[1], kind=kind, policy=POLICY, deadline=deadline)
    assert signed_in.tenant.casefold() == tenant.casefold()
    return Site(kind, login, tenant, signed_in.api), signed_in.tokens


@contextmanager
def _listener(port: int) -> Iterator[tuple[str, Callable[[], dict[str, str]]]]:
    """Its address, and a function that waits for the browser and returns the query that it has come with."""
    came, queries = threading.Event(), list[dict[str, str]]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"Signed in. You can close this page.")
            if urlsplit(self.path).path == "/signed-in":
                queries.append(dict(parse_qsl(urlsplit(self.path).query)))
                came.set()

        def log_message(self, *_: object) -> None:
            pass

    def wait() -> dict[str, str]:
        assert came.wait(SIGN_IN_SECONDS), "nobody has signed in"
        return queries[0]

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", wait
        finally:
            server.shutdown()
            thread.join()
