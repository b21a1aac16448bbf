"""``gongkai verify`` and ``rebuild`` cover annual reports."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gongkai.office.filings.models import Filing

from . import ways

pytestmark = pytest.mark.django_db


def test_sound_reports_are_said_to_be_so(capsys):
    ways.begun(ways.district())
    call_command("verify")
    assert "案件和年度报告的记录完好。" in capsys.readouterr().out


def test_a_fault_is_named_with_organ_and_year_and_rebuilding_mends_a_column(capsys):
    place = ways.district()
    ways.begun(place)
    Filing.objects.update(stage="accepted")
    with pytest.raises(CommandError, match="共有 1 处问题"):
        call_command("verify")
    assert f"{place.organ.code} 2025年度报告：“办理状态”是“accepted”，按记录应为“draft”" in capsys.readouterr().out
    call_command("rebuild")
    assert "1 份年度报告与原来不同" in capsys.readouterr().out
    call_command("verify")


def test_one_organ_is_verified_without_the_others():
    place = ways.district()
    ways.begun(place)
    Filing.objects.update(seal="")
    call_command("verify", organ=place.office.code)
    with pytest.raises(CommandError):
        call_command("verify", organ=place.organ.code)
