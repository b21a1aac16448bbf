"""A file that can't be opened is told as such, and not as a document that is no annual report."""

from io import BytesIO

import docx
import pytest

from gongkai.reading.read import read


def _told(name: str, data: bytes) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in read(name, data).findings]


@pytest.mark.parametrize("name", ["年报.docx", "年报.DOCX", "年报.xlsx", "年报.pdf"])
def test_what_is_no_package_under_the_name_of_one_can_not_be_opened(name):
    [(code, message)] = _told(name, "这里没有文档。".encode() * 20)
    assert code == "unreadable"
    assert message.startswith("无法打开")
    assert "重新取得" in message


def test_a_word_document_of_which_the_end_is_missing_can_not_be_opened():
    stream = BytesIO()
    docx.Document().save(stream)
    whole = stream.getvalue()
    [(code, message)] = _told("年报.docx", whole[: len(whole) // 2])
    assert (code, "无法打开" in message) == ("unreadable", True)


def test_a_text_that_says_what_it_is_and_is_no_report_is_still_told_as_no_report():
    assert [code for code, _ in _told("通知.txt", "关于召开会议的通知。".encode())] == ["not-a-report"]
