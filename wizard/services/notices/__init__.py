"""Notices: who is told when something breaks, what there is to tell, and that it arrives.

`note` writes down what there is to tell, in the transaction of whoever finds it; `deliver` sends it.
"""

from wizard.services.notices.deliver import send_again, send_due, send_test
from wizard.services.notices.find import Backlog, backlogs, last_deliveries, last_delivery
from wizard.services.notices.mute import mute, unmute
from wizard.services.notices.note import note_broken, note_reminders, note_working
from wizard.services.notices.note_ends import note_certificates, note_sign_in
from wizard.services.notices.preview import preview
from wizard.services.notices.recipients import (
    RecipientInput,
    find_recipient,
    recipients,
    recipients_of,
    remove_recipient,
    restore_recipient,
    save_recipient,
)

__all__ = [
    "Backlog",
    "RecipientInput",
    "backlogs",
    "find_recipient",
    "last_deliveries",
    "last_delivery",
    "mute",
    "note_broken",
    "note_certificates",
    "note_reminders",
    "note_sign_in",
    "note_working",
    "preview",
    "recipients",
    "recipients_of",
    "remove_recipient",
    "restore_recipient",
    "save_recipient",
    "send_again",
    "send_due",
    "send_test",
    "unmute",
]
