"""Monitoring: its pages for connections and connectors, and the strip of 30 days that other pages show too."""
