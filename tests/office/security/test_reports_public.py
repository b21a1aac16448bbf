"""What anybody can ask of the public reports, and what the answers must not tell."""

from __future__ import annotations

import pytest

from gongkai.office.filings.record import save
from gongkai.office.filings.recorded import content_of

from ..filings import ways

pytestmark = pytest.mark.django_db

WAY = (*ways.APPROVED, "published")
NUL = "%00"


@pytest.fixture
def place():
    return ways.district()


@pytest.fixture
def public(place):
    filing = ways.begun(place)
    ways.go(filing, place, *WAY)
    return filing


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reports/?year=" + "1" * 5000, 200),
        (f"/reports/?q={NUL}", 200),
        (f"/reports/?q=公开{NUL}", 200),
        ("/reports/?page=" + "9" * 5000, 200),
        (f"/guide/{NUL}/", 404),
        (f"/apply/{NUL}/", 404),
        (f"/rectify/{NUL}/", 404),
        ("/reports/x/0/", 404),
        ("/reports/x/" + "9" * 30 + "/", 404),
        ("/reports/x/" + "9" * 5000 + "/", 404),
        ("/reports/x/2025/99999999999999999999/report.pdf", 404),
    ],
)
def test_an_address_that_nobody_means_is_answered(client, address, status):
    assert client.get(address).status_code == status


def _tags(client, organ):
    pages = ("/reports/", f"/reports/{organ.code}/", f"/reports/{organ.code}/2025/", "/reports/feed.atom")
    return [client.get(page)["ETag"] for page in pages]


def test_what_the_offices_do_with_a_public_report_does_not_show_in_any_tag(client, place, public):
    before = _tags(client, place.organ)
    ways.go(public, place, "submitted")
    ways.go(public, place, "returned", reason="第三行有误。")
    ways.changed(public, place, "改过的文字。")
    assert _tags(client, place.organ) == before
    ways.go(public, place, *WAY, changes="更正了第三行。")
    assert not set(_tags(client, place.organ)) & set(before)


def test_one_organs_odd_name_does_not_take_the_feed_of_all_from_the_public(client):
    place = ways.district("云溪\x0b区审计局")
    ways.go(ways.begun(place), place, *WAY)
    answer = client.get("/reports/feed.atom")
    assert answer.status_code == 200
    assert "云溪区审计局" in answer.content.decode()


INSIDE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&]]>"


def test_nothing_written_in_a_report_runs_in_a_readers_browser(client, place):
    filing = ways.begun(place)
    content = content_of(filing, 1)
    report = content.report
    odd = type(report)(
        organ=report.organ + INSIDE,
        year=report.year,
        edition=report.edition,
        title=report.title + INSIDE,
        introduction=report.introduction + INSIDE,
        values=report.values,
        sections={key: text + INSIDE for key, text in report.sections.items()},
    )
    by = place.people["clerk"]
    save(filing, type(content)(odd), based_on=1, by=by, today=ways.DAY, why=INSIDE)
    ways.go(filing, place, *WAY)
    ways.go(filing, place, "reopened", reason=INSIDE)
    ways.changed(filing, place, "改过。" + INSIDE)
    ways.go(filing, place, *WAY, changes=INSIDE)
    code = place.organ.code
    for page in (
        f"/reports/{code}/2025/",
        f"/reports/{code}/",
        "/reports/",
        "/reports/feed.atom",
        f"/reports/{code}/2025/2/report.html",
    ):
        answer = client.get(page)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "<script>alert" not in text, page
        assert "<img src=x" not in text, page
    for format in ("html", "json", "docx", "pdf", "xlsx"):
        answer = client.get(f"/reports/{code}/2025/1/report.{format}")
        assert answer["Content-Disposition"].startswith("attachment;"), (
            "nothing that organs wrote opens under the office's name"
        )
        assert answer["X-Content-Type-Options"] == "nosniff"
