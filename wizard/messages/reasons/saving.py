"""The words of the reasons for which SuperOffice, or what stands there, keeps something from being saved."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

SAVING_ROWS: Mapping[str, Row] = {
    "superoffice.url_not_answering": Row(
        _l("It answers here, but not when SuperOffice calls it. SuperOffice does not say why."),
        _l(
            "Have three things looked at: whether a firewall lets SuperOffice's servers in, whether the name is known "
            "outside, and whether the ERP sync endpoint is on in the app's registration."
        ),
        _l("Let SuperOffice's servers in, and see whether the ERP sync endpoint is on in the app's registration."),
    ),
    "superoffice.url_not_answering/app": Row(
        _l("Nothing answers when SuperOffice calls this app:// address. SuperOffice does not say why."),
        _l(
            "Compare the app:// address with the provider's instructions. If it is right, have the app's registration "
            "looked at: the ERP sync endpoint has to be on."
        ),
        _l("See whether the ERP sync endpoint is on in the app's registration, and whether it answers SuperOffice."),
    ),
    "superoffice.test_failed": Row(
        _l("SuperOffice tested the connection and says only that the test failed."),
        _l(
            "Test the connection here: that tells what is wrong. If it passes here, have the connector's log looked "
            "at, at the time of this test."
        ),
        _l(
            "Look at the connector's log, at the time given below: why does SuperOffice's test of this connection fail?"
        ),
    ),
    "superoffice.activation_refused": Row(
        (
            _l("SuperOffice did not activate the connection: %(answer)s"),
            _l("SuperOffice did not activate the connection and does not say why."),
        ),
        _l("Repair what SuperOffice names, then activate the connection again."),
    ),
    "superoffice.not_kept": Row(
        (
            _l("SuperOffice saved it, but not as it was sent: %(member)s"),
            _l("SuperOffice saved it, but not as it was sent."),
        ),
        _l("Compare what stands in SuperOffice with what you entered, then save again or correct it there."),
    ),
    "superoffice.differs": Row(
        (
            _l("It is not the same in SuperOffice as here: %(member)s"),
            _l("It is not the same in SuperOffice as here."),
        ),
        _l("Compare both, then take over what stands in SuperOffice or write there what stands here."),
    ),
    "superoffice.exists": Row(
        (
            _l("SuperOffice has number %(ids)s already, which looks the same."),
            _l("SuperOffice has one already that looks the same."),
        ),
        _l("Take it over, or choose another name."),
    ),
    "superoffice.here_already": Row(
        (
            _l("This connection of SuperOffice is here already, as %(name)s."),
            _l("This connection of SuperOffice is here already."),
        ),
        _l("Edit that one, or restore it if it is among the deleted."),
    ),
    "superoffice.gone": Row(
        (
            _l("%(name)s is not in SuperOffice any more: somebody has deleted it there."),
            _l("It is not in SuperOffice any more: somebody has deleted it there."),
        ),
        _l("Restore it in SuperOffice, or delete it here and add it again."),
    ),
    "superoffice.unsettled": Row(
        _l("An earlier save was not answered, and it is not known yet whether SuperOffice carries it out."),
        _l("Wait some minutes. We look again before anything is saved, so that it is not there twice."),
        _l("Tell me why saving a connection is not answered."),
    ),
    "superoffice.not_linked": Row(
        _l("SuperOffice is not linked any more, or not for saving."),
        _l("Link SuperOffice again, or enter the values there by hand."),
    ),
}
