"""Guarded HTTP calls with requests: allowed addresses only, one deadline, TLS verified, every layer observed.

It knows nothing of SOAP, nor of what is called.
"""

from wizard.outside.http.address_policy import Address, AddressError, Policy, read_address
from wizard.outside.http.addresses import is_this_machine
from wizard.outside.http.call import Endpoints, Evidence, Facts, Failure, Resolve
from wizard.outside.http.certificates import BadCertificate, Trust, check_pem
from wizard.outside.http.content_type import ContentType, read_content_type
from wizard.outside.http.deadline import Cancelled, Deadline, TimeIsUp
from wizard.outside.http.layers import system_resolve
from wizard.outside.http.transport import Response, Transport

__all__ = [
    "Address",
    "AddressError",
    "BadCertificate",
    "Cancelled",
    "ContentType",
    "Deadline",
    "Endpoints",
    "Evidence",
    "Facts",
    "Failure",
    "Policy",
    "Resolve",
    "Response",
    "TimeIsUp",
    "Transport",
    "Trust",
    "check_pem",
    "is_this_machine",
    "read_address",
    "read_content_type",
    "system_resolve",
]
