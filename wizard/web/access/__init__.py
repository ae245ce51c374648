"""Who is let in: addresses and proxies, sizes and limits of requests, sessions, roles, and forms of ended sessions.

`wizard.web` names what views may use of it, and `wizard.app` installs the rest.
"""
