"""How the tables came to be as they are, a step at a time."""

HEAD = "0009"  # what the code below expects to find
