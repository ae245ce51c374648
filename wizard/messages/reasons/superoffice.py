"""The words of the reasons that SuperOffice itself gives."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

_SAYS_ITS_STATE = (
    _l("Tell me what has become of our tenant %(tenant)s, and when it can be used. Its state is %(state)s."),
    _l("Tell me what has become of our tenant, and when it can be used."),
)

SUPEROFFICE_ROWS: Mapping[str, Row] = {
    "superoffice.tenant_unknown": Row(
        (
            _l("SuperOffice does not know the tenant %(tenant)s in this environment."),
            _l("SuperOffice does not know this tenant in this environment."),
        ),
        _l(
            "Compare the tenant with the address in your browser when you work in SuperOffice, and choose the "
            "environment that it belongs to."
        ),
    ),
    "superoffice.tenant_suspended": Row(
        (
            _l("The subscription of %(tenant)s has been suspended, so that nothing can be read or saved there."),
            _l("The subscription of this tenant has been suspended, so that nothing can be read or saved there."),
        ),
        _l("Have the subscription resumed, then check again."),
        _l("Resume our subscription, or tell me what is needed for that."),
    ),
    "superoffice.tenant_gone": Row(
        (
            _l("SuperOffice has deleted %(tenant)s, or could not set it up."),
            _l("SuperOffice has deleted this tenant, or could not set it up."),
        ),
        _l("If you expected something else, ask SuperOffice's support. To use another tenant, unlink this one first."),
        _SAYS_ITS_STATE,
    ),
    "superoffice.not_ready": Row(
        (
            _l("SuperOffice is still setting %(tenant)s up, or is about to move it."),
            _l("SuperOffice is still setting this tenant up, or is about to move it."),
        ),
        _l("Wait and check again later. It can take days; SuperOffice's support knows when it is done."),
        _SAYS_ITS_STATE,
    ),
    "superoffice.maintenance": Row(
        (
            _l("SuperOffice is upgrading %(tenant)s, and nothing can be read or saved there meanwhile."),
            _l("SuperOffice is upgrading this tenant, and nothing can be read or saved there meanwhile."),
        ),
        _l("Wait some minutes and check again. If it lasts, ask SuperOffice's support."),
        _SAYS_ITS_STATE,
    ),
    "superoffice.tenant_moved": Row(
        (
            _l(
                "%(host)s says that %(tenant)s is not there, and SuperOffice names it again. The tenant is being moved."
            ),
            _l(
                "%(host)s says that the tenant is not there, and SuperOffice names it again. The tenant is being moved."
            ),
        ),
        _l("Wait some minutes and check again. A move seldom takes hours."),
        (
            _l("Finish the move of %(tenant)s, or correct the state page: it names %(host)s, which answers 421."),
            _l("Finish the move of our tenant, or correct the state page: it names a server that answers 421."),
        ),
    ),
    "superoffice.redirect_unregistered": Row(
        (
            _l("The redirect URL %(redirect)s is not registered with the app."),
            _l("The redirect URL of this wizard is not registered with the app."),
        ),
        _l("Have exactly this redirect URL registered, in the same environment. The app then needs a new version."),
        (
            _l("Register the redirect URL %(redirect)s with the app, in the same environment."),
            _l("Register the redirect URL of our wizard with the app, in the same environment."),
        ),
    ),
    "superoffice.client_rejected": Row(
        _l("SuperOffice does not accept the client ID or the client secret of the app."),
        _l("Compare both with what the app's owner gave you. Each environment has a client ID and secret of its own."),
        (
            _l(
                "Tell me whether the client ID %(client_id)s belongs to this environment, and make a new client secret."
            ),
            _l("Tell me which client ID belongs to this environment, and make a new client secret."),
        ),
    ),
    "superoffice.needs_reapproval": Row(
        _l("The app has changed since it was approved for this tenant, and has to be approved again."),
        _l("Sign in again and approve the app. If SuperOffice does not ask for it, tell the app's owner."),
        (
            _l("See to it that the app can be approved again for %(tenant)s."),
            _l("See to it that the app can be approved again for our tenant."),
        ),
    ),
    "superoffice.agent_forbidden": Row(
        _l("This app may not use the agent ErpSync. That is usual for an app that was not registered for ERP sync."),
        _l(
            "Have the agent ErpSync opened for the app. SuperOffice's app manager does it when the app's owner asks. "
            "Until then you enter the values in SuperOffice yourself."
        ),
        (
            _l("Ask SuperOffice's app manager to open the agent ErpSync for the client ID %(client_id)s."),
            _l("Ask SuperOffice's app manager to open the agent ErpSync for the app."),
        ),
    ),
    "superoffice.consent_denied": Row(
        _l("The app was not approved when SuperOffice asked for it."),
        _l("Sign in again and approve it. That takes a General Administrator or User Administrator of SuperOffice."),
    ),
    "superoffice.consent_revoked": Row(
        (
            _l("SuperOffice no longer accepts the sign-in of %(since)s. The consent for this app was withdrawn."),
            _l("SuperOffice no longer accepts the sign-in. The consent for this app was withdrawn."),
        ),
        _l("Sign in again. SuperOffice then asks once more whether this app may be used."),
    ),
    "superoffice.wrong_tenant": Row(
        (
            _l("The sign-in belongs to %(found)s, not to %(tenant)s."),
            _l("The sign-in belongs to another tenant than the one that you entered."),
        ),
        _l("Sign in again with an account of the tenant that you entered, or enter the other one."),
    ),
    "superoffice.not_authorised": Row(
        (
            _l("SuperOffice does not allow this to the user who signed in: %(answer)s"),
            _l("SuperOffice does not accept this sign-in."),
        ),
        _l("Sign in again, with the user name and password of an active user who is an administrator of SuperOffice."),
    ),
    "superoffice.not_administrator": Row(
        (
            _l("%(user)s is no administrator of SuperOffice."),
            _l("The user who signed in is no administrator of SuperOffice."),
        ),
        _l("Sign in as a General Administrator, or have this right given to the user, then check again."),
    ),
    "superoffice.basic_disabled": Row(
        _l("SuperOffice answers, but this server takes no user names and passwords."),
        _l("Have AuthorizeWithUsername switched on in the web.config of SuperOffice's web API."),
        _l("Switch AuthorizeWithUsername on in the web.config of SuperOffice's web API."),
    ),
    "superoffice.too_old": Row(
        (
            _l("SuperOffice %(product)s does not have %(operation)s, which is needed here."),
            _l("SuperOffice does not have %(operation)s, which is needed here."),
            _l("SuperOffice does not have something that is needed here."),
        ),
        _l("Have SuperOffice updated to a newer version, then check again."),
        (
            _l("Update SuperOffice to a version whose web API has %(operation)s."),
            _l("Update SuperOffice to a newer version."),
        ),
    ),
    "superoffice.too_old/address": Row(
        _l("%(host)s answers, but there is no web API of SuperOffice at this address."),
        _l(
            "Enter the address as it is in your browser when you work in SuperOffice, up to its folder. If it is "
            "right, have SuperOffice's web API installed."
        ),
        _l("Tell me the address of SuperOffice's web API on %(host)s, or install it there."),
    ),
    "superoffice.licence_missing": Row(
        (
            _l("SuperOffice refuses it because of its licence: %(answer)s"),
            _l("SuperOffice shows neither the licence Development Tools nor ERP Sync."),
        ),
        _l(
            "Have one of them added to your licence. SuperOffice may only hide it: then everything works, and you can "
            "go on."
        ),
        (
            _l(
                "Tell me whether %(tenant)s has the licence Development Tools or ERP Sync, and add it if it has "
                "neither."
            ),
            _l("Tell me whether we have the licence Development Tools or ERP Sync, and add it if we have neither."),
        ),
    ),
    "superoffice.throttled": Row(
        _l("SuperOffice says that it was called too often."),
        _l("Wait some minutes and check again."),
        _l("Tell me how often our tenant may be called. The wizard makes five calls a second at most."),
    ),
    "superoffice.slow": Row(
        (
            _l("SuperOffice took the call, but did not finish its answer within %(limit_seconds)s s."),
            _l("SuperOffice took the call, but did not finish its answer in time."),
        ),
        _l("Check again. If it stays so, ask SuperOffice's support."),
        (
            _l("Find out why %(operation)s takes so long."),
            _l("Find out why the answers of the web API take so long."),
        ),
    ),
    "superoffice.no_answer": Row(
        (
            _l("SuperOffice could not carry out %(operation)s: %(answer)s"),
            _l("SuperOffice has answered %(operation)s with nothing."),
            _l("SuperOffice has answered with nothing."),
        ),
        _l("Check again. If it stays so, ask SuperOffice's support; the technical detail has what was asked."),
        (
            _l("Find out why %(operation)s gives no result."),
            _l("Find out why the web API gives no result."),
        ),
    ),
    "superoffice.misread": Row(
        (
            _l("SuperOffice's answer to %(operation)s is not as documented: %(member)s"),
            _l("SuperOffice's answer to %(operation)s is not as documented."),
            _l("SuperOffice's answer is not as documented."),
        ),
        _l("Check again. If it stays so, ask SuperOffice's support; the technical detail has the answer."),
        (
            _l("Find out why the answer to %(operation)s is not as documented."),
            _l("Find out why the answer of the web API is not as documented."),
        ),
    ),
    "superoffice.misread/html": Row(
        _l("A web page for people came instead of SuperOffice's answer."),
        _l("Check again. If it stays so, have any proxy on the way looked at, then ask SuperOffice's support."),
        _l("Find out why a web page comes instead of the answer of the web API."),
    ),
    "superoffice.refused": Row(
        (
            _l("SuperOffice refuses it: %(answer)s"),
            _l("SuperOffice refuses it and does not say why."),
        ),
        _l("Correct what SuperOffice names and try again. The technical detail says more."),
    ),
}
