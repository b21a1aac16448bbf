"""Personal values go for good when they may, and the record stays true."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from gongkai.office.cases.models import Case, CaseEvent
from gongkai.office.cases.rebuild import rebuild
from gongkai.office.cases.verify import verify
from gongkai.office.clock import today
from gongkai.office.organs.models import Organ
from gongkai.office.vault.files import content, store
from gongkai.office.vault.models import Secret, StoredFile

from ..builders import applicant, make_case

pytestmark = pytest.mark.django_db


def closed(desks, **files):
    case = make_case(desks.organ, files={"identity_proof": [store("张明身份证.txt", b"card")], **files})
    desks.take(case, "clerk", "withdrawn", how="telephone")
    desks.take(case, "clerk", "closed")
    return case


def erase(desks, case, role="security_admin", *more, reason="保存期限届满"):
    by = desks.people[role].username
    call_command("erase", "--organ", case.organ.code, "--case", case.number, "--by", by, "--reason", reason, *more)


def test_nothing_of_the_applicant_can_be_found_again(desks, capsys):
    case = closed(desks)
    erase(desks, case)
    for secret in Secret.objects.filter(eventsecret__event__case=case):
        assert (secret.ciphertext, bytes(secret.salt), secret.index) == (None, b"", "")
    told = "".join(str(one) for model in (Case, CaseEvent, Secret, StoredFile) for one in model.objects.values())
    for value in (*applicant().values(), "张明"):
        assert value not in told
    stored = case.events.get(number=1).files.get().file
    with pytest.raises(FileNotFoundError):
        content(stored)
    page = desks.browsers["clerk"].post(desks.at(case, "full/")).content.decode()
    assert "张明" not in page and "（已清除）" in page


def test_the_record_stays_sound_and_its_columns_can_be_made_anew(desks):
    case = closed(desks)
    erase(desks, case)
    assert list(verify(Organ.objects.all())) == []
    assert rebuild(Case.objects.all()) == 0
    assert list(verify(Organ.objects.all())) == []


def test_it_is_logged_with_the_reason_and_without_what_was_erased(desks):
    case = closed(desks)
    erase(desks, case)
    entry = ModelLogEntry.objects.get(action="cases.erase")
    assert (entry.user, entry.data["reason"], entry.data["number"]) == (
        desks.people["security_admin"],
        "保存期限届满",
        case.number,
    )
    assert "张明" not in str(entry.data)


@pytest.mark.parametrize("role", ["clerk", "office_head", "system_admin", "audit_admin", "supervisor"])
def test_nobody_but_a_security_administrator_erases(desks, role):
    case = closed(desks)
    with pytest.raises(CommandError):
        erase(desks, case, role)
    assert not Secret.objects.exclude(erased_at=None).exists()


def test_what_is_still_needed_stays(desks):
    from gongkai.office.remedies.models import Remedy

    case = make_case(desks.organ)
    with pytest.raises(CommandError, match="还没有办结"):
        erase(desks, case)
    ended = closed(desks)
    Remedy.objects.create(organ=desks.organ, kind="reconsideration", case=ended, begun_on=today())
    with pytest.raises(CommandError, match="还没有审结"):
        erase(desks, ended)
    with pytest.raises(CommandError, match="原因"):
        erase(desks, closed(desks), reason=" ")


def test_a_file_of_two_cases_stays_for_the_other(desks):
    both = store("委托书.txt", b"both")
    case = closed(desks, attachments=[both])
    other = make_case(desks.organ, files={"attachments": [both]})
    erase(desks, case, "security_admin", "--papers")
    assert content(both) == b"both"
    assert list(verify(Organ.objects.all())) == []
    assert other.events.get().files.count() == 1


def test_the_name_of_a_file_stands_in_no_event(desks):
    case = closed(desks)
    assert "张明" not in str(list(case.events.values_list("data", flat=True)))


def test_a_changed_name_still_shows(desks):
    case = closed(desks)
    StoredFile.objects.filter(pk=case.events.get(number=1).files.get().file_id).update(name="别的.txt")
    assert [fault.event for fault in verify(Organ.objects.all())] == [1, 1]
