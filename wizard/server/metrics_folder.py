"""The folder into which the processes of one server count together."""

from __future__ import annotations

import os
import shutil
import tempfile


def create_metrics_folder() -> str:
    """Creates an empty one and names it to the library that counts, which has to be imported after this."""
    folder = tempfile.mkdtemp(prefix="erp-wizard-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    return folder


def remove_metrics_folder(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
