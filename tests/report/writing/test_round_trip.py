"""What is written reads back as it was, for any report, in every format."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading.read import read
from gongkai.report import Report, load_form
from gongkai.report.writing import blank_report, lay_out, read_json, write
from tests.generator.strategies import reports

FORMATS = ("docx", "html", "xlsx", "pdf")
_LONG = (
    "根据政府信息公开条例和年度报告格式的要求，本机关编制本报告，所列数据的统计期限自一月一日起至十二月三十一日止。"
    "对报告内容有疑问的，请与本机关政府信息公开工作机构联系，地址、电话和电子邮箱见门户网站。"
)
"""A paragraph of several lines, which every real report has; a PDF shows by such lines where its margins are."""


def read_back(report: Report, format: str, theme: str = "official") -> Report:
    return read(f"report.{format}", write(report, format, theme=theme)).report


def as_printed(report: Report, format: str) -> Report:
    """What a document can say of a report: no empty sections; a title; in a PDF no spaces, since typesetting leaves some
    of its own."""

    def text(printed: str) -> str:
        return printed.replace(" ", "") if format == "pdf" else printed

    return replace(
        report,
        title=text(lay_out(report).title),
        introduction=text(report.introduction),
        sections={key: text(section) for key, section in report.sections.items() if section},
    )


def differences(written: Report, back: Report, format: str) -> list[str]:
    """What did not come back, one line a thing."""
    expected, found = as_printed(written, format), as_printed(back, format)
    names = ("organ", "year", "edition", "title", "introduction")
    told = [(name, getattr(expected, name), getattr(found, name)) for name in names]
    for name in ("values", "marks", "sections"):
        one, other = getattr(expected, name), getattr(found, name)
        told += [(key, one.get(key, "absent"), other.get(key, "absent")) for key in sorted({*one, *other})]
    return [f"{name}: {one!r} came back as {other!r}" for name, one, other in told if one != other]


@pytest.mark.parametrize("format", ["docx", "html", "xlsx"])
@settings(max_examples=25, deadline=None)
@given(report=reports(), theme=st.sampled_from(["official", "plain"]))
def test_a_written_report_reads_back_identical(format: str, report: Report, theme: str) -> None:
    assert not differences(report, read_back(report, format, theme), format)


@settings(max_examples=10, deadline=None)
@given(report=reports(), theme=st.sampled_from(["official", "plain"]))
def test_a_report_written_as_pdf_reads_back_identical_but_for_spaces(report: Report, theme: str) -> None:
    report = replace(report, introduction="\n".join(filter(None, (report.introduction, _LONG))))
    assert not differences(report, read_back(report, "pdf", theme), "pdf")


@settings(max_examples=60, deadline=None)
@given(report=reports())
def test_json_reads_back_identical_to_the_last_digit(report: Report) -> None:
    back = read_json(write(report, "json"))
    assert back == report
    assert {key: str(value) for key, value in back.values.items()} == {k: str(v) for k, v in report.values.items()}


@pytest.mark.parametrize("format", FORMATS)
def test_the_other_handling_printed_as_one_row_reads_back_as_one_row(format: str) -> None:
    values = dict.fromkeys(load_form("2021").cells, 1)
    for column in ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other_organisation"):
        del values[f"applications.other_uncorrected.{column}"]
        del values[f"applications.other_fee_unpaid.{column}"]
    del values["applications.other_uncorrected.total"], values["applications.other_fee_unpaid.total"]
    report = Report("望川市司法局", 2023, "2021", "望川市司法局2023年政府信息公开工作年度报告", "", values)
    assert read_back(report, format).values == values


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("format", ["docx", "html", "pdf"])
def test_a_blank_form_reads_back_with_every_cell_blank(format: str, edition: str) -> None:
    back = read_back(blank_report(edition), format)
    assert back.values == dict.fromkeys(load_form(edition).cells)
    assert (back.organ, back.year, back.edition) == (None, None, edition)


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_blank_workbook_reads_back_without_a_figure(edition: str) -> None:
    """Table 四's only line of figures ends its sheet: blank, it is not there for a reader of workbooks."""
    values = read_back(blank_report(edition), "xlsx").values
    remedies = {key for key in load_form(edition).cells if key.startswith("remedies.")}
    assert {**values, **dict.fromkeys(remedies)} == dict.fromkeys(load_form(edition).cells)
