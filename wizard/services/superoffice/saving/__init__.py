"""Saving in SuperOffice: connectors and connections, by a journal that knows what became of each write.

What each kind of run does, and what follows it, is put together in `wizard.app`.
"""

from wizard.services.superoffice.saving.abandon import abandon_save
from wizard.services.superoffice.saving.follow_up import after_registration, after_save_in_superoffice
from wizard.services.superoffice.saving.journal import Target, end_write, written
from wizard.services.superoffice.saving.opened import superoffice_of
from wizard.services.superoffice.saving.recorder import Recorder, Refused
from wizard.services.superoffice.saving.remove import Settled, restore_there, settle, settle_all
from wizard.services.superoffice.saving.resume import look_at_open_writes
from wizard.services.superoffice.saving.save_connection import save_in_superoffice
from wizard.services.superoffice.saving.save_connector import register_in_superoffice
from wizard.services.superoffice.saving.too import superoffice_too

__all__ = [
    "Recorder",
    "Refused",
    "Settled",
    "Target",
    "abandon_save",
    "after_registration",
    "after_save_in_superoffice",
    "end_write",
    "look_at_open_writes",
    "register_in_superoffice",
    "restore_there",
    "save_in_superoffice",
    "settle",
    "settle_all",
    "superoffice_of",
    "superoffice_too",
    "written",
]
