"""The language of the words, ours and Qt's own (file dialogs, text menus)."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from data import i18n

_translators: list[QTranslator] = []  # those that the application uses now; it does not own them


def use(language: str) -> None:
    """Speak this language, one of i18n.LANGUAGES, in whatever is built from now on."""
    i18n.use(language)
    QLocale.setDefault(QLocale(language))
    for translator in _translators:
        QCoreApplication.removeTranslator(translator)
    _translators.clear()
    translator = QTranslator()
    if translator.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QCoreApplication.installTranslator(translator)
        _translators.append(translator)


def use_next() -> str:
    """Speak the next of the languages; returns it."""
    following = (i18n.LANGUAGES.index(i18n.language()) + 1) % len(i18n.LANGUAGES)
    use(i18n.LANGUAGES[following])
    return i18n.language()
