"""Screens of who supervises the annual reports of a district, a module a page."""
