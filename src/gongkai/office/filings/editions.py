"""An edition as the files that the public gets, with what may be shown behind its figures as it was counted then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from gongkai.charts import Behind, behind_figures, read_behind, small_counts, write_behind
from gongkai.charts.behind import CountedRemedy
from gongkai.law.case.counting import CountedCase
from gongkai.report.report import Report
from gongkai.report.writing import FORMATS, write

from ..calendars import calendar
from ..figures.applications import counted as counted_cases
from ..figures.balances import opening_figures
from ..figures.periods import Period, year_of
from ..figures.remedies import counted as counted_remedies
from ..organs.models import Organ
from .content import Content
from .models import Filing
from .recorded import public_edition, published_file

ONE_DAY: Final = timedelta(1)

BEHIND: Final = "behind"
"""Format of the file that says what may be shown behind the figures; kept and sealed like the others, but not offered."""


def rendered(filing: Filing, content: Content) -> dict[str, bytes]:
    """The report in every format that can be written; and what is behind its figures, where the records here gave them."""
    files: dict[str, bytes] = {format: write(content.report, format) for format in FORMATS}
    if content.computed and not filing.outside and filing.organ.kind != Organ.Kind.GOVERNMENT:
        files[BEHIND] = write_behind(counted_behind(filing, content.report))
    return files


def counted_behind(filing: Filing, report: Report) -> Behind:
    """What may be shown behind the figures of a report that is being published, counted from the records of this moment.

    A figure that the records no longer give, or that a person set, is listed as differing and has nothing behind it.
    """
    form = report.form
    assert form is not None  # a report without edition can't be written
    organs, period = [filing.organ], year_of(filing.year)
    cases = list(
        counted_cases(organs, period).values_list(
            "received_on", "applicant_kind", "decided_on", "outcome", "answered_on"
        )
    )
    return behind_figures(
        form,
        filing.year,
        report.values,
        cases=[CountedCase(*case[:4]) for case in cases],
        remedies=[
            CountedRemedy(*one) for one in counted_remedies(organs, period).values_list("kind", "result", "closed_on")
        ],
        undated=Counter(opening_figures(organs, period, form).get(filing.organ.pk, {})),
        answer_days=_answer_days(filing.organ, period, [(case[0], case[4]) for case in cases]),
        least=small_counts().least,
        before=_before(filing),
    )


def _before(filing: Filing) -> Behind | None:
    """What was shown of the edition before, as it was published: what this one shows must tell nothing more beside it."""
    edition = public_edition(filing)
    return read_behind(published_file(edition, BEHIND)) if edition and BEHIND in edition.files else None


def _answer_days(organ: Organ, period: Period, cases: Sequence[tuple]) -> list[int]:
    """Working days from the day after receipt to the answer, for each answer given within the period."""
    days = calendar(organ)
    return [
        days.working_days(received + ONE_DAY, answered)
        for received, answered in cases
        if answered and period.first <= answered <= period.last
    ]
