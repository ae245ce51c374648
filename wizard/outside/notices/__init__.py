"""Sends a message to a mail address, or to a service by the library Apprise: guarded, and with a deadline.

What is an address here is a secret: no error names it, and nothing of it is logged.
"""

from wizard.outside.notices.failures import InvalidAddress, SendFailure
from wizard.outside.notices.message import Message
from wizard.outside.notices.send import Sender
from wizard.outside.notices.services import check_address

__all__ = ["InvalidAddress", "Message", "SendFailure", "Sender", "check_address"]
