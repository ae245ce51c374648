"""Tells the faults with which SOAP stacks refuse a call from those that a connector means itself."""

from __future__ import annotations

import re

from wizard.outside import soap

MAX_LENGTH = 4096
_UNKNOWN_OPERATION = re.compile(
    r"ActionNotSupported|did not match any operations|No operation found for specified action"
    r"|Procedure '[^']*' not present|Cannot find dispatch method"
    r"|OperationFormatter encountered an invalid Message body\. Expected to find node type 'Element' with name 'WS"
    # WCF: it knows the action, and wants another namespace
    r"|Server did not recognize the value of HTTP Header SOAPAction"  # ASP.NET, as its clients report it
    r"|not implemented: method name or namespace not recognized"  # gSOAP
    r"|The endpoint reference \(EPR\) for the Operation not found is"  # Axis 2, as WSO2's documentation shows it
    r"|The AXIS engine could not find a target service to invoke!"  # Axis 1, and its own tests
    r"|The given SOAPAction \S{0,1000} does not match an operation"  # CXF
    r"|was not recognized\. {1,2}\(Does it exist in service WSDL\?\)"  # CXF, and XFire's tests
    r"|TypeError: Cannot read propert(?:ies of undefined \(reading 'style'\)|y 'style' of undefined)",
    # node-soap, src/server.ts: it asks a method that it has not found for its style
    re.IGNORECASE,
)
_UNKNOWN_NAME = re.compile(
    r"No such operation 'WS\w{1,60}'"  # Axis 1
    r"|Method u?'(?:\{[^{}']{0,1000}\})?WS\w{1,60}' not found\."  # rpclib, from which Spyne comes
    r"|Requested resource u?'(?:\{[^{}']{0,1000}\})?WS\w{1,60}' not found"  # Spyne, spyne/error.py
    r"|Denied access to method \(WS\w{1,60}\)"  # SOAP::Lite, lib/SOAP/Lite.pm
    r"|Failed to locate method \(WS\w{1,60}\) in class"  # the same
)
"""Words that a connector could have for things of its own, so they have to begin the text and name an operation."""


def reason_of_fault(fault: soap.SoapFault) -> str:
    if fault.code.rpartition(":")[2] == "VersionMismatch":
        return "contract.soap_version"
    text = " ".join(fault.text[:MAX_LENGTH].split())
    unknown = _UNKNOWN_OPERATION.search(f"{fault.code[:200]} {text}") or _UNKNOWN_NAME.match(text)
    return "contract.wrong_service" if unknown else "contract.fault"
