"""The commands of `erp-wizard`, a module each; `wizard.cli` loads the one that is asked for."""
