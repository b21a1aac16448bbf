"""Screens of the annual report, a module a page."""
