"""Screens of 统计表."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
