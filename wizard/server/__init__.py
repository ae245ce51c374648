"""How the wizard is started: by its own server, by another WSGI server, or for one command on its database.

Modules are imported one by one: a command must not load a web server that it does not start.
"""
