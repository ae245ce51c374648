"""The pages of a connection's configuration, a module or folder a part, on one blueprint."""

from wizard.views.configuration import copying, fields
from wizard.views.configuration.blueprint import blueprint
from wizard.views.configuration.importing import pages as importing
from wizard.views.configuration.order import pages as order

__all__ = ["blueprint", "copying", "fields", "importing", "order"]
