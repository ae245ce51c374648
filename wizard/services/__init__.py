"""What an administrator does, one verb a module."""
