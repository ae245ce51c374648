"""What differs between SuperOffice and the wizard: shown on the page of a connector or connection, and chosen there."""
