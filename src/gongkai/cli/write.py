"""Stub."""
from argparse import Namespace
from .parser import Parser
def declare(parser: Parser) -> None: ...
def run(options: Namespace) -> int: return 2
