"""Screens of 本地规定."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
