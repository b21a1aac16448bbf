"""Screens of 汇总."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
