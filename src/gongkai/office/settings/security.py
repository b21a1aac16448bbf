"""Security settings: to be filled in."""
