"""Ports that are not called, because what listens there is no web server, or controls a machine."""

from __future__ import annotations

_REFUSED_BY_BROWSERS = (
    *(7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110),
    *(111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531),
    *(532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060),
    *(5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
)
_REMOTE_CONTROL = (445, 593, 873, 2375, 2376, 3389, 5900, 5985, 5986, 10250, 10255)
"""File shares, rsync, Docker, remote desktops, Windows Remote Management, Kubernetes' nodes."""
_DATABASES_AND_QUEUES = (1433, 1434, 1521, 1883, 2181, 2379, 2380, 3306, 5432, 5672, 6379, 8883, 9042, 9092, 9300)
_MORE_DATABASES = (11211, 27017, 27018, 27019, 50000)

REFUSED_PORTS = frozenset((*_REFUSED_BY_BROWSERS, *_REMOTE_CONTROL, *_DATABASES_AND_QUEUES, *_MORE_DATABASES))
"""Ports on which connectors are known to run, such as 8080, 8443 and 9000 to 9010, are not among them."""
