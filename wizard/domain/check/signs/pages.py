"""Signs of pages and redirects that were meant for people."""

from __future__ import annotations

from wizard.domain.check.reasons import Owner
from wizard.domain.check.signs.sign import ANSWERS, Sign, either, error, header, location, page, status, title

_SIGN_IN = (
    "/login",
    "/logon",
    "/log-in",
    "/signin",
    "/sign-in",
    "/sign_in",
    "login.",
    "logon.",
    "signin.",
    "returnurl=",
    "redirect_uri=",
    "/adfs/ls",
    "/oauth2/",
    "/oauth/",
    "/authorize",
    "/saml",
    "/sso",
    "/my.policy",
    "/cdn-cgi/access/",
    "accounts.google.com",
    "/realms/",
)
_MAINTENANCE = ("maintenance", "wartung", "onderhoud", "vedlikehold", "underhåll", "vedligeholdelse")

PAGES: tuple[Sign, ...] = (
    Sign(
        "redirect.itself",
        ("http.redirect",),
        (lambda said: said.leads_to_itself,),
        "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
    ),
    Sign(
        "redirect.https",
        ("http.redirect",),
        (lambda said: said.leads_to_https,),
        "https://learn.microsoft.com/en-us/aspnet/core/security/enforcing-ssl",
        owner=Owner.ADMIN,
    ),
    Sign(
        "redirect.sign_in",
        ("http.redirect",),
        (location(*_SIGN_IN),),
        "https://learn.microsoft.com/en-us/dotnet/api/"
        "microsoft.aspnetcore.authentication.cookies.cookieauthenticationoptions.loginpath",
    ),
    Sign(
        "page.suspended",
        (*ANSWERS, "http.redirect"),
        (either(title("account suspended"), location("/cgi-sys/suspendedpage.cgi")),),
        "https://docs.cpanel.net/knowledge-base/accounts/how-to-suspend-and-unsuspend-accounts/",
        "cPanel",
    ),
    Sign(
        "page.sign_in",
        ("contract.html", "http.auth_required", "http.forbidden"),
        (
            either(
                page('type="password"', "type='password'", "type=password"),
                title(
                    "sign in", "log in", "login", "anmeld", "inloggen", "aanmelden", "logga in", "logg inn", "log ind"
                ),
            ),
        ),
        "https://html.spec.whatwg.org/multipage/input.html#password-state-(type=password)",
    ),
    Sign(
        "sign_in.windows",
        ("http.auth_required",),
        (header("www-authenticate", "negotiate", "ntlm"),),
        "https://www.rfc-editor.org/rfc/rfc4559#section-4",
        "Windows",
    ),
    Sign(
        "sign_in.token",
        ("http.auth_required",),
        (header("www-authenticate", "bearer"),),
        "https://www.rfc-editor.org/rfc/rfc6750#section-3",
        "OAuth 2.0",
    ),
    Sign(
        "page.maintenance",
        ANSWERS,
        (
            either(
                lambda said: said.status == 503 and any(word in said.title for word in _MAINTENANCE),
                page("down for maintenance", "under maintenance", "scheduled maintenance", "maintenance mode"),
            ),
        ),
        "https://learn.microsoft.com/en-us/aspnet/core/host-and-deploy/app-offline",
    ),
    Sign(
        "page.listing",
        ANSWERS,
        (title("index of /"),),
        "https://httpd.apache.org/docs/2.4/mod/mod_autoindex.html",
        owner=None,
    ),
    Sign(
        "page.http_2",
        ("http.not_http", "http.closed", "http.unexpected_status"),
        (either(error("it speaks http/2 only"), header("upgrade", "h2")),),
        "https://www.rfc-editor.org/rfc/rfc9113#section-3.4",
    ),
    Sign("page.too_large", ANSWERS, (status(413),), "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14"),
)
