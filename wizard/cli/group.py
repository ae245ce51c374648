"""The command line: `erp-wizard run | check | superoffice | export | import | backup | restore | rotate-keys | ...`."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from wizard.cli.serving import health, run, worker
from wizard.domain.languages import LANGUAGES
from wizard.errors import WizardError

_NAMES = [language.english_name for language in LANGUAGES.values()]
_HELP = f"""ERP Sync Setup connects SuperOffice CRM to an ERP in three guided steps, each tested for real.

Each command speaks the language that LANG or LC_ALL asks for: {", ".join(_NAMES[:-1])} or {_NAMES[-1]}.
"""


@click.group(help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="erp-sync-wizard")
@click.pass_context
def cli(context: click.Context) -> None:
    from wizard.languages import of_environment, speaking

    context.with_resource(speaking(of_environment()))


for command in (run, worker, health):
    cli.add_command(command)


@cli.command()
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON; a list for several URLs.")
@click.option(
    "--timeout",
    metavar="S",
    type=click.FloatRange(1, 600),
    default=30,
    show_default=True,
    help="Seconds that a whole check may take; with --full each call, and ten times as many in all.",
)
@click.option(
    "--ca-file",
    metavar="F",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A certificate authority to trust beside the public ones, as PEM.",
)
@click.option(
    "--config",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Test the configuration too, with values from this YAML or JSON file: field key and value, plain or encoded.",
)
@click.option(
    "--full",
    is_flag=True,
    help="Try all 17 operations on a throw-away connection, deleted at the end. Nothing is written to the ERP.",
)
@click.option("--junit", "as_junit", is_flag=True, help="With --full: print JUnit XML, for CI servers.")
def check(
    urls: tuple[str, ...],
    as_json: bool,
    timeout: float,
    ca_file: Path | None,
    config: Path | None,
    full: bool,
    as_junit: bool,
) -> None:
    """Check whether SuperOffice can use the connector at each URL, stage by stage.

    It needs no database and may call this machine too. The exit code is 0 when each check passed, with remarks or
    without, 1 when one failed, and 2 when the command line or a file cannot be used.
    """
    from wizard.cli import check as command

    if as_junit and not full:
        raise click.UsageError("--junit goes with --full.")
    if as_junit and as_json:
        raise click.UsageError("Choose one of --json and --junit.")
    request = command.request_from(timeout, ca_file, config)
    if full:
        from wizard.cli import conformance

        shape = "junit" if as_junit else "json" if as_json else "text"
        sys.exit(conformance.run(urls, request, shape=shape))
    sys.exit(command.run(urls, request, as_json=as_json))


@cli.group()
def superoffice() -> None:
    """Work with the SuperOffice that the wizard is linked with."""


@superoffice.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option(
    "--timeout", metavar="S", type=click.FloatRange(1, 600), default=30, show_default=True, help="Seconds it may take."
)
def superoffice_check(as_json: bool, timeout: float) -> None:
    """Check the link with SuperOffice as it is saved, stage by stage.

    The wizard need not run. A token that is renewed is saved, and nothing else is changed, here or there. The exit code
    is 0 when the check passed, with remarks or without, 1 when it failed, and 2 when nothing is linked.
    """
    from wizard.cli import superoffice as command
    from wizard.server import upgrade

    with upgrade.open_app() as app, app.app_context():
        sys.exit(command.check(timeout, as_json=as_json))


@cli.group()
def db() -> None:
    """Care for the database."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest schema; `run` does it too."""
    from flask_babel import gettext as _

    from wizard.server import upgrade

    with upgrade.open_app(create=True):
        click.echo(_("The database is up to date."))


@cli.command("rotate-keys")
def rotate_keys() -> None:
    """Put everything under a new key; the wizard may run meanwhile.

    Values and drafts are encrypted anew, then the old key is taken out of the key file. With ERP_WIZARD_KEYS, put the
    new key first there, start the wizard again, and then run this.
    """
    from wizard.cli import maintenance
    from wizard.server import upgrade

    with upgrade.open_app() as app:
        maintenance.rotate_keys(app, app.config["SETTINGS"], click.echo)


