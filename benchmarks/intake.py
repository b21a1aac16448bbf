"""Taking in the reports of a district's organs as files, against reading and checking the same files alone.

Times are of the clock on the wall: the files are read by a process of its own, and written to a database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from .databases import measured_here, medians, on_each
from .measuring import Measured

if TYPE_CHECKING:
    from gongkai.office.organs.models import Organ, Person

COUNT = 80
"""Files of a district's organs."""

BOUND = 1.5
"""How many times as long it may take to take them in."""

KINDS = ("docx", "pdf", "html", "xlsx", "txt")
ROUNDS = 5


def measure() -> Iterator[Measured]:
    """On each database."""
    return on_each("intake")


def _measured(engine: str) -> Iterator[Measured]:
    from tests.generator import make

    from gongkai.checking import check
    from gongkai.office.clock import today
    from gongkai.office.intake.models import Received
    from gongkai.office.intake.reading import read_batch
    from gongkai.office.intake.receiving import Sent, receive
    from gongkai.office.intake.standings import standings
    from gongkai.reading import read

    government, clerk = _district()
    documents = [make(seed, format=KINDS[seed % len(KINDS)]) for seed in range(COUNT)]
    files = [Sent(f"{seed}-{one.name}", one.data) for seed, one in enumerate(documents)]

    def reading() -> None:
        for one in files:
            check(read(one.name, one.data))

    def taking_in() -> None:
        batch = receive(government, today().year - 1, files, by=clerk, received_on=today())
        read_batch(batch.pk)
        assert not [one for one in standings(batch) if one.received.state == Received.State.WAITING]

    times = medians({"reading": reading, "taking in": taking_in}, rounds=ROUNDS)
    remark = f"{times['taking in'] * 1000:.0f} ms against {times['reading'] * 1000:.0f} ms"
    yield Measured(
        f"{engine}: taking in {COUNT} files, to reading them",
        times["taking in"] / times["reading"],
        BOUND,
        remark=remark,
    )


def _district() -> tuple[Organ, Person]:
    """A government with COUNT organs, and a clerk."""
    from gongkai.office.organs.models import Organ, OrganName, Person

    since = date(2019, 1, 1)
    government = Organ.objects.create(code="bench", kind="government", since=since, short_code="云政")
    organs = [
        Organ(code=f"bench-{number}", kind="department", since=since, short_code="云公", parent=government)
        for number in range(COUNT)
    ]
    Organ.objects.bulk_create(organs)
    made = Organ.objects.filter(parent=government)
    OrganName.objects.bulk_create(OrganName(organ=one, name=f"云溪区{one.code}局", since=since) for one in made)
    return government, Person.objects.create(username="bench", name="测")


if __name__ == "__main__":
    measured_here(_measured)
