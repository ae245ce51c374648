"""The guide's pages, and the same forms opened from a list. Others use `blueprint` only."""

from importlib import import_module

from wizard.domain.steps import Step
from wizard.views.setups import ask, done, registered, setup
from wizard.views.setups.base import blueprint

for _step in Step:
    import_module(f"{__name__}.{_step.value}")

__all__ = ["ask", "blueprint", "done", "registered", "setup"]
