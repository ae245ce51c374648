"""The command line: `erp-wizard run | check | db upgrade | login-link`."""

from __future__ import annotations

import sys

import click

from wizard.errors import WizardError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="erp-sync-wizard")
def cli() -> None:
    """ERP Sync Setup connects SuperOffice CRM to an ERP in three guided steps, each tested for real."""


@cli.command()
def run() -> None:
    """Start the wizard on this machine and print its address.

    Settings are ERP_WIZARD_* variables; the README lists them.
    """
    from wizard import serve
    from wizard.config import Settings

    serve.run(Settings.from_environment(), click.echo)


@cli.group()
def db() -> None:
    """Care for the database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema; `run` does it too."""
    from wizard import create_app, serve

    serve.upgrade(create_app())
    click.echo("The database is up to date.")


@cli.command("login-link")
@click.argument("username", required=False)
def login_link(username: str | None) -> None:
    """Print a one-time link.

    With a USERNAME it lets that person set a new password. Without one it creates the first administrator.
    """
    from wizard import create_app, serve
    from wizard.config import Settings

    settings = Settings.from_environment()
    app = create_app(settings)
    serve.upgrade(app)
    link = serve.welcome_link(app, serve.address_of(settings), username)
    if link is None:
        raise click.ClickException("There is an administrator already. Name whom the link is for: erp-wizard login-link USERNAME")
    click.echo(link)


def main() -> None:
    """Entry point: what this package raises on purpose becomes one sentence and exit code 2."""
    try:
        cli()
    except WizardError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
