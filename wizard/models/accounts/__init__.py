"""Who signs in, how, from where, how often, and what was done by whom."""
