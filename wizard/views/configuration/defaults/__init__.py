"""The page Defaults: what a new record of the ERP gets for fields that are not mapped."""
