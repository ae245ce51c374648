"""SuperOffice's users and user groups: adding and changing them, importing them from CSV, counting those of a scope."""
