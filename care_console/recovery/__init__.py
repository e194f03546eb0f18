"""The care of a customer who was let down."""
