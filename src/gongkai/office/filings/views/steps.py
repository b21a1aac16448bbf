"""Screens of 办理步骤."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
