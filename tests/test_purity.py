"""The core loads no optional or heavy library when it is imported, and never Django."""

import subprocess
import sys

import pytest

HEAVY = {
    "selectolax", "lxml", "pypdfium2", "python_calamine", "highspy", "numpy", "opencc", "typst", "xlsxwriter",
    "pandas", "openpyxl", "docx", "docxtpl", "jinja2", "django", "wagtail",
}  # fmt: skip


@pytest.mark.parametrize(
    "module",
    [
        "gongkai",
        "gongkai.law",
        "gongkai.report",
        "gongkai.report.repair",
        "gongkai.report.schema",
        "gongkai.report.writing",
        "gongkai.reading",
        "gongkai.charts",
        "gongkai.checking",
        "gongkai.checking.page",
        "gongkai.ledger",
        "gongkai.letters",
        "gongkai.narrative",
        "gongkai.cli",
    ],
)
def test_importing_loads_no_heavy_library(module):
    program = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(ran.stdout.split())


def test_help_is_told_without_reading_or_checking_anything():
    program = "import sys; from gongkai.cli import main; main(['--help']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert HEAVY.isdisjoint(name.split(".")[0] for name in loaded)
    assert not [name for name in loaded if name.startswith(("gongkai.reading", "gongkai.checking", "gongkai.ledger"))]
