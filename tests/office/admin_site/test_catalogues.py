"""The catalogues of installed libraries are read as they are, so that an upgrade shows the strings that have no Chinese yet."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation import gettext, ngettext, override

import gongkai.office

OURS = Path(gongkai.office.__file__).parent / "locale/zh_Hans/LC_MESSAGES"
DOMAINS = ("django", "djangojs")

LIBRARIES = {
    "wagtail": "en",
    "taggit": "en",
    "django.contrib.auth": "en",
    "django": "en",
    "django_filters": "zh_CN",
    "treebeard": "fr",
}
"""Libraries whose words reach a screen, and the catalogue that lists all their strings. Two have none for English."""

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}|</?[a-z]+[^>]*>")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
LATIN_ALLOWED = {"URL", "HTML", "CSV", "XLSX", "ID", "UTC"}
"""What offices write in Latin letters themselves."""

LINK_DROPPED = "JavaScript is required to use Wagtail"
"""This string of Wagtail's links to another host; ours says the same without the link."""


def _key(message: Message) -> tuple[str | None, str | tuple[str, ...]]:
    return message.context, message.id if isinstance(message.id, str) else tuple(message.id)


def _texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@cache
def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _messages(path: Path) -> list[Message]:
    return [message for message in _read(path) if message.id]


def _translated(path: Path) -> dict[object, Message]:
    if not path.exists():
        return {}
    return {_key(message): message for message in _messages(path) if all(_texts(message)) and not message.fuzzy}


def _sources(library: str, domain: str) -> list[Path]:
    spec = find_spec(library)
    assert spec and spec.submodule_search_locations
    found = sorted(
        Path(spec.submodule_search_locations[0]).glob(f"**/locale/{LIBRARIES[library]}/LC_MESSAGES/{domain}.po")
    )
    if library == "treebeard" and domain == "djangojs":
        return []  # scripts of Django's own administration, which is not installed
    # of Django itself only the strings that its core shows: its apps for other purposes are not installed
    return [path for path in found if "test" not in path.parts and (library != "django" or "conf" in path.parts)]


def _chinese(source: Path) -> dict[object, Message]:
    """What staff read: our words where we have some, else the library's own for zh_Hans."""
    own = _translated(source.parent.parent.parent / "zh_Hans/LC_MESSAGES" / source.name)
    return own | _translated(OURS / source.name)


ALL_SOURCES = [
    pytest.param(source, id=f"{library}-{source.parts[-5]}-{domain}")
    for library in LIBRARIES
    for domain in DOMAINS
    for source in _sources(library, domain)
]


def test_wagtail_has_the_catalogues_that_these_tests_read() -> None:
    """Guards against a search that finds nothing and so finds nothing wrong."""
    assert len(_sources("wagtail", "django")) > 10
    assert len(_sources("wagtail", "djangojs")) == 1
    assert all(_sources(library, "django") for library in LIBRARIES)


@pytest.mark.parametrize("source", ALL_SOURCES)
def test_every_string_of_a_library_has_chinese(source: Path) -> None:
    chinese = _chinese(source)
    assert [message.id for message in _messages(source) if _key(message) not in chinese] == []


@pytest.mark.parametrize("source", [param for param in ALL_SOURCES if not str(param.id).startswith("django-")])
def test_no_latin_word_is_left_in_what_staff_read(source: Path) -> None:
    chinese = _chinese(source)
    left = {
        text: words
        for message in _messages(source)
        for text in _texts(chinese[_key(message)])
        if (words := set(LATIN_WORD.findall(re.sub(r"&#?\w+;", "", PLACEHOLDER.sub("", text)))) - LATIN_ALLOWED)
    }
    assert left == {}


@pytest.mark.parametrize("domain", DOMAINS)
def test_placeholders_and_tags_are_those_of_the_source(domain: str) -> None:
    """Chinese has one form for every number, so it takes what the source's last form has."""
    wrong = [
        source
        for message in _messages(OURS / f"{domain}.po")
        for source in [message.id if isinstance(message.id, str) else message.id[-1]]
        if any(sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(source)) for text in _texts(message))
    ]
    assert [source for source in wrong if not source.startswith(LINK_DROPPED)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_we_translate_nothing_that_no_library_says_any_more(domain: str) -> None:
    known = {
        _key(message) for library in LIBRARIES for source in _sources(library, domain) for message in _messages(source)
    }
    assert [message.id for message in _messages(OURS / f"{domain}.po") if _key(message) not in known] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_that_of_the_source(domain: str) -> None:
    """After editing a .po file run ``python hatch_build.py``."""
    with (OURS / f"{domain}.mo").open("rb") as file:
        compiled = {_key(message): _texts(message) for message in read_mo(file) if message.id}
    assert compiled == {_key(message): _texts(message) for message in _messages(OURS / f"{domain}.po")}


def test_our_words_come_before_wagtails() -> None:
    """Wagtail's own catalogue says 帐号."""
    with override("zh-hans"):
        assert gettext("Account") == "账号"
        assert gettext("Today") == "今天"
        assert ngettext("Moved up 1 place.", "Moved up %(counter)s places.", 1) % {"counter": 1} == "已上移 1 位。"


@pytest.mark.django_db
def test_our_words_reach_the_scripts_of_the_back_office(client) -> None:
    script = client.get("/office/jsi18n/").content.decode()
    assert json.dumps("改动已自动保存。") in script
    # one that Wagtail itself translates is still there
    assert json.dumps("Autosave in progress…") in script
