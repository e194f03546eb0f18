"""From a file of addresses to the cards that it holds, row by row."""
