"""Commands of organs and people."""
