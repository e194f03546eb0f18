"""What other address books wrote, taken in."""
