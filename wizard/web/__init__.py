"""What all pages share: access, limits, responses to browsers and to htmx, lists, languages, errors, static files."""
