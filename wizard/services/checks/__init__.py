"""Check runs: `start` and `cancel` them, `execute` them in the background, find their `runs` and `receipts`.

What a finished run means for connectors and connections is up to those topics, which are above: `FollowUp`.
"""

from wizard.services.checks.cancel import cancel_check
from wizard.services.checks.execute import AfterCommit, Cancelled, execute_run
from wizard.services.checks.receipts import (
    connection_payload,
    connector_payload,
    find_failure_after_address,
    find_receipt,
    find_usable_receipt,
    input_payload,
    run_failed_after_address,
    select_receipt,
    select_refusal,
    sign_payload,
    unless_refused,
)
from wizard.services.checks.runs import (
    end_abandoned_runs,
    find_own_run,
    find_run,
    find_visible_run,
    is_alive,
    latest_pass,
    latest_run,
    mark_if_abandoned,
    select_newest,
    select_newest_failures_of,
    select_newest_of,
    select_newest_pass_of,
    visible_runs,
    wait_for,
)
from wizard.services.checks.start import (
    check_connector,
    check_input,
    start_removal,
    start_saving,
    test_connection,
    test_values,
)

__all__ = [
    "AfterCommit",
    "Cancelled",
    "cancel_check",
    "check_connector",
    "check_input",
    "connection_payload",
    "connector_payload",
    "end_abandoned_runs",
    "execute_run",
    "find_failure_after_address",
    "find_own_run",
    "find_receipt",
    "find_run",
    "find_usable_receipt",
    "find_visible_run",
    "input_payload",
    "is_alive",
    "latest_pass",
    "latest_run",
    "mark_if_abandoned",
    "run_failed_after_address",
    "select_newest",
    "select_newest_failures_of",
    "select_newest_of",
    "select_newest_pass_of",
    "select_receipt",
    "select_refusal",
    "sign_payload",
    "start_removal",
    "start_saving",
    "test_connection",
    "test_values",
    "unless_refused",
    "visible_runs",
    "wait_for",
]
