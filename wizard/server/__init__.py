"""Starts the wizard: `run` with its own server, `wsgi` for another one, `upgrade.open_app` for one command.

Nothing is imported here: a command must not load a web server that it does not start.
"""
