"""Archives: members with readable names, and no bomb goes off."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import pytest

from gongkai.reading.document import UnreadableError
from gongkai.reading.formats.archive import MOST_MEMBERS, is_archive, members


def archive(*files: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        for name, content in files:
            file.writestr(name, content)
    return stream.getvalue()


def word() -> bytes:
    stream = BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def test_members_in_order_with_their_folders_and_without_clutter():
    data = archive(
        ("各局/甲局.txt", b"1"),
        ("__MACOSX/各局/._甲局.txt", b"x"),
        ("各局/.DS_Store", b"x"),
        ("Thumbs.db", b"x"),
        ("乙局.docx", word()),
    )
    assert [name for name, _ in members(data)] == ["各局/甲局.txt", "乙局.docx"]


def test_names_in_gbk_without_a_flag_are_read():
    name = "市场监管局2023年报.txt".encode("gbk")
    data = archive(("x" * len(name), b"1")).replace(b"x" * len(name), name)
    assert members(data) == [("市场监管局2023年报.txt", b"1")]


def test_archives_in_archives_are_opened_down_to_the_second():
    inner = archive(("丙.txt", b"3"))
    for depth in ("二.zip", "一.zip", "零.zip"):
        inner = archive((depth, inner))
    found = members(inner)
    assert [name for name, _ in found] == ["零.zip/一.zip/二.zip"]
    assert is_archive(found[0][1])


def test_office_documents_are_no_archives():
    assert is_archive(archive(("甲.txt", b"1")))
    assert not is_archive(word())
    assert not is_archive(b"%PDF-1.7")


@pytest.mark.parametrize(
    "data",
    [
        archive(("a.txt", b"\0" * (80 << 20))),
        archive(("a.txt", b"\0" * (30 << 20))),
        archive(*((f"{n}.txt", b"") for n in range(MOST_MEMBERS + 1))),
        archive(("a.txt", b"1" * 500))[:-40],
        archive(("a.txt", b"1" * 500)).replace(b"\x08\x00", b"\x63\x00"),
    ],
    ids=["too large", "bomb", "too many", "truncated", "unknown method"],
)
def test_what_is_damaged_or_beyond_the_limits_is_refused(data):
    with pytest.raises(UnreadableError, match=r"。$"):
        members(data)


def test_an_encrypted_member_is_refused_by_name():
    data = bytearray(archive(("甲.txt", b"1")))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        place = data.index(start) + (6 if start == b"PK\x03\x04" else 8)
        data[place] |= 1
    with pytest.raises(UnreadableError, match=r"“甲\.txt”已加密"):
        members(bytes(data))


def test_a_wrong_size_in_the_directory_does_not_help_a_bomb():
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        file.writestr(ZipInfo("a.txt"), b"\0" * (20 << 20), ZIP_DEFLATED)
    size = (20 << 20).to_bytes(4, "little")
    with pytest.raises(UnreadableError):
        members(stream.getvalue().replace(size, (9 << 10).to_bytes(4, "little")))


def test_a_member_without_a_name_is_a_member():
    data = archive(("x", b"1")).replace(b"x", b"\0")  # a name ends at its first zero byte
    assert members(data) == [("", b"1")]
