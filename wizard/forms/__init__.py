"""What a person types, checked and made into what the services take."""
