"""What can be practised with: a real SOAP endpoint on a small made-up ERP, and a made-up SuperOffice.

Both have faults that can be chosen. `wizard.practice.superoffice` is loaded by what mounts it.
"""

from wizard.practice.connector import PASSWORD, PATH, create_blueprint

__all__ = ["PASSWORD", "PATH", "create_blueprint"]
