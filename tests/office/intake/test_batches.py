"""Batches: every format is read, whose report it is is recognised, and what is in the way is said."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.office.clock import now, today
from gongkai.office.filings.drafting import first_content
from gongkai.office.filings.models import Filing
from gongkai.office.filings.record import begin, take
from gongkai.office.filings.recorded import content_of
from gongkai.office.intake import reading
from gongkai.office.intake.cleaning import drop_abandoned, forget_pictures
from gongkai.office.intake.models import Batch, PageImage, Received
from gongkai.office.intake.standings import standings
from gongkai.office.organs.models import Organ, OrganName
from gongkai.office.vault.files import content, erase_unused
from gongkai.office.vault.models import StoredFile

from .. import builders
from .documents import LAYOUTS, Made, document

pytestmark = pytest.mark.django_db


def _page(district, batch, **query):
    return district.screen.get(reverse("intake_batch", args=[batch.pk]), query).content.decode()


def _labels(batch):
    return [one.label for one in standings(batch)]


@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_report_in_any_format_is_read_to_the_figures_that_it_prints_and_becomes_a_filing(district, kind):
    organ = district.organ("云溪区审计局")
    made = document("云溪区审计局", kind=kind)
    batch = district.send(made)
    received = batch.received.get()
    assert (received.organ, received.year, received.edition, received.state) == (organ, 2025, "2021", "read")
    district.take(batch)
    filing = Filing.objects.get()
    assert (filing.organ, filing.year, filing.outside, filing.stage, filing.approved) == (
        organ,
        2025,
        True,
        "submitted",
        1,
    )
    held = content_of(filing, 1)
    assert {key: held.report.values[key] for key in made.values} == made.values
    day = today()
    assert held.source == f"{made.name}，{day.year}年{day.month}月{day.day}日收到"
    assert (held.computed, held.ties, held.overrides) == ({}, (), {})


def test_sixty_files_at_once_are_read_and_taken_in(district):
    kinds = list(LAYOUTS)
    names = [f"云溪区第{number}局" for number in range(60)]
    for name in names:
        district.organ(name)
    batch = district.send(*(document(name, kind=kinds[number % 5], seed=number) for number, name in enumerate(names)))
    found = {one.name: one for one in batch.received.select_related("organ")}
    assert len(found) == 60
    assert all(str(one.organ) in name for name, one in found.items())
    clean = sum(one.clean for one in standings(batch))
    assert clean > 20
    district.screen.post(reverse("intake_take_all", args=[batch.pk]))
    assert Filing.objects.filter(outside=True, stage="submitted").count() == clean


def test_what_is_left_to_do_is_counted_by_what_it_is_and_can_be_shown_alone(district):
    for name in ("云溪区审计局", "云溪区民政局"):
        district.organ(name)
    torn = document("云溪区民政局", kind="txt", layout="cut_off", seed=2)
    batch = district.send(document("云溪区审计局", kind="txt"), torn, document("临水区商务局", kind="txt", seed=4))
    address = reverse("intake_batch", args=[batch.pk])
    context = district.screen.get(address).context
    assert dict(context["labels"]) == {"待核对": 1, "选择机关": 1} and context["todo"] == 3
    alone = district.screen.get(address, {"show": "todo", "label": "待核对"}).context
    assert [one.received.organ.name_on(today()) for one in alone["rows"]] == ["云溪区民政局"]


def test_the_list_asks_as_many_queries_for_many_files_as_for_few(district, django_assert_max_num_queries):
    names = [f"云溪区第{number}局" for number in range(12)]
    for name in names:
        district.organ(name)
    batch = district.send(*(document(name, kind="txt", seed=number) for number, name in enumerate(names)))
    with django_assert_max_num_queries(6):
        assert len(standings(batch)) == 12


def test_an_archive_of_a_folder_stands_for_its_files(district):
    district.organ("云溪区审计局")
    district.organ("云溪区民政局")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("云溪区审计局", "云溪区民政局"):
            made = document(name)
            archive.writestr(f"2025年报/{made.name}", made.data)
        archive.writestr("2025年报/__MACOSX/._x", b"x")
        archive.writestr("2025年报/照片.png", b"\x89PNG\r\n\x1a\n" + bytes(40))
    batch = district.send(Made("2025年报.zip", packed.getvalue(), {}))
    assert [one.name for one in batch.received.all()] == [
        "2025年报/云溪区审计局年报.docx",
        "2025年报/云溪区民政局年报.docx",
    ]
    assert [one for one in batch.remarks if "照片.png" in one and "文件是图片" in one] == batch.remarks


def test_a_damaged_archive_is_refused_with_the_reason_beside_the_field(district):
    address = reverse("intake_district", args=[district.government.code, 2025])
    broken = SimpleUploadedFile("年报.zip", b"PK\x03\x04 broken")
    response = district.screen.post(address, {"files": [broken], "received_on": today().isoformat()})
    assert "“年报.zip”没有接收" in response.content.decode()
    assert not Batch.objects.exists()


def test_the_same_file_twice_is_kept_once(district):
    district.organ("云溪区审计局")
    made = document("云溪区审计局")
    batch = district.send(made, Made("副本.docx", made.data, {}))
    assert batch.received.count() == 1
    assert batch.remarks == ["“副本.docx”与“云溪区审计局年报.docx”完全相同，只接收一份。"]


@pytest.mark.parametrize(
    ("printed", "match"),
    [
        ("云溪区市场监督管理局", "name"),
        ("云溪市监局", "short"),
        ("云溪区工商行政管理局", "former"),
        ("江北市云溪区市场监督管理局", "likeness"),
    ],
)
def test_the_organ_is_recognised_by_its_name_short_name_former_name_or_likeness(district, printed, match):
    organ = district.organ("云溪区市场监督管理局")
    present = organ.names.get()
    OrganName.objects.filter(pk=present.pk).update(short="云溪市监局", since=date(2022, 1, 1))
    OrganName.objects.create(organ=organ, name="云溪区工商行政管理局", since=organ.since, until=date(2021, 12, 31))
    received = district.send(document(printed, kind="txt", name="报告.txt")).received.get()
    assert (received.organ, received.match) == (organ, match)
    assert ("暂认作" in "".join(standings(received.batch)[0].reasons)) == (match == "likeness")


def test_an_organ_that_is_not_recognised_is_chosen_among_those_of_the_district(district):
    organ = district.organ("云溪区审计局")
    elsewhere = builders.make_organ("临水区审计局")
    batch = district.send(document("云溪区计划生育办公室", kind="txt", name="报告.txt"))
    assert _labels(batch) == ["选择机关"]
    assert "与登记的机关都对不上" in _page(district, batch)
    place = reverse("intake_place", args=[batch.pk, 1])
    response = district.screen.post(place, {"organ": elsewhere.code, "year": 2025})
    assert "请选择机关。" in response.content.decode()
    district.screen.post(place, {"organ": organ.code, "year": 2025})
    assert batch.received.get().organ == organ
    assert _labels(batch)[0] in ("可以接收", "待核对")


def test_what_is_compared_beside_a_refused_choice_of_the_organ_is_still_sent_to_the_page_of_the_file(district):
    district.organ("云溪区民政局")
    batch = district.send(document("云溪区民政局", kind="txt", layout="cut_off", seed=2))
    own = reverse("intake_report", args=[batch.pk, 1])
    page = district.screen.post(
        reverse("intake_place", args=[batch.pk, 1]), {"organ": "", "year": 2025}
    ).content.decode()
    assert "请选择机关。" in page and f'<form method="post" action="{own}"' in page
    assert f'href="{own}?cell=' in page and 'href="?cell=' not in page


def test_organs_below_another_government_and_the_government_itself_do_not_send_here(district):
    town = district.organ("云溪区凤桥镇人民政府", kind=Organ.Kind.GOVERNMENT)
    builders.make_organ("凤桥镇财政所", parent=town, kind=Organ.Kind.DEPARTMENT)
    batch = district.send(
        document("凤桥镇财政所", kind="txt", name="一.txt"),
        document("云溪区人民政府", kind="txt", name="二.txt"),
        document("云溪区凤桥镇人民政府", kind="txt", name="三.txt"),
    )
    assert [one.organ for one in batch.received.all()] == [None, None, town]


def test_what_is_no_report_is_told_and_can_be_set_aside_and_brought_back(district):
    batch = district.send(Made("通知.txt", "关于召开会议的通知。请各单位准时参加。".encode(), {}))
    assert _labels(batch) == ["不能读取"]
    assert "这份文件不是年度报告" in _page(district, batch)
    drop = reverse("intake_drop", args=[batch.pk, 1])
    district.screen.post(drop)
    assert _labels(batch) == ["不接收"]
    district.screen.post(drop, {"back": "1"})
    assert _labels(batch) == ["不能读取"]


def test_a_report_of_another_year_is_taken_in_only_when_somebody_says_so(district):
    organ = district.organ("云溪区审计局")
    batch = district.send(document("云溪区审计局", 2024, kind="txt"))
    assert _labels(batch) == ["年度不同"]
    district.screen.post(reverse("intake_take", args=[batch.pk, 1]))
    assert not Filing.objects.exists()
    district.screen.post(reverse("intake_place", args=[batch.pk, 1]), {"organ": organ.code, "year": 2024})
    assert batch.received.get().year == 2024


def test_of_two_files_of_one_organ_neither_is_taken_in_until_one_is_set_aside(district):
    district.organ("云溪区审计局")
    first = document("云溪区审计局", kind="txt", name="一.txt")
    batch = district.send(first, document("云溪区审计局", kind="txt", seed=2, name="二.txt"))
    assert _labels(batch) == ["重复", "重复"]
    district.screen.post(reverse("intake_drop", args=[batch.pk, 2]))
    assert _labels(batch)[1] == "不接收" and _labels(batch)[0] != "重复"


def test_an_organ_that_makes_its_report_here_can_not_send_it_as_a_file(district):
    organ = district.organ("云溪区审计局")
    begin(organ, 2025, first_content(organ, 2025), by=None, today=today(), why="编制")
    batch = district.send(document("云溪区审计局", kind="txt"))
    assert _labels(batch) == ["已有报告"]
    assert "在本系统编制2025年度报告（起草）" in _page(district, batch)
    district.screen.post(reverse("intake_take", args=[batch.pk, 1]))
    assert Filing.objects.get().outside is False


def test_a_report_that_was_returned_gets_another_version_from_the_next_file(district):
    district.organ("云溪区审计局")
    supervisor = builders.make_person("supervisor", district.government)
    batch = district.send(document("云溪区审计局", kind="txt", layout="lines"))
    district.take(batch)
    filing = Filing.objects.get()
    batch.delete()
    again = document("云溪区审计局", kind="txt", layout="lines", seed=3)
    batch = district.send(again)
    assert _labels(batch) == ["已有报告"]
    take(
        filing, "returned", version=1, by=supervisor, roles={"supervisor"}, today=today(), data={"reason": "数据有误。"}
    )
    assert "作为第2版" in _page(district, batch)
    district.take(batch)
    filing.refresh_from_db()
    assert (filing.newest, filing.stage) == (2, "submitted")
    address = reverse("intake_original", args=[filing.organ.code, 2025, 2])
    versions = district.screen.get(reverse("filings_versions", args=[filing.organ.code, 2025])).content.decode()
    assert f'href="{address}"' in versions
    original = district.screen.get(address)
    assert original.content == again.data
    assert original.headers["Content-Disposition"].startswith("attachment")


def test_web_pages_are_kept_encrypted_and_handed_out_only_to_be_saved(district):
    district.organ("云溪区审计局")
    made = document("云溪区审计局", kind="html")
    batch = district.send(made)
    stored = batch.received.get().file
    assert content(stored) == made.data
    response = district.screen.get(reverse("intake_file", args=[batch.pk, 1]))
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_reading_that_was_interrupted_shows_and_goes_on(district, monkeypatch):
    district.organ("云溪区审计局")
    monkeypatch.setattr(reading, "_submit", lambda pk: None)
    monkeypatch.setattr(reading, "wait", lambda batch, seconds: None)
    monkeypatch.setattr("gongkai.office.intake.views.sending.wait", lambda batch, seconds: None)
    batch = district.send(document("云溪区审计局", kind="txt"))
    response = district.screen.get(reverse("intake_batch", args=[batch.pk]))
    assert "已读 0 份，共 1 份" in response.content.decode() and response.headers["Refresh"]
    Batch.objects.update(moved_at=now() - reading.SILENT - timedelta(1))
    response = district.screen.get(reverse("intake_batch", args=[batch.pk]))
    assert "读取中断" in response.content.decode() and "Refresh" not in response.headers
    monkeypatch.setattr(reading, "_submit", reading.read_batch)
    district.screen.post(reverse("intake_resume", args=[batch.pk]))
    assert batch.received.get().state == Received.State.READ


def test_a_file_at_which_the_worker_ends_does_not_stop_the_others(district, monkeypatch):
    district.organ("云溪区审计局")
    plain = reading.process.answers

    def ending_at_first(task):
        if task["files"][0]["name"] == "坏.txt":
            raise reading.process.WorkerEndedError
        yield from plain(task)

    monkeypatch.setattr(reading.process, "answers", ending_at_first)
    batch = district.send(Made("坏.txt", "坏文件".encode(), {}), document("云溪区审计局", kind="txt"))
    assert [one.state for one in batch.received.all()] == ["unread", "read"]


def test_what_nobody_took_in_is_erased_after_a_while_and_what_was_stays_with_its_file(district):
    district.organ("云溪区审计局")
    district.organ("云溪区民政局")
    batch = district.send(document("云溪区审计局", kind="txt"), document("云溪区民政局", kind="txt", seed=4))
    district.take(batch)
    assert drop_abandoned(now() - timedelta(1)) == 0
    assert drop_abandoned(now() + timedelta(1)) == 1
    erase_unused(now() + timedelta(1))
    [left] = Received.objects.all()
    assert left.state == Received.State.TAKEN and content(left.file)
    assert StoredFile.objects.count() == 1
    assert drop_abandoned(now() + timedelta(1)) == 0


def test_images_of_pages_that_were_taken_in_go_after_a_while_and_are_drawn_again(district):
    district.organ("云溪区审计局")
    batch = district.send(document("云溪区审计局", kind="pdf", seed=3))
    district.take(batch)
    address = reverse("intake_report", args=[batch.pk, 1])
    first = district.screen.get(address).content.decode()
    assert PageImage.objects.exists()
    assert forget_pictures(now() - timedelta(1)) == 0
    assert forget_pictures(now() + timedelta(1)) > 0
    assert not PageImage.objects.exists()
    assert district.screen.get(address).content.decode().count("intake-page") == first.count("intake-page") > 1


def test_the_office_of_another_government_finds_nothing(district):
    district.organ("云溪区审计局")
    batch = district.send(document("云溪区审计局", kind="txt"))
    far = builders.make_organ("临水区人民政府", kind=Organ.Kind.GOVERNMENT)
    far_office = builders.make_organ("临水区人民政府办公室", kind=Organ.Kind.OFFICE, parent=far)
    other = builders.client_of(builders.make_person("clerk", far_office))
    for route, arguments in (
        ("intake_district", [district.government.code, 2025]),
        ("intake_batch", [batch.pk]),
        ("intake_report", [batch.pk, 1]),
        ("intake_file", [batch.pk, 1]),
    ):
        assert other.get(reverse(route, args=arguments)).status_code == 404
    assert other.post(reverse("intake_take", args=[batch.pk, 1])).status_code == 404
    reviewer = builders.client_of(builders.make_person("reviewer", district.office))
    assert reviewer.get(reverse("intake_batch", args=[batch.pk])).status_code == 403
