"""Screens of organs, people and the calendar, under /office/organs/."""
