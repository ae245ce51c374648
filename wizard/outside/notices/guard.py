"""Judges every connection of a block of code by the address policy, however a library makes it, and ends them in time.

Python tells an audit hook of each connection, with the address that was looked up, before it is made: what is judged is
what is called. The hook is there for the whole process; outside of such a block it does nothing.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from typing import Any

from wizard.outside.http import Policy

MAIL_PORTS = (25, 465, 587)
"""Ports that are for mail, and so not for anything else."""


class Refused(PermissionError):
    """Raised inside of a library, for which it is an error like that of a firewall."""


class Guard:
    """What was refused in a block, and whether its time was up."""

    def __init__(self, policy: Policy, *, is_mail: bool) -> None:
        self.forbidden = ""
        self.is_over = False
        self._policy, self._is_mail = policy, is_mail
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []

    def judge(self, connection: socket.socket, address: Any) -> None:
        """Raises Refused for an address that may not be called, and when the time is up."""
        host, port = address[:2] if isinstance(address, tuple) else (str(address), 0)
        if not self._allows(str(host), int(port)):
            self.forbidden = self.forbidden or str(host)
            raise Refused("this address may not be called")
        self._watch(connection)

    def refuse(self, *_: object) -> None:
        """Raises Refused for what would go on outside of the block."""
        raise Refused("a message is sent by one thread")

    def end(self) -> None:
        """Ends every connection of the block, so that whoever waits for one goes on at once."""
        with self._lock:
            self.is_over = True
            for connection in self._sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Forgets the connections, which are not ours."""
        with self._lock:
            for connection in self._sockets:
                connection.close()
            self._sockets.clear()

    def _allows(self, host: str, port: int) -> bool:
        try:
            address = ipaddress.ip_address(host.partition("%")[0])
        except ValueError:
            return False  # a name, which would be looked up behind the guard's back, or a socket of this machine
        is_for_mail = self._is_mail and port in MAIL_PORTS
        return self._policy.allows(address) and (is_for_mail or self._policy.allows_port(port))

    def _watch(self, connection: socket.socket) -> None:
        """Keeps a second handle of a connection: the first one is taken over by its encryption."""
        with self._lock:
            if self.is_over:
                raise Refused("the time is up")
            handle = os.dup(connection.fileno())
            self._sockets.append(socket.socket(connection.family, connection.type, connection.proto, handle))


@contextmanager
def guarded(policy: Policy, seconds: float, *, is_mail: bool = False) -> Iterator[Guard]:
    """Judges and limits what this thread does in a block."""
    _install()
    guard = Guard(policy, is_mail=is_mail)
    timer = threading.Timer(seconds, guard.end)
    timer.daemon = True
    timer.start()
    token = _current.set(guard)
    try:
        yield guard
    finally:
        _current.reset(token)
        timer.cancel()
        guard.close()


_current: ContextVar[Guard | None] = ContextVar("guard", default=None)
_JUDGES: Mapping[str, Callable[..., None]] = {
    "socket.connect": Guard.judge,
    "socket.sendto": Guard.judge,
    "socket.sendmsg": Guard.judge,
    "socket.bind": Guard.refuse,
    "_thread.start_new_thread": Guard.refuse,
    "_thread.start_joinable_thread": Guard.refuse,
    "subprocess.Popen": Guard.refuse,
    "os.fork": Guard.refuse,
    "os.forkpty": Guard.refuse,
    "os.posix_spawn": Guard.refuse,
    "os.system": Guard.refuse,
    "os.exec": Guard.refuse,
}


@cache
def _install() -> None:
    """A hook cannot be taken away again, so there is one."""
    sys.addaudithook(_on_event)


def _on_event(event: str, arguments: tuple[Any, ...]) -> None:
    guard = _current.get()
    if guard is not None and (judge := _JUDGES.get(event)):
        judge(guard, *arguments)


_on_event.__cantrace__ = True  # type: ignore[attr-defined]  # else no debugger sees what it calls, nor a count of lines
