"""Screens of the registers, one module a page or a few."""
