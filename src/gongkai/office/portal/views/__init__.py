"""The public pages, a module for each thing one can do there."""
