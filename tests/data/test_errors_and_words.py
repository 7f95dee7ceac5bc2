"""Errors speak in whole sentences, in the language in use."""

import pytest

from data import i18n
from data.errors import FileProblem, UserError
from data.i18n import _, ngettext


def test_an_error_says_what_where_and_what_to_do() -> None:
    error = FileProblem("The disk is full.", where="/event.biwu", todo="Free some space.")
    assert str(error) == "The disk is full.\n/event.biwu\nFree some space."
    assert error.args == ("The disk is full.",)
    assert isinstance(error, UserError)


def test_an_error_leaves_out_what_it_does_not_know() -> None:
    assert str(UserError("Stopped.")) == "Stopped."
    assert str(UserError("Stopped.", todo="Start again.")) == "Stopped.\nStart again."


def test_words_follow_the_language() -> None:
    assert (i18n.language(), _("Backups"), ngettext("{n} row", "{n} rows", 2)) == ("en", "Backups", "{n} rows")
    i18n.use("zh_CN")
    assert (i18n.language(), _("Backups"), ngettext("{n} row", "{n} rows", 2)) == ("zh_CN", "备份", "{n} 行")


def test_a_language_that_biwu_does_not_speak() -> None:
    with pytest.raises(ValueError, match="fr"):
        i18n.use("fr")
    assert i18n.language() == "en"


def test_a_long_list_ends_with_the_count_of_the_others() -> None:
    assert i18n.shortened(["a", "b"], 2) == ["a", "b"]
    assert i18n.shortened(["a", "b", "c", "d"], 2) == ["a", "b", "… and 2 more"]
