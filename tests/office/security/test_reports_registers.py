"""Files and figures sent to the registers by somebody who means harm, and what is told of it afterwards."""

from __future__ import annotations

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from gongkai.ledger import UnreadableLedgerError
from gongkai.office.clock import today
from gongkai.office.registers.importing import begin, carry_out, drop
from gongkai.office.registers.models import DecisionFigure, RegisterImport
from gongkai.office.registers.sheets import grids_of

from ..builders import client_of, make_organ, make_person

pytestmark = pytest.mark.django_db

YEAR = 2025


@pytest.fixture
def organ():
    return make_organ()


@pytest.fixture
def clerk(organ):
    return make_person("clerk", organ)


MONSTERS = {
    "one cell too long": b'a,"' + b"x" * 200_000 + b'"\n',
    "one wide line over many short ones": b"," * 200_000 + b"\n" * 200_000,
    "millions of lines": b"1,2\n" * 2_000_000,
}


@pytest.mark.parametrize("data", MONSTERS.values(), ids=MONSTERS)
def test_a_file_that_would_fill_the_memory_is_refused_beside_its_field(organ, clerk, data):
    began = time.process_time()
    with pytest.raises(UnreadableLedgerError):
        grids_of("表.csv", data)
    address = reverse("registers_decisions_import", args=[organ.code, YEAR])
    answer = client_of(clerk).post(address, {"file": SimpleUploadedFile("表.csv", data), "source": "手工台账"})
    assert answer.status_code == 200
    assert "表格超过" in answer.content.decode() or "过长的一格" in answer.content.decode()
    assert not RegisterImport.objects.exists()
    assert time.process_time() - began < 30


def _begun(organ, clerk, rows="2025年1月,5"):
    data = f"期间,行政许可\n{rows}\n".encode()
    return begin(organ, "decisions", "表.csv", data, {"source": "手工台账"}, year=YEAR, by=clerk, today=today())


def test_an_import_that_was_carried_out_can_not_be_given_up_afterwards(organ, clerk):
    run = _begun(organ, clerk)
    carry_out(RegisterImport.objects.get(pk=run.pk), by=clerk, today=today())
    drop(run, by=clerk)
    run.refresh_from_db()
    assert run.state == RegisterImport.State.DONE


def test_who_gave_an_import_up_is_told(organ, clerk):
    run = _begun(organ, clerk)
    assert client_of(clerk).post(reverse("registers_import_abandon", args=[organ.code, run.pk])).status_code == 302
    run.refresh_from_db()
    assert (run.state, run.content) == (RegisterImport.State.DROPPED, None)
    entry = ModelLogEntry.objects.get(action="registers.import.abandon")
    assert (entry.user, entry.data["file"]) == (clerk, "表.csv")


@pytest.mark.parametrize("figure", ["1e999", "NaN", "inf", "-3", "1" * 31, "=1+1", "0x10", "1e-7", "٣"])
def test_no_figure_but_a_count_comes_into_the_register(organ, clerk, figure):
    address = reverse("registers_grid", args=[organ.code, YEAR]) + "?source=手工台账&division="
    posted = {"source": "手工台账", "division": "", "licences_1": figure, "fees_1": figure}
    answer = client_of(clerk).post(address, posted)
    assert answer.status_code == 200
    assert not DecisionFigure.objects.exists()
    carry_out(_begun(organ, clerk, f"2025年1月,{figure}"), by=clerk, today=today())
    assert [str(one.number) for one in DecisionFigure.objects.all()] in ([], ["3"])


def test_the_import_of_another_organ_is_not_found(organ, clerk):
    other = make_organ()
    theirs = _begun(other, make_person("clerk", other))
    for route in ("registers_import_confirm", "registers_import_abandon", "registers_import_answers"):
        for code in (organ.code, other.code):
            assert client_of(clerk).post(reverse(route, args=[code, theirs.pk])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.state == RegisterImport.State.PLANNED
