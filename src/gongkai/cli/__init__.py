"""The command line (命令行): a thin shell of one module a command, around the core.

Here stands what all commands share: which there are, how a mistake ends, and that standard output is UTF-8. A command's
module declares its options and does its work; it is imported when it is needed, and heavy libraries later still.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from ..report.errors import GongkaiError
from .output import UnknownEndingError
from .parser import CommandLineError, build_parser
from .terminal import complain, trouble

DONE, FOUND, WRONG_COMMAND_LINE, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses: all well; something was found or not readable; the command line is wrong; stopped by the user."""


def main(args: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status, whatever happens, and never prints a traceback."""
    _speak_utf8()
    parser = build_parser()
    try:
        options = parser.parse(sys.argv[1:] if args is None else args)
        if options is None:
            return DONE
        status: int = options.run(options)
        sys.stdout.flush()
    except CommandLineError as error:
        complain(f"{error}\n{error.usage}".strip())
        return WRONG_COMMAND_LINE
    except UnknownEndingError as error:
        complain(str(error))
        return WRONG_COMMAND_LINE
    except GongkaiError as error:
        complain(str(error))
        return FOUND
    except KeyboardInterrupt:
        complain("\n已停止。")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output, `head` for one, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND
    except OSError as error:
        complain(f"{error.filename or ''}：{trouble(error)}")
        return FOUND
    except Exception as error:
        if sys.flags.dev_mode:  # python -X dev -m gongkai …
            raise
        complain(f"程序出了错（{type(error).__name__}：{error}）。请把这句话和所用的命令报告给开发者。")
        return FOUND
    return status


def _speak_utf8() -> None:
    """Chinese and JSON come out whole also where the system's locale knows neither."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
