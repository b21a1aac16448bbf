"""Gongkai 公开: open-source software for government information disclosure in China (政府信息公开).

The core — :mod:`gongkai.law`, :mod:`gongkai.report`, :mod:`gongkai.reading`, :mod:`gongkai.checking`,
:mod:`gongkai.ledger` — is pure: bytes and values in, values out. Importing the package loads none of the libraries
that single formats need; each is imported by the module that reads or writes that format, when it is first used.
"""

__version__ = "0.1.0"
