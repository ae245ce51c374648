"""The only room that talks to other machines: HTTP and SOAP, redaction of secrets, and the checks of a connector."""
