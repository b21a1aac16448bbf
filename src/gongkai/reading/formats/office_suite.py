"""DOC, WPS and other documents through an office suite (LibreOffice), in a process of its own with limits.

The one module below ``reading`` that touches the machine: the command line passes ``convert`` to ``open_document``.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from ..document import UnreadableError

SECONDS = 60
MOST_MEMORY = 4 << 30
"""Address space, of which an office suite maps far more than it uses."""

MOST_OUTPUT = 128 << 20

_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_ENDINGS = frozenset({"doc", "wps", "rtf", "odt", "xml", "xls"})
_PRINTED = (_ENDINGS | {"docx"}) - {"xls"}
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf:writer_pdf_Export"}
_PACKAGES = {"docx": "libreoffice-writer", "xlsx": "libreoffice-calc", "pdf": "libreoffice-writer"}

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>2</value></prop></item>
</oor:items>
"""
"""No macros at all, no links to elsewhere followed."""


def find_suite() -> str | None:
    """The path of an office suite's program, None where none is installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _USUAL_PLACES if os.access(place, os.X_OK)), None)


def convert(data: bytes, ending: str, *, seconds: int = SECONDS) -> bytes:
    """The document as DOCX, or as XLSX where it is a workbook.

    ``ending``: ``doc``, ``wps``, ``rtf``, ``odt``, ``xml`` or ``xls``; ``seconds``: the most that the suite may take.
    Raises UnreadableError where no suite is installed, or it can't read the document in ``seconds``.
    """
    if ending not in _ENDINGS:
        raise UnreadableError(f"办公软件不转换 {ending.upper()} 文件，请先另存为 DOCX 再读取。")
    return _converted(data, ending, "xlsx" if ending == "xls" else "docx", seconds)


def as_pdf(data: bytes, ending: str, *, seconds: int = SECONDS) -> bytes:
    """A text document as PDF, to be looked at page by page. ``ending``: ``docx`` or one that `convert` takes, but no workbook.

    Raises UnreadableError like `convert`.
    """
    if ending not in _PRINTED:
        raise UnreadableError(f"办公软件不把 {ending.upper()} 文件转成页面。")
    return _converted(data, ending, "pdf", seconds)


def _converted(data: bytes, ending: str, new: str, seconds: int) -> bytes:
    program = find_suite()
    if program is None:
        raise UnreadableError(
            f"读取 {ending.upper()} 文件需要办公软件，本机没有找到。请安装 LibreOffice"
            f"（Debian、Ubuntu：apt-get install {_PACKAGES[new]}），或者先另存为 {new.upper()} 再读取。"
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source = folder / f"report.{ending}"
        source.write_bytes(data)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        command = [
            *_without_network(),
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--invisible",
            "--nologo",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            _FILTERS[new],
            "--outdir",
            str(folder / "out"),
            str(source),
        ]
        _run(command, folder, seconds)
        result = folder / "out" / f"report.{new}"
        if not result.is_file():
            raise UnreadableError(
                f"办公软件无法打开该文件：文件可能已损坏或已加密，或者缺少组件（apt-get install {_PACKAGES[new]}）。"
            )
        return result.read_bytes()


def _without_network() -> list[str]:
    """The start of a command that runs without a network, where this machine allows it to this user."""
    program = shutil.which("unshare")
    if program is None:
        return []
    command = [program, "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    trial = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if trial.returncode == 0 else []


def _run(command: list[str], folder: Path, seconds: int) -> None:
    """Run to the end or to the time limit; then nothing of it is left running."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": os.environ.get("LANG", "C.UTF-8"),
        "SAL_USE_VCLPLUGIN": "svp",
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: _limit(seconds),
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"办公软件在 {seconds} 秒内没有完成转换，文件可能已损坏。") from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _limit(seconds: int) -> None:
    """Limits of the process to come: processor time, memory, size of files, no core dumps."""
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
