"""`erp-wizard export | import`: connectors and connections as a YAML file. The command line uses `command` only."""
