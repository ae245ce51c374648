"""The words for what IIS, HTTP.sys, ASP.NET and servlet containers say."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

_ACTIVATION = Row(
    _l("%(host)s hands out the connector's file instead of running it: the web server lacks what runs it."),
    _l("Have WCF's HTTP Activation installed there. It is a Windows feature, under .NET Framework Advanced Services."),
    _l(
        "Install the Windows feature HTTP Activation (.NET Framework Advanced Services, WCF Services) on %(host)s: it "
        "hands out the .svc file instead of running it."
    ),
)
_START = (
    _l("Have the Windows event log of the server looked at, at the time of this check. It says why."),
    _l("Look at the Windows event log (Application) of the server, at the time given below. It says why."),
)
_FAILED = Row(
    _l("The web server could not start the connector on %(host)s, so the call did not reach it."),
    *_START,
)

SERVER_ROWS: Mapping[str, Row] = {
    **dict.fromkeys(("iis.static_file", "iis.mime_map", "iis.no_handler"), _ACTIVATION),
    **dict.fromkeys(("iis.configuration", "aspnetcore.start", "wcf.activation", "aspnet.error"), _FAILED),
    "iis.custom_error": Row(
        _l("The connector on %(host)s failed, and IIS has put a page of its own in place of its answer."),
        _l("Have existingResponse set to PassThrough in httpErrors, and the connector's log looked at."),
        _l("Set existingResponse to PassThrough in httpErrors for this application, and look at the connector's log."),
    ),
    "iis.filtered": Row(
        _l("A rule of IIS's request filtering refuses the call to this address of %(host)s."),
        _l("Have the rule changed for the connector's address; it goes by file name, path, method or size."),
        _l(
            "Change the request filtering of IIS for this address: it refuses calls by file name, path, method or size."
        ),
    ),
    "iis.folder": Row(
        _l("The address leads to a folder on %(host)s, not to a connector."),
        _l("Enter the whole address. Often the end is missing: it should lead to the .svc file itself."),
        _l("Tell me the whole address of the connector on %(host)s."),
    ),
    "httpsys.host": Row(
        _l("The web server does not know the name %(host)s, so it refuses every call under it."),
        _l("Have %(host)s added to the bindings of the web site, or enter the name that it knows."),
        _l("Add %(host)s to the bindings of the web site, or tell me the name that it knows."),
        address_in_doubt=True,
    ),
    "httpsys.pool": Row(
        _l("The application pool of the connector on %(host)s is stopped."),
        _l("Have the application pool started in IIS Manager. If it stops again, the Windows event log says why."),
        _l("Start the connector's application pool in IIS. If it stops again, the Windows event log says why."),
    ),
    "wcf.anonymous": Row(
        _l("The connector's settings and those of its web site on %(host)s ask for different kinds of sign-in."),
        _l("Have anonymous access switched on in IIS for the connector, and its binding set to no client credential."),
        _l("Switch on anonymous access in IIS for the connector and set clientCredentialType to None in its binding."),
    ),
    "wcf.no_https": Row(
        _l("The connector on %(host)s is set up for another scheme (http or https) than its web site offers."),
        _l("Have an https binding added to the web site in IIS, and the connector's binding set to Transport."),
        _l("Add an https binding to the web site in IIS, and set the security mode of the connector to Transport."),
    ),
}
