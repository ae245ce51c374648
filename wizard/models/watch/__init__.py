"""What is tested by itself, and how that went."""
