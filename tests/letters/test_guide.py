"""The page for offices lists what there is. To renew its tables: python -m tests.letters.test_guide"""

import re
from pathlib import Path

import pytest

from gongkai.letters.guide import LETTER_HEADS, PLACEHOLDER_HEADS, letter_rows, placeholder_rows

PAGE = Path(__file__).parents[2] / "docs" / "letters.md"
TABLES = {"letters": (LETTER_HEADS, letter_rows), "placeholders": (PLACEHOLDER_HEADS, placeholder_rows)}


def table(name):
    heads, rows = TABLES[name]
    lines = [heads, ["---"] * len(heads), *rows()]
    return "\n".join(
        "| " + " | ".join(re.sub(r"(\{[{%].*?[%}]\})", r"`\1`", cell) for cell in line) + " |" for line in lines
    )


def between(name, text):
    return text.split(f"<!-- {name} -->\n")[1].split(f"\n<!-- /{name} -->")[0]


@pytest.mark.parametrize("name", TABLES)
def test_the_page_lists_what_the_program_has(name):
    assert between(name, PAGE.read_text("utf-8")) == table(name)


def test_what_the_page_shows_as_an_example_is_accepted():
    from gongkai.letters import check_template, default_template

    from .pages import paragraph, with_body

    shown = re.findall(r"^\{%p .*|^附件：.*$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(shown) == 3
    body = "".join(map(paragraph, ["{{申请人}}{{申请内容}}{{收到日期}}", *shown]))
    assert check_template(with_body(default_template("registration_form"), body), "registration_form") == ()


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    for each in TABLES:
        text = re.sub(
            f"<!-- {each} -->\n.*<!-- /{each} -->",
            lambda _, one=each: f"<!-- {one} -->\n{table(one)}\n<!-- /{one} -->",
            text,
            flags=re.DOTALL,
        )
    PAGE.write_text(text, "utf-8")
