"""The pages of checks, and how a check run is shown on any page."""
