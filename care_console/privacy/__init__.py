"""What is held on a person: told to them, taken out, and kept no longer than it is wanted."""
