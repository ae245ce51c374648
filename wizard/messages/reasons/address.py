"""The words of the reasons of an address, from its form to a connection."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from wizard.messages.reasons.row import Row

ADDRESS_ROWS: Mapping[str, Row] = {
    "address.empty": Row(
        _l("No address has been entered."),
        _l("Enter the connector URL from the app provider's instructions."),
    ),
    "address.malformed": Row(
        (_l("This is not an address that can be called: %(url)s"), _l("This is not an address that can be called.")),
        _l("Copy the whole address from the provider's instructions. It begins with https:// and often ends in .svc."),
    ),
    "address.malformed/port": Row(
        (
            _l("The port in this address is not a number from 1 to 65535: %(url)s"),
            _l("The port in this address is not a number from 1 to 65535."),
        ),
        _l("Compare the port in the address with the provider's instructions."),
    ),
    "address.malformed/invisible": Row(
        (
            _l("There is an invisible character in this address, shown as ·: %(url)s"),
            _l("There is an invisible character in this address."),
        ),
        _l("Delete it, or type the address by hand."),
    ),
    "address.malformed/twice": Row(
        (_l("This address has two beginnings: %(url)s"), _l("This address has two beginnings.")),
        _l("Delete the first https:// or http://, so that only one is left."),
    ),
    "address.unsupported_scheme": Row(
        (
            _l(
                "The address begins with %(scheme)s:. SuperOffice calls connectors at addresses that begin with https:."
            ),
            _l("The address does not begin with https://."),
        ),
        _l("Enter the address that begins with https://."),
    ),
    "address.app_scheme": Row(
        _l("An app:// address is looked up inside SuperOffice and cannot be called from here."),
        _l("Enter the address behind it too, so that it can be tested. The app's provider knows it."),
        _l("Tell me the https address that this app:// address stands for."),
    ),
    "address.credentials": Row(
        _l("The address has a user name or password in it. SuperOffice calls connectors without one."),
        _l(
            "Remove what stands between // and the server's name, the @ too. Sign-in details belong in the fields of "
            "step 3."
        ),
    ),
    "address.too_long": Row(
        (
            _l("The address has %(length)s characters. SuperOffice keeps %(limit)s at most."),
            _l("The address is longer than SuperOffice can keep."),
        ),
        _l("Ask the provider for a shorter address."),
        _l("Offer the connector at a shorter address."),
    ),
    "address.not_allowed": Row(
        (
            _l("%(host)s leads to %(addresses)s. %(address)s may not be called from here."),
            _l("%(address)s may not be called from here."),
            _l("This address may not be called from here."),
        ),
        _l(
            "Enter the address under which the connector is reached over the network. If this one is right, the person "
            "who runs this wizard can allow it with the setting ERP_WIZARD_ALLOW."
        ),
    ),
    "address.not_allowed/own": Row(
        (
            _l("%(host)s leads to %(address)s, which is this machine itself. It may not be called from here."),
            _l("%(address)s is this machine itself. It may not be called from here."),
            _l("This address is this machine itself. It may not be called from here."),
        ),
        _l(
            "Compare the address with the provider's instructions. If the connector does run on this machine, the "
            "person who runs this wizard can allow it with the setting ERP_WIZARD_LOOPBACK."
        ),
    ),
    "address.port_not_allowed": Row(
        (
            _l("Port %(port)s belongs to another kind of service, such as mail or a database, and may not be called."),
            _l("This port belongs to another kind of service, such as mail or a database, and may not be called."),
        ),
        _l(
            "Compare the port in the address with the provider's instructions. If it is right, the person who runs "
            "this wizard can allow it with the setting ERP_WIZARD_ALLOW_PORTS."
        ),
    ),
    "address.plain_http": Row(
        _l("It uses http, so others can read everything on its way, passwords too."),
        _l("Ask the provider for an address that begins with https://."),
        _l("Offer the connector at an address that begins with https://."),
    ),
    "dns.not_found": Row(
        (_l("The name %(host)s is not known."), _l("The server's name is not known.")),
        _l(
            "Compare the address with the provider's instructions, letter by letter. A name of your own network must "
            "be known to the name server of this machine; your IT department sees to that."
        ),
        (
            _l("Tell me whether the name %(host)s is right, and from which network it is known."),
            _l("Tell me whether the server's name is right, and from which network it is known."),
        ),
    ),
    "dns.temporary": Row(
        (
            _l("The name %(host)s could not be looked up, because the name server gave no usable answer."),
            _l("The server's name could not be looked up, because the name server gave no usable answer."),
        ),
        _l("Check again in a minute. If it stays so, have the name server of this machine looked at."),
        _l("Have a look at the name server that this machine uses: it gives no usable answer for %(host)s."),
    ),
    "connect.refused": Row(
        (
            _l(
                "%(server)s refuses connections on port %(port)s: nothing answers there, or a firewall turns them away."
            ),
            _l("%(host)s refuses connections: nothing answers there, or a firewall turns them away."),
        ),
        _l(
            "Compare server and port in the address with the provider's instructions. If they are right, have the "
            "connector started, and let through by the firewall."
        ),
        (
            _l(
                "Start the connector on port %(port)s of %(host)s and let calls through to it, or tell me the right "
                "port."
            ),
            _l("Start the connector on %(host)s and let calls through to it, or tell me the right port."),
        ),
        address_in_doubt=True,
    ),
    "connect.timeout": Row(
        (
            _l("%(server)s does not answer on port %(port)s. Usually a firewall keeps the call out."),
            _l("%(host)s does not answer. Usually a firewall keeps the call out."),
        ),
        (
            _l(
                "Compare the address with the provider's instructions. If it is right, have the firewall let this "
                "machine and SuperOffice through to %(host)s, port %(port)s."
            ),
            _l(
                "Compare the address with the provider's instructions. If it is right, have the firewall let this "
                "machine and SuperOffice through to %(host)s."
            ),
        ),
        (
            _l("Let this machine and SuperOffice through to %(server)s, port %(port)s."),
            _l("Let this machine and SuperOffice through to %(host)s."),
        ),
        address_in_doubt=True,
    ),
    "connect.unreachable": Row(
        (_l("There is no way from here to %(server)s."), _l("There is no way from here to %(host)s.")),
        _l(
            "Have the network between here and %(host)s looked at: a VPN that is down, a missing route, or an address "
            "that only holds inside another network."
        ),
        (
            _l("Make a way from this machine to %(server)s: route, VPN or firewall."),
            _l("Make a way from this machine to %(host)s: route, VPN or firewall."),
        ),
    ),
    "connect.private": Row(
        (
            _l("It works from here. %(address)s is a private address: SuperOffice reaches it only from this network."),
            _l("It works from here. This is a private address: SuperOffice reaches it only from this network."),
        ),
        _l(
            "If SuperOffice runs in the cloud, ask the provider for a public address. If it runs in this network, you "
            "need not do anything; the setting ERP_WIZARD_SUPEROFFICE_NETWORKS takes this remark away."
        ),
        _l("Tell me under which address SuperOffice reaches the connector."),
    ),
    "connect.dead_address": Row(
        (
            _l("It works, but %(host)s has the address %(dead)s too, which does not answer. SuperOffice may try it."),
            _l("It works, but %(host)s has an address that does not answer. SuperOffice may try it."),
        ),
        (
            _l("Have %(dead)s removed from DNS, or the server reached there. Each call may lose 21 s until then."),
            _l("Have the address removed from DNS, or the server reached there. Each call may lose 21 s until then."),
        ),
        (
            _l("Remove %(dead)s from the DNS of %(host)s, or answer there too. Windows waits 21 s for it."),
            _l("Remove the address that does not answer from the DNS of %(host)s. Windows waits 21 s for it."),
        ),
    ),
}
