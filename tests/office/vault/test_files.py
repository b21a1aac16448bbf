import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps

from gongkai.office.cases.models import LetterTemplate
from gongkai.office.clock import now, today
from gongkai.office.vault import files
from gongkai.office.vault.models import StoredFile

from ..builders import make_person

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
TEXT = "云溪区老旧小区改造项目清单\n".encode()

pytestmark = pytest.mark.django_db


def on_disk(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def package(**parts: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def test_a_file_is_read_as_it_was_stored_and_lies_encrypted(settings):
    stored = files.store("申请书.txt", TEXT)
    assert files.content(stored) == TEXT
    assert [TEXT in path.read_bytes() for path in on_disk(settings)] == [False]
    assert files.is_true(stored)


def test_the_name_on_disk_says_nothing(settings):
    files.store("张明的身份证.pdf", PDF)
    assert [path.suffix for path in on_disk(settings)] == [""]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("申请书.pdf", "申请书.pdf"),
        ("申请书.exe", "申请书.pdf"),
        ("..\\..\\etc/申请书", "申请书.pdf"),
        ("a\u202egnp.pdf", "agnp.pdf"),
        (".pdf", "文件.pdf"),
    ],
)
def test_a_file_is_named_by_what_it_is_without_paths_or_hidden_signs(name, kept):
    assert files.store(name, PDF).name == kept


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00" + b"\x00" * 60,
        b"<html><script>alert(1)</script></html>",
        b"  <svg xmlns='http://www.w3.org/2000/svg'/>",
        package(**{"readme.txt": "x"}),
        b"\x00\x01\x02",
    ],
    ids=["program", "web page", "drawing", "archive", "unknown"],
)
def test_what_a_browser_would_run_or_nobody_knows_is_not_taken(data, settings):
    with pytest.raises(files.RefusedFileError):
        files.store("申请书.pdf", data)
    assert not StoredFile.objects.exists() and on_disk(settings) == []


def test_an_empty_file_and_one_too_large_are_not_taken(settings):
    settings.GONGKAI_UPLOAD_LIMIT = 2**20
    with pytest.raises(files.RefusedFileError, match="是空的"):
        files.store("空.txt", b"")
    with pytest.raises(files.RefusedFileError, match="超过 1 兆字节"):
        files.store("大.pdf", PDF + b" " * 2**20)


def test_a_file_changed_or_lost_on_disk_is_not_true(settings):
    stored, other = files.store("a.txt", TEXT), files.store("b.pdf", PDF)
    mine = next(path for path in on_disk(settings) if path.name == str(stored.key))
    theirs = next(path for path in on_disk(settings) if path.name == str(other.key))
    mine.write_bytes(theirs.read_bytes())
    assert not files.is_true(stored)
    mine.write_bytes(b"rubbish")
    assert not files.is_true(stored)
    mine.unlink()
    assert not files.is_true(stored)


def test_an_erased_file_is_gone_while_its_digest_stays(settings):
    stored = files.store("a.txt", TEXT)
    files.erase(stored)
    assert on_disk(settings) == []
    assert StoredFile.objects.get(pk=stored.pk).sha256 == stored.sha256
    assert files.is_true(StoredFile.objects.get(pk=stored.pk))
    with pytest.raises(FileNotFoundError):
        files.content(stored)


TO_FILES = [
    field
    for model in apps.get_models(include_auto_created=True)
    for field in model._meta.get_fields()
    if field.concrete and not field.many_to_many and field.related_model is StoredFile
]


@pytest.fixture
def hidden(monkeypatch):
    """Every reference to a file as one has it that names no way back."""
    for field in TO_FILES:
        monkeypatch.setitem(
            vars(field.remote_field), "hidden", True
        )  # what Django remembers of a name that ends in "+"
    StoredFile._meta._expire_cache()
    yield
    monkeypatch.undo()
    StoredFile._meta._expire_cache()


def test_files_of_which_nothing_speaks_are_erased_after_a_while_and_newer_ones_stay(settings):
    unused = files.store("a.txt", TEXT)
    assert files.erase_unused(unused.stored_at) == 0
    assert len(on_disk(settings)) == 1
    assert files.erase_unused(now() + timedelta(1)) == 1
    assert not on_disk(settings) and not StoredFile.objects.exists()


def test_a_file_in_use_stays_even_where_the_reference_names_no_way_back(hidden):
    assert not StoredFile._meta.related_objects
    used, person = files.store("a.txt", TEXT), make_person()
    LetterTemplate.objects.create(
        organ=person.holdings.get().organ, letter="a", file=used, since=today(), uploaded_by=person, uploaded_at=now()
    )
    assert files.erase_unused(now() + timedelta(1)) == 0
    assert files.content(used) == TEXT


@pytest.mark.parametrize("field", TO_FILES, ids=str)
def test_no_reference_of_any_app_is_forgotten(hidden, field):
    asked = str(files.unspoken_of().query)
    assert f'FROM "{field.model._meta.db_table}"' in asked and f'."{field.column}" = ' in asked


def test_files_are_referred_to_from_several_apps():
    assert {field.model._meta.app_label for field in TO_FILES} >= {"cases", "intake", "portal"}
