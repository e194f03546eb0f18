"""A serial modem that tells who calls."""
