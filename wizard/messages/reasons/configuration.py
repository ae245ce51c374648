"""The words of the reasons of the configuration fields, their test and saving."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

CONFIGURATION_ROWS: Mapping[str, Row] = {
    "fields.error": Row(
        (
            _l("The connector could not say which fields it needs: %(answer)s"),
            _l("The field %(label)s has no key, so the connector would not get its value."),
            _l("The connector could not say which fields it needs."),
        ),
        _l("Have the connector's own set-up looked at. The technical detail may say more."),
        (
            _l("Give the field %(label)s a key."),
            _l(
                "Look at the set-up of the connector: WSGetConfigData ends in an error, or gives a field without a key."
            ),
        ),
    ),
    "fields.duplicate_key": Row(
        (_l("The connector asks for the field %(key)s twice."), _l("The connector asks for the same field twice.")),
        _l("Have each field given a key of its own. Until then one value would take the place of the other."),
        (_l("Give each field a key of its own; %(key)s stands for several."), _l("Give each field a key of its own.")),
    ),
    "fields.unknown_type": Row(
        (
            _l(
                "The field %(key)s is of a kind that SuperOffice does not know: %(field_type)s. It refuses the whole "
                "answer."
            ),
            _l("A field is of a kind that SuperOffice does not know. It refuses the whole answer."),
        ),
        _l("Have the field given one of the eight kinds in the interface description."),
        (
            _l(
                "Give the field %(key)s one of these kinds: Checkbox, Text, Password, Integer, Double, List, Datetime, "
                "Label."
            ),
            _l("Give each field one of these kinds: Checkbox, Text, Password, Integer, Double, List, Datetime, Label."),
        ),
    ),
    "fields.none": Row(
        _l("The connector works and asks for no fields."),
        _l("That can be right. If the provider's instructions name fields, have the connector's own set-up looked at."),
        _l("Tell me whether it is right that the connector asks for no fields."),
    ),
    "fields.list_unavailable": Row(
        (
            _l("The connector works, but did not give the choices of the list %(list)s."),
            _l("The connector works, but did not give the choices of a list."),
        ),
        _l("You can go on and type the key of your choice. Have the list looked at; the technical detail says why."),
        (
            _l("Find out why the connector gives no choices for the list %(list)s."),
            _l("Find out why the connector gives no choices for a list."),
        ),
    ),
    "config.rejected": Row(
        (
            _l("The connector works, but its test of the details failed: %(answer)s"),
            _l("The connector works, but its test of the details failed."),
        ),
        (
            _l(
                "Correct the field %(field)s and test again. If it is still refused, your ERP administrator can tell "
                "what is needed."
            ),
            _l(
                "Correct what the answer names and test again. If it is still refused, your ERP administrator can "
                "tell what is needed."
            ),
        ),
        _l("Tell me which details the ERP expects, or change what it refuses."),
    ),
    "config.no_explanation": Row(
        _l("The connector works, but its test of the details failed, and nothing says why."),
        _l("Compare every field with what your ERP administrator gave you. The technical detail may say more."),
        _l("Look at the ERP's log at the time given below, and tell me what it refused."),
    ),
    "config.contradiction": Row(
        (
            _l("The connector says both that the test passed and that it failed: %(answer)s"),
            _l("The connector says both that the test passed and that it failed."),
        ),
        _l(
            "Compare every field with what you were given and test again. If all is right, tell the app's provider: "
            "State and IsOk of the answer contradict each other."
        ),
        _l("State and IsOk of the answer to the test contradict each other. Tell me which one holds."),
    ),
    "config.info": Row(
        (
            _l("Your ERP let the connector in, with a remark: %(answer)s"),
            _l("Your ERP let the connector in, with a remark that has no text."),
        ),
        _l("Nothing has to be done now."),
        _l("Tell me whether anything has to be done."),
    ),
    "config.warning": Row(
        (
            _l("Your ERP let the connector in, with a warning: %(answer)s"),
            _l("Your ERP let the connector in, with a warning that has no text."),
        ),
        _l("You can save. Ask your ERP administrator what the warning means for the synchronisation."),
        _l("Tell me what this warning means for the synchronisation."),
    ),
    "save.rejected": Row(
        (
            _l("The connector did not keep the connection: %(answer)s"),
            _l("The connector did not keep the connection, and nothing says why."),
        ),
        _l("Correct what it names, if it names anything. Test again and save again: what you entered is still here."),
        _l("Tell me what is needed for the connector to keep the connection."),
    ),
    "connection.rejected": Row(
        (
            _l("The connector kept the connection, but its test failed: %(answer)s"),
            _l("The connector kept the connection, but its test failed."),
        ),
        _l(
            "Test again and save again. If it stays so, tell the app's provider: the same details passed before saving."
        ),
        _l("Find out why details that pass WSTestConfigData fail in WSTestConnection once they are saved."),
    ),
    "connection.unknown": Row(
        _l("The connector took the connection twice and did not know it afterwards."),
        _l("Tell the app's provider that the connector does not store its connections."),
        _l("Find out why the connector does not know a connection right after WSSaveConnection."),
    ),
    "catalog.rejected": Row(
        (
            _l("The connection is saved, but the connector did not say what can be synchronised: %(answer)s"),
            _l("The connection is saved, but the connector did not say what can be synchronised."),
        ),
        _l("You can go on. Test the connection again before you choose what is synchronised."),
        _l("Find out why the connector does not list its actor types and their fields."),
    ),
}
