"""Words in the chosen language. Source strings are English; zh_CN is complete and the default.

`_` looks a sentence up when it is called, so nothing may call it at import time.
"""

import gettext
from collections.abc import Sequence
from functools import cache
from pathlib import Path

LANGUAGES = ("zh_CN", "en")
DEFAULT_LANGUAGE = "zh_CN"
_LOCALE_FOLDER = Path(__file__).parent.parent / "resources" / "locale"

_language = DEFAULT_LANGUAGE


def use(language: str) -> None:
    """Speak this language, one of LANGUAGES, from now on.

    Raises:
        ValueError: the language is not one of LANGUAGES.
    """
    global _language
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    _language = language


def language() -> str:
    """The language in use, one of LANGUAGES."""
    return _language


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation("biwu", _LOCALE_FOLDER, [language])


def _(sentence: str) -> str:
    """The sentence in the language in use."""
    return _catalogue(_language).gettext(sentence)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence for a count of n in the language in use."""
    return _catalogue(_language).ngettext(singular, plural, n)


def shortened(lines: Sequence[str], most: int) -> list[str]:
    """The first `most` lines, and one that counts the others where there are more."""
    more = len(lines) - most
    counted = [ngettext("… and {n} more", "… and {n} more", more).format(n=more)] if more > 0 else []
    return [*lines[:most], *counted]
