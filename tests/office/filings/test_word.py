"""The text out to Word and back: what was changed is shown before it is taken over, and the ties come back with it."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.narrative import texts_of
from gongkai.office.filings.record import save
from gongkai.office.filings.tied import rewritten, stale_in
from gongkai.office.registers.facts import add_fact

from .reporting import DAY, Reporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = Reporting()
    add_fact(office.organ, 2025, "trainings", 3, "", by=office.people["clerk"], today=DAY)
    office.begun()
    return office


def _document(office):
    answer = office.browsers["clerk"].get(office.at("filings_word"))
    assert answer.status_code == 200 and answer.content[:2] == b"PK"
    return answer.content


def _edited(document, old, new):
    """The document with words replaced, as an editor saves it."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            after.writestr(name, data)
    return changed.getvalue()


def _send(office, data, name="编辑稿.docx"):
    return office.browsers["clerk"].post(office.at("filings_word_back"), {"file": SimpleUploadedFile(name, data)})


def _overview(office):
    return texts_of(office.newest().report)["overview"]


def test_a_document_that_comes_back_as_it_went_out_changes_nothing(office):
    page = _send(office, _document(office)).content.decode()
    assert "文字相同，没有需要采用的改动" in page


def test_what_was_changed_is_shown_first_and_taken_over_with_its_ties_when_confirmed(office):
    data = _edited(_document(office), "组织信息公开培训", "精心组织信息公开培训")
    before = office.newest()
    answer = _send(office, data)
    page = re.sub(r"\s+", "", answer.content.decode())
    assert "精心组织信息公开培训3场" in page and "解除" not in page
    assert office.newest() == before
    sent = {"based_on": office.filing.newest, "sent": answer.context["sent"], "take": ["overview"]}
    assert office.browsers["clerk"].post(office.at("filings_word_back"), sent).status_code == 302
    assert "精心组织信息公开培训3场" in _overview(office)
    assert sorted(tie.sources for tie in office.newest().ties) == sorted(tie.sources for tie in before.ties)
    assert stale_in(replace(office.newest(), facts={**before.facts, "trainings": 8}))[0].current == 8


def test_a_section_that_was_not_chosen_stays(office):
    data = _edited(_document(office), "组织信息公开培训", "精心组织信息公开培训")
    answer = _send(office, data)
    sent = {"based_on": office.filing.newest, "sent": answer.context["sent"]}
    office.browsers["clerk"].post(office.at("filings_word_back"), sent)
    assert "精心" not in _overview(office)


def test_a_number_typed_over_in_word_keeps_its_tie_and_is_marked(office):
    document = _document(office)
    xml = zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()
    place = xml.index("组织信息公开培训")
    old = xml[place : xml.index(">3<", place) + 3]
    answer = _send(office, _edited(document, old, old[:-3] + ">7<"))
    sent = {"based_on": office.filing.newest, "sent": answer.context["sent"], "take": ["overview"]}
    office.browsers["clerk"].post(office.at("filings_word_back"), sent)
    assert "培训7场" in _overview(office)
    assert [(one.printed, one.current) for one in stale_in(office.newest())] == [(7, 3)]


def test_what_others_saved_meanwhile_is_not_overwritten_unseen(office):
    answer = _send(office, _edited(_document(office), "组织信息公开培训", "精心组织信息公开培训"))
    based_on = office.filing.newest
    content, _ = rewritten(office.newest(), {"problems": "别人写的问题。"})
    save(office.filing, content, based_on=based_on, by=office.people["clerk"], today=DAY, why="别人的")
    sent = {"based_on": based_on, "sent": answer.context["sent"], "take": ["overview"]}
    again = office.browsers["clerk"].post(office.at("filings_word_back"), sent)
    assert "别人同时保存了新的版本" in again.content.decode() and "别人写的问题。" in again.content.decode()
    assert "精心" not in _overview(office)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("报告.docx", b"", "空的"),
        ("报告.docx", b"%PDF-1.7\n", "请送回 DOCX 文件"),
        ("报告.docx", b"PK\x03\x04 no package", "文件不能打开"),
        ("报告.docx", b"\x00\x01\x02", "只能上传"),
    ],
)
def test_what_is_no_document_is_refused_beside_the_field(office, name, data, told):
    answer = _send(office, data, name)
    assert answer.status_code == 200 and told in answer.content.decode()


def test_a_file_of_another_person_is_not_taken(office):
    office.newest()
    sent = {"based_on": office.filing.newest, "sent": "forged", "take": ["overview"]}
    answer = office.browsers["clerk"].post(office.at("filings_word_back"), sent, follow=True)
    assert "已经过期" in answer.content.decode() and office.filing.newest == 1
