"""Commands of the processes that run on: `erp-wizard run | worker | health`."""

from __future__ import annotations

import sys

import click


@click.command()
def run() -> None:
    """Start the wizard on this machine and print its address.

    Settings are ERP_WIZARD_* variables; docs/settings.md lists them.
    """
    from wizard.config import Settings
    from wizard.server import run as server

    server.run(Settings.from_environment(), click.echo)


@click.command()
@click.option(
    "--concurrency",
    metavar="N",
    type=click.IntRange(1, 1000),
    help="How many checks run at the same time; more wait. Without it, what ERP_WIZARD_CHECK_WORKERS says.",
)
@click.option(
    "--serve-metrics",
    is_flag=True,
    help="Answer /metrics, /healthz and /livez, and nothing else, at ERP_WIZARD_HOST and ERP_WIZARD_PORT.",
)
def worker(concurrency: int | None, serve_metrics: bool) -> None:
    """Execute the checks that other processes start, on this machine or on others.

    It needs ERP_WIZARD_QUEUE=procrastinate and a PostgreSQL database, and the same settings and keys as the processes
    that serve. SIGTERM ends it: what it has not finished within some seconds is left to other workers.
    """
    from wizard.config import Settings
    from wizard.server import worker as server

    server.work(Settings.from_environment(), concurrency, click.echo, serves_metrics=serve_metrics)


@click.command()
@click.option("--live", is_flag=True, help="Ask only whether the process answers, whatever its database says.")
def health(live: bool) -> None:
    """Ask the wizard that runs on this machine whether it can work, for a container or a monitor.

    It is asked at ERP_WIZARD_HOST and ERP_WIZARD_PORT. The exit code is 0 when it can work, and 1 when it cannot.
    """
    from wizard.cli import health as command
    from wizard.config import Settings

    is_well, status = command.ask(Settings.from_environment(), "/livez" if live else "/healthz")
    click.echo(status)
    sys.exit(not is_well)
