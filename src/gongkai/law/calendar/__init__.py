"""Working days (工作日) by the State Council's yearly notices: 放假 and 调休上班, local holidays, provisional years."""

from .dates import chinese_date
from .festivals import statutory_days, statutory_days_worked
from .local import LocalHoliday, parse_local
from .notices import Holiday, YearRecord, parse_year
from .prose import read_notice
from .working_days import Calendar, national_calendar

__all__ = [
    "Calendar",
    "Holiday",
    "LocalHoliday",
    "YearRecord",
    "chinese_date",
    "national_calendar",
    "parse_local",
    "parse_year",
    "read_notice",
    "statutory_days",
    "statutory_days_worked",
]
