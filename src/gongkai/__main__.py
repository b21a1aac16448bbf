"""``python -m gongkai``: the same as the command ``gongkai``."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
