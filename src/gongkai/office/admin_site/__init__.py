"""Wagtail's back office as a disclosure office may run it: what is reachable, what leaves the building, what it says.

`routes.toml` lists what of Wagtail is reachable; the menu, the search and the addresses follow from that list. Nothing in a
page comes from another host, no script stands in a page, and every word is Chinese.
"""
