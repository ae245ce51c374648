"""What all pages share: who may ask, how a page or a part of it is answered, languages, errors, static files."""
