"""What is kept for a time is erased when it is over, by one command: forms that were not sent, their files, imports that wait."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from gongkai.office.cases.models import EventFile, LetterTemplate, UnsentForm
from gongkai.office.clock import now, today
from gongkai.office.interchange.exporting import ledger_of
from gongkai.office.interchange.importing import begin
from gongkai.office.interchange.models import ImportRun
from gongkai.office.portal.models import Draft, DraftFile
from gongkai.office.vault.files import store
from gongkai.office.vault.models import StoredFile

from ..builders import make_case, make_organ, make_person

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=30, minutes=1)
LATELY = timedelta(days=29)


def stored(age=LONG_AGO, name="a.txt"):
    file = store(name, name.encode())
    StoredFile.objects.filter(pk=file.pk).update(stored_at=now() - age)
    return file


def on_disk(settings):
    return {path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_a_file_that_was_uploaded_and_never_sent_is_gone_after_thirty_days(settings, capsys):
    old, new = stored(), stored(LATELY)
    call_command("eraseexpired")
    assert "1 个没有提交的文件" in capsys.readouterr().out
    assert on_disk(settings) == {str(new.key)}
    assert not StoredFile.objects.filter(pk=old.pk).exists()


def test_a_file_that_a_case_a_template_or_a_living_draft_speaks_of_stays(settings):
    person = make_person()
    organ = person.holdings.get().organ
    of_case, of_template, of_draft = stored(), stored(), stored()
    make_case(organ, files={"attachments": [of_case]})
    LetterTemplate.objects.create(
        organ=organ, letter="answer", file=of_template, since=today(), uploaded_by=person, uploaded_at=now()
    )
    draft = Draft.objects.create(
        token="t", about="a", ciphertext=b"", updated_at=now(), expires_at=now() + timedelta(days=1)
    )
    DraftFile.objects.create(draft=draft, field="attachments", file=of_draft)
    call_command("eraseexpired")
    assert on_disk(settings) == {str(one.key) for one in (of_case, of_template, of_draft)}
    assert EventFile.objects.get().file == of_case


def test_a_form_that_nobody_went_on_with_is_gone_after_thirty_days():
    person, organ = make_person(), make_organ()
    for step, age in (("registered", LONG_AGO), ("note", LATELY)):
        UnsentForm.objects.create(person=person, organ=organ, step=step, content=b"x", saved_at=now() - age)
    call_command("eraseexpired")
    assert [one.step for one in UnsentForm.objects.all()] == ["note"]


def test_the_file_of_an_import_that_was_not_carried_out_is_gone_after_thirty_days():
    person = make_person()
    organ = person.holdings.get().organ
    make_case(organ)
    runs = {}
    for name, age, state in (
        ("old", LONG_AGO, "planned"),
        ("stopped", LONG_AGO, "stopped"),
        ("running", LONG_AGO, "running"),
        ("new", LATELY, "planned"),
    ):
        runs[name] = begin(organ, f"{name}.xlsx", ledger_of(organ, None, names=False), "post", person)
        ImportRun.objects.filter(pk=runs[name].pk).update(started_at=now() - age, state=state)
    call_command("eraseexpired")
    left = {name for name, one in runs.items() if ImportRun.objects.get(pk=one.pk).content is not None}
    assert left == {"running", "new"}
    assert ImportRun.objects.get(pk=runs["old"].pk).state == "dropped"