@cli.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write everything into one new FILE, as it is at one moment; the wizard may run meanwhile.

    Secrets stay encrypted. The keys are not in it: keep them elsewhere, for without them it cannot be restored. The
    exit code is 1 when something in it cannot be read with the keys that are here.
    """
    from wizard.cli import maintenance
    from wizard.config import Settings
    from wizard.server import upgrade

    with upgrade.open_for_reading() as app:
        if not maintenance.backup(app, Settings.from_environment(), file, click.echo):
            sys.exit(1)


@cli.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace everything that the database has.")
@click.option("--without-unreadable", is_flag=True, help="Leave out, and list, what the keys cannot read.")
@click.option("--unsigned", is_flag=True, help="Take a FILE that these keys did not sign, as of version 1.0.")
def restore(file: Path, replace: bool, without_unreadable: bool, unsigned: bool) -> None:
    """Read a backup FILE into an empty database, SQLite or PostgreSQL; all of it or nothing.

    Stop the wizard first. The keys of the instance that it was made of have to be here: they tell that nobody has
    changed the file, and added an administrator to it, for example.
    """
    from wizard.cli import maintenance
    from wizard.server import upgrade

    with upgrade.open_app(create=True, require_keys=not replace) as app:
        options = {"replace": replace, "without_unreadable": without_unreadable, "unsigned": unsigned}
        maintenance.restore(app, file, click.echo, **options)


@cli.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path | None) -> None:
    """Write connectors, connections, their scope and apps as YAML, to FILE or to the terminal.

    Secrets are not in it: each has a placeholder, like ${ACME_NORWAY_PASSWORD}.
    """
    from wizard.cli.transfer import command
    from wizard.server import upgrade

    with upgrade.open_app() as app:
        command.export_to(app, file, click.echo)


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print what would change. Nothing is called, asked or saved.")
@click.option("--as", "username", metavar="USERNAME", help="The administrator who does it, where there are several.")
def import_(file: Path, dry_run: bool, username: str | None) -> None:
    """Make connectors and connections as the YAML FILE has them.

    What is found by its name is changed, what is not there is added, and what the file does not name stays. Each
    change is tested as in the browser, and left out when its test does not pass; run it again when that is repaired.
    A placeholder like ${ACME_NORWAY_PASSWORD} is taken from the environment, is left as it is saved, or is asked for.
    The exit code is 0 when all is as the file has it, and 1 when something had to be left out.
    """
    from wizard.cli.transfer import command
    from wizard.server import upgrade

    with upgrade.open_app() as app:
        if dry_run:
            return command.show_changes(app, file, os.environ, click.echo)
        ask = _ask_for_secret if sys.stdin is not None and sys.stdin.isatty() else None
        if not command.import_file(app, file, username, os.environ, ask, click.echo):
            sys.exit(1)


def _ask_for_secret(name: str) -> str:
    secret: str = click.prompt(name, hide_input=True)
    return secret


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print every connector and connection as JSON.")
def drift(as_json: bool) -> None:
    """Ask SuperOffice and print what differs there from what is here.

    The exit code is 0 when nothing differs, 1 when something does or is gone there, and 2 when SuperOffice could not be
    asked. Secrets are never printed.
    """
    from wizard.cli import drift as command
    from wizard.server import upgrade

    with upgrade.open_app() as app:
        if not command.run(app, as_json=as_json, echo=click.echo):
            sys.exit(1)


@cli.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print by file, actor type and key the SuperOffice field, or null."
)
def suggest(files: tuple[Path, ...], as_json: bool) -> None:
    """Suggest SuperOffice fields for the fields of an ERP, without a database.

    Each FILE names the ERP's actors with their fields, as JSON or YAML; docs/field-suggestions.md shows one.
    """
    from wizard.cli import suggest as command

    command.run(list(files), as_json=as_json, echo=click.echo)


@cli.command("login-link")
@click.argument("username", required=False)
@click.option("--reset-second-factor", is_flag=True, help="Using the link also removes the account's second factor.")
def login_link(username: str | None, reset_second_factor: bool) -> None:
    """Print a one-time link.

    With a USERNAME it lets that person set a new password; a second factor is asked for all the same. Without one it
    creates the first administrator.
    """
    from flask_babel import gettext as _

    from wizard.server import first_link, upgrade
    from wizard.web import local_origin

    with upgrade.open_app() as app:
        settings = app.config["SETTINGS"]
        origin = settings.public_url or local_origin(settings.host, settings.port)
        link = first_link.welcome_link(app, origin, username, resets_second_factor=reset_second_factor)
    if link is None:
        raise click.ClickException(
            _("There is an administrator already. Name whom the link is for: erp-wizard login-link USERNAME")
        )
    click.echo(link)


def main() -> None:
    """Entry point: what this package raises on purpose becomes one sentence and exit code 2."""
    gc.set_threshold(50_000, 20, 50)  # a start makes much and no garbage: looking for some took a sixth of its time
    try:
        try:
            cli()
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except WizardError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except OSError as error:  # a full disk behind the standard output; a closed pipe is click's
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Python would try once more at its end
        click.echo(f"Error: What was found could not be written: {error.strerror}.", err=True)
        sys.exit(2)
