"""Comparing what was read with the document: doubtful cells stand open until somebody has looked, and what they typed is kept."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from gongkai.office.filings.content import Override
from gongkai.office.filings.models import Filing
from gongkai.office.filings.recorded import content_of
from gongkai.office.intake.comparing import understood
from gongkai.office.intake.readings import taken_down
from gongkai.report.form import load_form

from .documents import Made, document

pytestmark = pytest.mark.django_db

IN_FORCE = "proactive.rules.in_force"


def _torn() -> Made:
    """A report whose last pages are missing: some rows of the second table and the third are not there."""
    return document("云溪区审计局", kind="txt", layout="cut_off", seed=2)


@pytest.fixture
def batch(district):
    district.organ("云溪区审计局")
    return district.send(_torn())


def _context(district, batch, **query):
    return district.screen.get(reverse("intake_report", args=[batch.pk, 1]), query).context


def _post(district, batch, **sent):
    return district.screen.post(reverse("intake_report", args=[batch.pk, 1]), sent, follow=True).content.decode()


def test_cells_that_were_not_read_are_open_and_the_report_is_not_taken_in_before_they_are_compared(district, batch):
    made = _torn()
    found = taken_down(batch.received.get())
    unread = {one.cell for one in found.open if one.unread}
    assert unread == set(load_form("2021").cells) - set(made.values) != set()
    page = district.screen.post(reverse("intake_take", args=[batch.pk, 1]), follow=True).content.decode()
    assert "格需要与原件核对" in page
    assert not Filing.objects.exists()


def test_all_figures_are_confirmed_at_once_and_empty_cells_only_when_said_to_be_blank(district, batch):
    unread = {one.cell for one in taken_down(batch.received.get()).open if one.unread}
    empty = {one.key for one in _context(district, batch)["items"] if not one.text}
    assert unread <= empty
    district.compare(batch)
    assert {one.cell for one in taken_down(batch.received.get()).open} == empty
    page = district.compare(batch, blank="on")
    assert "全部核对完毕" in page and "勾稽核对" in page
    received = batch.received.get()
    assert received.doubts == 0
    assert not unread & taken_down(received).corrected.values.keys()


def test_a_typed_figure_is_kept_with_what_was_read_who_typed_it_and_when_and_is_an_override_of_the_filing(
    district, batch
):
    unread = sorted(one.cell for one in taken_down(batch.received.get()).open if one.unread)
    amount = next((key for key in unread if load_form("2021").cells[key].type == "amount"), None)
    count = next(key for key in unread if key != amount)
    _post(district, batch, cell=[count], **{f"value:{count}": "１２"})
    typed = taken_down(batch.received.get()).typed[count]
    assert (typed.value, typed.read, typed.by) == (12, None, "王敏")
    district.compare(batch, blank="on")
    district.screen.post(reverse("intake_take", args=[batch.pk, 1]))
    content = content_of(Filing.objects.get(), 1)
    assert content.report.values[count] == 12
    assert content.overrides == {count: Override(12, None, "核对原件", "王敏", typed.at)}


def test_cells_of_one_row_stand_together_and_are_confirmed_at_once(district, batch):
    context = _context(district, batch)
    row = next(one for one in context["rows"] if one.key == "applications.total")
    form = load_form("2021")
    assert [one.key for one in row.items] == [key for key in form.cells if key.startswith("applications.total.")]
    assert sum(len(one.items) for one in context["rows"]) == len(context["items"]) > 3 * len(context["rows"])
    keys = [one.key for one in row.items]
    typed = {f"value:{key}": "" for key in keys} | {f"value:{keys[0]}": "4"}
    others = {f"value:{one.key}": one.text for one in context["items"] if one.key not in keys}
    cells = {"cell": [one.key for one in context["items"]]}
    before = batch.received.get().doubts
    _post(district, batch, **cells, **others, **typed, **{f"row:{row.key}": "on"})
    found = taken_down(batch.received.get())
    assert {key: found.typed[key].value for key in keys} == {key: 4 if key == keys[0] else None for key in keys}
    assert found.typed.keys() == set(keys) and batch.received.get().doubts == before - len(keys)


def test_in_a_row_a_wrong_figure_is_told_of_beside_its_cell_and_the_tick_stays(district, batch):
    row = next(one for one in _context(district, batch)["rows"] if one.key == "applications.total")
    keys = [one.key for one in row.items]
    typed = {f"value:{key}": "" for key in keys} | {f"value:{keys[1]}": "四件"}
    page = _post(district, batch, cell=keys, **typed, **{f"row:{row.key}": "on"})
    assert f'id="value-{keys[1]}-error"' in page and 'value="四件"' in page
    assert 'name="row:applications.total" checked' in page
    assert taken_down(batch.received.get()).typed.keys() == set(keys) - {keys[1]}


def test_what_is_no_figure_is_refused_beside_its_field_and_everything_typed_stays(district, batch):
    first, second = [one.cell for one in taken_down(batch.received.get()).open if one.unread][:2]
    sent = {"cell": [first, second], f"value:{first}": "十二件左右", f"value:{second}": "7"}
    page = _post(district, batch, **sent)
    assert "请填写一个数" in page and 'value="十二件左右"' in page
    found = taken_down(batch.received.get())
    assert first not in found.typed and found.typed[second].value == 7


def test_a_figure_that_nobody_doubted_can_be_corrected_too(district, batch):
    key = next(key for key in taken_down(batch.received.get()).seen if key.startswith("proactive"))
    read = taken_down(batch.received.get()).report.values[key]
    assert key in {one.key for one in _context(district, batch, cell=key)["items"]}
    _post(district, batch, cell=[key], **{f"value:{key}": "99"})
    typed = taken_down(batch.received.get()).typed[key]
    assert (typed.value, typed.read) == (99, read)


def test_nothing_typed_and_nothing_ticked_says_so_and_changes_nothing(district, batch):
    before = batch.received.get()
    items = _context(district, batch)["items"]
    cells = {"cell": [one.key for one in items], **{f"value:{one.key}": one.text for one in items}}
    assert "没有勾选或者改动任何一格" in _post(district, batch, **cells)
    assert batch.received.get().doubts == before.doubts


@pytest.mark.parametrize(
    ("text", "answer"),
    [("12", (12, "")), ("１,234", (1234, "")), ("/", (None, "/")), ("", (None, "")), ("-3", (-3, ""))],
)
def test_a_count_is_understood_as_the_document_prints_it(text, answer):
    assert understood(text, load_form("2021").cells[IN_FORCE]) == answer


def test_fees_may_have_decimals_and_counts_may_not():
    cells = load_form("2021").cells
    fees = next(one for one in cells.values() if one.type == "amount")
    assert understood("17.50", fees) == (Decimal("17.5"), "")
    with pytest.raises(ValueError, match="整数"):
        understood("1.5", cells[IN_FORCE])


def test_a_pdf_shows_its_pages_with_the_cells_marked_and_cut_out(district):
    district.organ("云溪区审计局")
    batch = district.send(document("云溪区审计局", kind="pdf", seed=3))
    key = IN_FORCE
    page = district.screen.get(reverse("intake_report", args=[batch.pk, 1]), {"cell": key}).content.decode()
    assert f'<a href="#cell-{key}"' in page and "intake-cut" in page
    assert "style=" not in re.sub(r"<(link|meta)[^>]*>", "", page[page.index('<div class="office-body">') :])
    image = district.screen.get(reverse("intake_page", args=[batch.pk, 1, 1]))
    assert image.headers["Content-Type"] == "image/png" and image.content.startswith(b"\x89PNG")
    assert district.screen.get(reverse("intake_page", args=[batch.pk, 1, 99])).status_code == 404
    context = _context(district, batch, cell=key)
    [item] = [one for one in context["items"] if one.key == key]
    left, top, width, height = item.cut.box
    assert (
        item.cut.exact
        and 0 < left < left + width < item.cut.page.width
        and 0 < top < top + height < item.cut.page.height
    )


def test_a_report_that_was_taken_in_still_shows_its_pages_beside_the_figures_and_nothing_to_change(district):
    district.organ("云溪区审计局")
    batch = district.send(document("云溪区审计局", kind="pdf", seed=3))
    district.take(batch)
    page = district.screen.get(reverse("intake_report", args=[batch.pk, 1]), {"cell": IN_FORCE}).content.decode()
    assert 'class="intake-page"' in page and 'id="figures"' in page
    assert '<a href="#cell-' not in page and 'name="cell"' not in page
    image = district.screen.get(reverse("intake_page", args=[batch.pk, 1, 1]))
    assert image.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["html", "xlsx", "txt"])
def test_a_document_without_pages_shows_its_own_rows_and_says_so(district, kind):
    district.organ("云溪区审计局")
    batch = district.send(document("云溪区审计局", kind=kind))
    page = district.screen.get(reverse("intake_report", args=[batch.pk, 1]), {"cell": IN_FORCE}).content.decode()
    assert "没有固定的页面" in page
    assert re.search(r"原件这一行：[^<]*规章", page)
    assert page.count('class="intake-marked"') >= 1


def test_a_word_document_is_drawn_by_way_of_an_office_suite_or_says_that_there_is_none(district):
    district.organ("云溪区审计局")
    batch = district.send(document("云溪区审计局", kind="docx"))
    page = district.screen.get(reverse("intake_report", args=[batch.pk, 1]), {"cell": IN_FORCE}).content.decode()
    assert 'class="intake-page"' in page or "没有能够生成页面图像" in page
