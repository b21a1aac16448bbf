"""Screens of 与上年比较."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
