"""Screens of 接收报告."""
