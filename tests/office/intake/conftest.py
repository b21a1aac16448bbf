"""A district with a government, its office, and organs that send their reports as files."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongkai.office.clock import today
from gongkai.office.intake import reading
from gongkai.office.intake.models import Batch
from gongkai.office.organs.models import Organ, Person

from .. import builders
from .documents import Made


@dataclass
class District:
    """``clerk``: of the government's office; ``screen``: their browser."""

    government: Organ
    office: Organ
    clerk: Person
    screen: Client

    def organ(self, name: str, **fields) -> Organ:
        """An organ of the district."""
        return builders.make_organ(name, parent=self.government, **fields)

    def send(self, *files: Made, year: int = 2025) -> Batch:
        """Upload files, and have them read."""
        address = reverse("intake_district", args=[self.government.code, year])
        uploads = [SimpleUploadedFile(one.name, one.data) for one in files]
        response = self.screen.post(address, {"files": uploads, "received_on": today().isoformat()})
        assert response.status_code == 302, response.content.decode()
        return Batch.objects.get()

    def compare(self, batch: Batch, number: int = 1, **more: str) -> str:
        """Confirm every listed cell of a file as it was read; ``more``: what is sent along. Returns the page after."""
        address = reverse("intake_report", args=[batch.pk, number])
        items = self.screen.get(address).context["items"]
        typed = {f"value:{one.key}": one.text for one in items}
        sent = {"cell": [one.key for one in items], **typed, "all": "1", **more}
        return self.screen.post(address, sent, follow=True).content.decode()

    def take(self, batch: Batch, number: int = 1) -> str:
        """Confirm a file as it was read, and take it in. Returns the page after."""
        self.compare(batch, number, blank="on")
        return self.screen.post(reverse("intake_take", args=[batch.pk, number]), follow=True).content.decode()


@pytest.fixture
def district(db):
    government = builders.make_organ("云溪区人民政府", kind=Organ.Kind.GOVERNMENT)
    office = builders.make_organ("云溪区人民政府办公室", kind=Organ.Kind.OFFICE, parent=government)
    clerk = builders.make_person("clerk", office, name="王敏")
    return District(government, office, clerk, builders.client_of(clerk))


@pytest.fixture(autouse=True)
def _read_at_once(monkeypatch):
    """Reading ends before the answer to the upload: a thread would not see what the test has not committed."""
    monkeypatch.setattr(reading, "_submit", reading.read_batch)
