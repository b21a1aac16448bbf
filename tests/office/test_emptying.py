"""What the other tests rely on: tables whose rows can't be deleted are empty again after a test, and guarded again."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from gongkai.office.cases.models import CaseEvent

from .builders import make_case


@pytest.mark.django_db(transaction=True)
def test_events_give_way_to_the_emptying_between_tests_and_to_nothing_else():
    make_case()
    call_command("flush", interactive=False, verbosity=0)
    assert not CaseEvent.objects.exists()
    make_case()
    with pytest.raises(DatabaseError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_caseevent")
