"""Reads the messages of the contract from SOAP envelopes, requests and answers alike.

Reading is tolerant, by local name and in any order, so that an odd answer can be explained. With the message come its
`Misread`s: what WCF's client, and so SuperOffice, would not read as it is meant
(docs/superoffice.md: What SuperOffice reads).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wizard.outside.soap.contract import OPERATIONS, Operation
from wizard.outside.soap.elements import child_named, children, local_name, namespace_of
from wizard.outside.soap.envelope import CodecError, misreads_around, open_envelope
from wizard.outside.soap.misreads import Misread, MisreadKind
from wizard.outside.soap.reader import Answer, read_message

MAX_NAME_LENGTH = 100


class WrongAnswer(CodecError):
    """An answer to another operation; `args[0]` is its element's name."""


def read_request(body: bytes, charset: str | None = None) -> tuple[Operation, Answer[Any]]:
    """What was called with what. Raises XmlError and CodecError; WrongAnswer for an operation that is not known."""
    wrapper = open_envelope(body, charset)
    operation = OPERATIONS.get(local_name(wrapper))
    if operation is None:
        raise WrongAnswer(local_name(wrapper))
    return operation, read_message(child_named(wrapper, "request"), operation.request, namespace_of(wrapper))


def read_result(operation: Operation, body: bytes, charset: str | None = None) -> Answer[Any]:
    """The answer to a call. Raises XmlError, NotSoap, SoapVersion, SoapFault and WrongAnswer."""
    wrapper = open_envelope(body, charset)
    if local_name(wrapper) != f"{operation.name}Response":
        raise WrongAnswer(local_name(wrapper))
    element = child_named(wrapper, f"{operation.name}Result")
    answer = read_message(element, operation.result, namespace_of(wrapper))
    misreads = list(misreads_around(wrapper))
    if element is None:
        other = next(children(wrapper), None)
        name = "" if other is None else local_name(other)[:MAX_NAME_LENGTH]
        misreads.append(Misread(MisreadKind.RESULT, f"{operation.name}Result", name))
    elif namespace_of(element) != namespace_of(wrapper):
        misreads.append(Misread(MisreadKind.NAMESPACE, local_name(element), namespace_of(element)))
    return replace(answer, misreads=(*misreads, *answer.misreads)) if misreads else answer
