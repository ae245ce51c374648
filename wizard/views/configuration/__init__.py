"""The pages of a connection's configuration, a module or folder a part, on one blueprint."""

from wizard.views.configuration import copying, differing, fields
from wizard.views.configuration.activating import pages as activating
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.defaults import pages as defaults
from wizard.views.configuration.importing import pages as importing
from wizard.views.configuration.lists import pages as lists
from wizard.views.configuration.mapping import pages as mapping
from wizard.views.configuration.order import pages as order

__all__ = [
    "activating",
    "blueprint",
    "copying",
    "defaults",
    "differing",
    "fields",
    "importing",
    "lists",
    "mapping",
    "order",
]
