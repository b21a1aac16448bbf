import pytest

from gongkai.office.vault import secrets
from gongkai.office.vault.models import Secret

NAME, NUMBER = "张明", "110101199003078881"

pytestmark = pytest.mark.django_db


def test_a_value_is_read_as_it_was_kept_and_lies_encrypted():
    kept = Secret.objects.get(pk=secrets.keep("applicant_name", NAME).pk)
    assert secrets.reveal(kept) == NAME
    assert NAME.encode() not in bytes(kept.ciphertext)
    assert secrets.is_true(kept)


def test_equal_values_have_the_same_index_and_different_digests():
    one, two = secrets.keep("id_number", NUMBER), secrets.keep("id_number", NUMBER)
    assert one.index == two.index and one.digest != two.digest


def test_spaces_width_and_case_make_no_difference_to_the_index():
    assert secrets.index_of("id_number", "11010119900307 888x") == secrets.index_of(
        "id_number", "１１０１０１１９９００３０７８８８X"
    )


def test_the_same_value_in_another_field_has_another_index():
    assert secrets.index_of("id_number", "1") != secrets.index_of("telephone", "1")


def test_a_value_replaced_in_the_database_is_not_true():
    mine, other = secrets.keep("applicant_name", NAME), secrets.keep("applicant_name", "李强")
    mine.ciphertext = other.ciphertext
    assert not secrets.is_true(mine)


def test_a_value_that_no_key_opens_is_not_true():
    kept = secrets.keep("applicant_name", NAME)
    kept.ciphertext = b"rubbish"
    assert not secrets.is_true(kept)


def test_an_erased_value_is_gone_while_its_digest_stays():
    kept = secrets.keep("applicant_name", NAME)
    secrets.erase(kept.pk)
    erased = Secret.objects.get(pk=kept.pk)
    assert (secrets.reveal(erased), erased.index, erased.digest) == (None, "", kept.digest)
    assert erased.erased_at is not None
    assert secrets.is_true(erased)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("applicant_name", "张明", "张*"),
        ("applicant_name", "欧阳明华", "欧***"),
        ("applicant_name", "张", "张*"),
        ("id_number", NUMBER, "**************8881"),
        ("telephone", "13800001234", "*******1234"),
        ("telephone", "8851", "***1"),
        ("email", "", ""),
        ("email", "zhangming@example.cn", "z***@example.cn"),
    ],
)
def test_screens_show_no_more_than_the_first_or_the_last_signs(field, value, shown):
    assert secrets.masked(field, value) == shown
