"""SOAP 1.1 messages of the connector contract: `contract` declares them, the rest reads and writes them.

Answers are judged as WCF's client would read them, because that is what SuperOffice uses.
"""

from wizard.outside.soap.envelope import SOAP, SOAP_12, CodecError, NotSoap, SoapFault, SoapVersion
from wizard.outside.soap.messages import WrongAnswer, read_request, read_result
from wizard.outside.soap.misreads import Misread, MisreadKind
from wizard.outside.soap.reader import XSI, Answer
from wizard.outside.soap.writer import Unsendable, write_fault, write_request, write_result
from wizard.outside.soap.xml import Forbidden, Malformed, NotXml, UnsupportedCharset, XmlError, start_of

__all__ = [
    "SOAP",
    "SOAP_12",
    "XSI",
    "Answer",
    "CodecError",
    "Forbidden",
    "Malformed",
    "Misread",
    "MisreadKind",
    "NotSoap",
    "NotXml",
    "SoapFault",
    "SoapVersion",
    "Unsendable",
    "UnsupportedCharset",
    "WrongAnswer",
    "XmlError",
    "read_request",
    "read_result",
    "start_of",
    "write_fault",
    "write_request",
    "write_result",
]
