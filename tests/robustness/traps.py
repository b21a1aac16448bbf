"""Where external references lead, so that following one is noticed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traps:
    """``url``: of a server on this machine that notes every call; ``file``: URL of a file whose words no reading may show."""

    url: str = "http://127.0.0.1:9/"
    file: str = "file:///etc/hostname"


SECRET = "此句只在陷阱文件中"
