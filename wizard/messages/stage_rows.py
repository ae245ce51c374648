"""The titles of the stages, and what each says while it runs and when it has passed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from wizard.domain.check import Stage
from wizard.messages.facts import Text, Texts


@dataclass(frozen=True, slots=True)
class StageRow:
    """`where` completes "The check stopped at"; `where_late`, if it is another place, and `late` are said of an early
    reason at a later stage.
    """

    title: Text
    code: Text
    where: Text
    running: Text
    passed: Texts
    late: Text = ""
    where_late: Text = ""


STAGES: Mapping[Stage, StageRow] = {
    Stage.ADDRESS: StageRow(
        _l("Address"),
        "",
        _l("the address"),
        _l("Reading the address."),
        (
            _l("SuperOffice says that %(tenant)s is at %(host)s."),
            _l("It uses %(scheme)s and may be called from this server."),
            _l("It may be called from this server."),
        ),
    ),
    Stage.DNS: StageRow(
        _l("Name lookup"),
        "DNS",
        _l("the name lookup"),
        _l("Looking up the server's name."),
        (_l("%(host)s is %(addresses)s."), _l("%(host)s is %(address)s."), _l("The name is known.")),
    ),
    Stage.CONNECT: StageRow(
        _l("Connection"),
        "TCP",
        _l("the connection"),
        _l("Connecting to the server. A firewall may keep us waiting up to %(seconds)s s."),
        (_l("The server accepts connections on port %(port)s."), _l("The server accepts connections.")),
    ),
    Stage.TLS: StageRow(
        _l("Encryption"),
        "TLS",
        _l("encryption"),
        _l("Agreeing on encryption and looking at the certificate. A slow server may take up to %(seconds)s s."),
        (_l("%(version)s. The certificate is valid until %(until)s."), _l("The connection is encrypted.")),
    ),
    Stage.HTTP: StageRow(
        _l("Web server"),
        "HTTP",
        _l("the web server"),
        _l("Making one call, as SuperOffice will. The answer may take up to %(seconds)s s."),
        (_l("SuperOffice %(product)s answers."), _l("It answers requests.")),
    ),
    Stage.CONTRACT: StageRow(
        _l("Connector"),
        "SOAP",
        _l("the connector's answer"),
        _l("Reading the answer as SuperOffice will."),
        _l("It is an ERP Sync connector."),
    ),
    Stage.FIELDS: StageRow(
        _l("Configuration fields"),
        "",
        _l("the configuration fields"),
        _l("Reading which fields it asks for, and the choices of their lists."),
        _l("It asks for no fields."),
    ),
    Stage.CONFIG: StageRow(
        _l("Configuration"),
        _l("your ERP"),
        _l("the ERP"),
        _l("The connector signs in to your ERP with these details. It may take up to %(seconds)s s."),
        (_l("Your ERP let the connector in: %(answer)s"), _l("Your ERP let the connector in.")),
        _l("It happened while the configuration was tested."),
        _l("the configuration"),
    ),
    Stage.SAVE: StageRow(
        _l("Saving"),
        _l("the connector"),
        _l("saving"),
        _l("Giving the connection to the connector to keep. It may take up to %(seconds)s s."),
        _l("The connector has kept the connection."),
        _l("It happened while the connection was saved."),
    ),
    Stage.CONNECTION: StageRow(
        _l("Saved connection"),
        _l("your ERP"),
        _l("the saved connection"),
        _l("Testing the connection as the connector has kept it. It may take up to %(seconds)s s."),
        _l("It works as the connector has kept it."),
        _l("It happened while the saved connection was tested."),
    ),
    Stage.CATALOG: StageRow(
        _l("ERP fields"),
        "",
        _l("the ERP fields"),
        _l("Asking what can be synchronised, and which fields it has."),
        (_l("It offers %(types)s, with %(fields)s fields."), _l("It offers nothing to synchronise yet.")),
        _l("It happened while the ERP was asked."),
    ),
    Stage.SIGN_IN: StageRow(
        _l("Sign-in"),
        "",
        _l("the sign-in"),
        _l("Signing in to SuperOffice."),
        (
            _l("As %(user)s, of %(company)s."),
            _l("As %(user)s."),
            _l("SuperOffice accepts the sign-in."),
        ),
    ),
    Stage.LICENCE: StageRow(
        _l("Licence"),
        "",
        _l("the licence"),
        _l("Looking for a licence that includes ERP sync."),
        (_l("%(module)s is there."), _l("A licence that includes ERP sync is there.")),
    ),
    Stage.RIGHTS: StageRow(
        _l("Rights"),
        "",
        _l("the rights"),
        _l("Asking what this user may do in SuperOffice."),
        (_l("%(user)s is an administrator."), _l("This user is an administrator.")),
    ),
    Stage.AGENT: StageRow(
        _l("Agent ErpSync"),
        "",
        _l("the agent ErpSync"),
        _l("Asking the agent ErpSync which connectors there are."),
        _l("The agent ErpSync can be used."),
    ),
    Stage.USERS: StageRow(
        _l("Users and groups"),
        "",
        _l("the users and groups"),
        _l("Reading the users and groups of SuperOffice."),
        _l("Users and groups can be read."),
    ),
    Stage.SUPEROFFICE: StageRow(
        _l("SuperOffice reaches it too"),
        "",
        _l("SuperOffice"),
        _l("Asking SuperOffice to call it from its own servers. It may take up to %(seconds)s s."),
        _l("SuperOffice calls it from its own servers, and it answers."),
    ),
    Stage.SUPEROFFICE_TEST: StageRow(
        _l("SuperOffice tests it too"),
        "",
        _l("SuperOffice's test"),
        _l("SuperOffice calls the connector, and the connector your ERP. It may take up to %(seconds)s s."),
        _l("SuperOffice's own test has passed."),
    ),
    Stage.SAVED_HERE: StageRow(
        _l("Saved here"), "", _l("saving"), _l("Saving what you entered."), _l("What you entered is safe here.")
    ),
    Stage.SAVED_THERE: StageRow(
        _l("Saved in SuperOffice"),
        "",
        _l("saving in SuperOffice"),
        _l("Looking whether SuperOffice has it already, then saving it. It may take up to %(seconds)s s."),
        (_l("SuperOffice has it as number %(id)s."), _l("SuperOffice has saved it.")),
        _l("It happened while it was saved in SuperOffice."),
    ),
    Stage.TESTED_THERE: StageRow(
        _l("Tested from SuperOffice"),
        "",
        _l("SuperOffice's test"),
        _l("SuperOffice calls the connector, and the connector your ERP. It may take up to %(seconds)s s."),
        _l("SuperOffice's own test has passed."),
        _l("It happened while SuperOffice tested the connection."),
    ),
    Stage.ERP_FIELDS: StageRow(
        _l("ERP fields"),
        "",
        _l("the ERP fields"),
        _l("SuperOffice reads which fields your ERP has."),
        (_l("It offers %(types)s, with %(fields)s fields."), _l("SuperOffice knows the fields of your ERP.")),
        _l("It happened while the ERP fields were read."),
    ),
    Stage.COMPARED: StageRow(
        _l("Compared"),
        "",
        _l("comparing"),
        _l("Reading back what SuperOffice has saved."),
        _l("SuperOffice has exactly what you entered."),
        _l("It happened while what was saved was read back."),
    ),
    Stage.MANDATORY_FIELDS: StageRow(
        _l("Mandatory fields"),
        "",
        _l("the mandatory fields"),
        _l("Looking whether each mandatory field has a direction."),
        _l("Each mandatory field has a direction."),
    ),
    Stage.LISTS: StageRow(
        _l("Lists"),
        "",
        _l("the lists"),
        _l("Looking whether the items of mapped lists are mapped."),
        (_l("All %(items)s items are mapped."), _l("No list is mapped.")),
    ),
    Stage.DEFAULTS: StageRow(
        _l("Defaults"),
        "",
        _l("the defaults"),
        _l("Looking whether the default values are complete."),
        _l("Nothing is missing."),
    ),
    Stage.CONNECTOR: StageRow(
        _l("Connector"),
        "",
        _l("the connector"),
        _l("Calling the connector. It may take up to %(seconds)s s."),
        _l("It answers as it did when the connection was saved."),
    ),
    Stage.ERP: StageRow(
        _l("ERP"),
        "",
        _l("the ERP"),
        _l("The connector signs in to your ERP. It may take up to %(seconds)s s."),
        _l("Your ERP lets the connector in."),
        _l("It happened while the ERP was tested."),
        _l("the ERP"),
    ),
    Stage.REACHED: StageRow(
        _l("From SuperOffice"),
        "",
        _l("SuperOffice's test"),
        _l("SuperOffice calls the connector, and the connector your ERP. It may take up to %(seconds)s s."),
        _l("SuperOffice's own test has passed."),
    ),
    Stage.SAME_THERE: StageRow(
        _l("Same in SuperOffice"),
        "",
        _l("comparing"),
        _l("Writing what is not in SuperOffice yet, and reading it back."),
        _l("Nothing differs from what is saved here."),
    ),
    Stage.ACCEPTED: StageRow(
        _l("SuperOffice accepts"),
        "",
        _l("SuperOffice's answer"),
        _l("Asking SuperOffice to activate it."),
        _l("SuperOffice has activated it."),
    ),
}
RUNNING_OF_A_LINK: Mapping[Stage, Text] = {
    Stage.ADDRESS: _l("Asking where SuperOffice is."),
    Stage.HTTP: _l("Asking SuperOffice for its version. The answer may take up to %(seconds)s s."),
}
