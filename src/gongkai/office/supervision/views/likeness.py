"""Screens of 内容雷同和异常."""

from __future__ import annotations

from django.urls import URLPattern

patterns: list[URLPattern] = []
