"""The roster page: whom it shows, in which order, mending by hand, one unit, photos, and sealed names."""

import zipfile
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton

from data import i18n
from data.actions import roster as actions
from data.queries import photos, staff, units
from data.queries.roster import people
from data.queries.units import COMPETES, unit_summary
from tests.ui.pages.roster import drop, idle, opened, seen, strips
from ui.pages import roster as pages
from ui.pages.roster import RosterPage
from ui.question import Question
from ui.widgets.people.person_dialog import PersonDialog


def test_without_a_plan_it_leads_to_setup(qtbot, desk) -> None:
    page = opened(qtbot, desk)
    with qtbot.waitSignal(desk.going) as going:
        seen(page, "Go to setup").click()
    assert going.args[0] == "setup"


def test_search_units_and_target(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    table, units = page.findChild(object, "staff"), page.findChild(object, "unitFilter")
    units.setCurrentText("市中医院")
    assert len(table.model.rows()) == 60
    table.set_filter("一类·护理组")
    assert {row.division_code for row in table.model.rows()} == {"1H"}
    table.set_filter("一类·护理组", on=False)
    table.set_search("zzzzz")
    last = people(rostered)[-1]
    page.show_target(last.id)
    assert table.current() == last
    page._tabs.setCurrentIndex(1)
    assert page.findChild(object, "poolCounts").isVisible()
    assert not units.isVisible()


def test_a_person_is_added_and_changed_in_a_dialog(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    seen(page, "Add a person…").click()
    dialog = page.findChild(PersonDialog)
    dialog.name.setText("张伟")
    dialog.unit.setCurrentText("蓝坊中心卫生院")
    dialog.group.setCurrentText("护理组")
    assert dialog.group.count() == 2
    dialog.save_button.click()
    assert dialog.isVisible()
    assert "A reason is needed." in dialog.findChild(object, "stripText").text()
    dialog.reason.setText("漏报")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(page._staff.people) and page.findChild(PersonDialog) is None)
    page._table.choose(people(planned)[0].id)
    page.findChild(QPushButton, "editPerson").click()
    dialog = page.findChild(PersonDialog)
    assert (dialog.name.text(), dialog.unit.currentText(), dialog.group.currentText()) == (
        "张伟",
        "蓝坊中心卫生院",
        "护理组",
    )
    dialog.lines["phone"].setText("13800000000")
    dialog.reason.setText("补充")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: page._staff.people[0].phone == "13800000000" and page.findChild(PersonDialog) is None)


def test_people_are_removed_with_a_reason(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    page.findChild(QPushButton, "removePeople").click()
    page.findChild(QPushButton, "editPerson").click()
    assert page.findChild(Question) is None
    assert page.findChild(PersonDialog) is None
    page._table.choose(people(rostered)[0].id)
    page.findChild(QPushButton, "removePeople").click()
    question = page.findChild(Question)
    question.field.setText("重复")
    question.yes.click()
    qtbot.waitUntil(lambda: len(page._staff.people) == 875 and page.findChild(Question) is None)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_drawn_people_keep_unit_and_group(qtbot, make_desk, drawn, language) -> None:
    i18n.use(language)
    page = opened(qtbot, make_desk(drawn))
    chosen = next(row for row in page._staff.people if row.entrant_id)
    page._edit_person(chosen)
    dialog = page.findChild(PersonDialog)
    assert not dialog.unit.isEnabled()
    assert not dialog.group.isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: page.findChild(PersonDialog) is None)


def choose(combo: QComboBox, number: int) -> None:
    combo.setFocus()
    while combo.currentIndex() != number:
        QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < number else Qt.Key.Key_Up)


@pytest.mark.parametrize("at_once", [100_000, 0])
def test_the_order_is_chosen_and_remembered(qtbot, make_desk, rostered, monkeypatch, at_once) -> None:
    """Small pools are read at once, large ones in a worker; what is seen is the same."""
    monkeypatch.setattr(pages, "_AT_ONCE", at_once)
    page = opened(qtbot, make_desk(rostered))
    table = page.findChild(object, "staff")
    assert [row.id for row in table.model.rows()] == [row.id for row in people(rostered)]
    choose(page.findChild(QComboBox, "staffOrder"), 2)
    idle(qtbot, page)
    by_strokes = [row.id for row in staff.staff(rostered, staff.STROKES).people]
    assert [row.id for row in table.model.rows()] == by_strokes
    assert page.desk.settings.roster_order == staff.STROKES
    again = opened(qtbot, page.desk)
    assert [row.id for row in again.findChild(object, "staff").model.rows()] == by_strokes
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [row.id for row in table.model.rows()] == by_strokes[::-1], "a click on the names keeps to that order"
    table.set_search("zw")
    assert {row.name[0] for row in table.model.rows()} > {"张"}
    table.set_search("张")
    assert {row.name[0] for row in table.model.rows()} == {"张"}


def test_a_change_while_a_large_pool_is_read_is_read_too(qtbot, make_desk, rostered, monkeypatch) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", 0)
    page = RosterPage(make_desk(rostered))
    qtbot.addWidget(page)
    page.show()
    assert page._right_part() is page._busy
    actions.remove_people(rostered, "李敏", [people(rostered)[-1].id], "重复")
    idle(qtbot, page)
    assert len(page.findChild(object, "staff").model.rows()) == 875


def test_a_target_waits_for_a_large_pool(qtbot, make_desk, rostered, monkeypatch) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", 0)
    page = RosterPage(make_desk(rostered))
    qtbot.addWidget(page)
    page.show()
    last = people(rostered)[-1]
    page.show_target(last.id)
    idle(qtbot, page)
    assert page.findChild(object, "staff").current() == last


def test_what_cannot_be_read_is_told(qtbot, make_desk, rostered, monkeypatch) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", 0)
    rostered_people = pages.staff.staff

    def fail(*_arguments):
        raise pages.NotFound("gone", todo="look")

    page = opened(qtbot, make_desk(rostered))
    monkeypatch.setattr(pages.staff, "staff", fail)
    page.reread()
    qtbot.waitUntil(lambda: any("gone" in text for text in strips(page)))
    idle(qtbot, page)
    monkeypatch.setattr(pages.staff, "staff", rostered_people)
    page.reread()
    idle(qtbot, page)
    assert strips(page) == []


@pytest.mark.parametrize("at_once", [100_000, 0])
def test_a_unit_has_its_page(qtbot, make_desk, drawn, monkeypatch, at_once) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", at_once)
    page = opened(qtbot, make_desk(drawn))
    page._tabs.setCurrentIndex(1)
    counts = page.findChild(object, "poolCounts")
    counts.choose(("市中医院", "1H"))
    QTest.keyClick(counts.view, Qt.Key.Key_Return)
    idle(qtbot, page)
    view = page.findChild(object, "unitView")
    assert view.isVisible()
    summary = unit_summary(drawn, "市中医院")
    assert view.findChild(QLabel, "unitName").text() == "市中医院"
    assert f"{summary.remaining} remain" in view.findChild(QLabel, "unitRemaining").text()
    assert len(view.table.model.rows()) == summary.staff
    view.table.set_filter("Competes")
    assert {one.part for one in view.table.model.rows()} == {COMPETES}
    assert len(view.table.model.rows()) == sum(division.drawn for division in summary.divisions)
    seen(page, "unitPrevious").click()
    idle(qtbot, page)
    assert not view.findChild(QPushButton, "unitPrevious").isEnabled()
    seen(page, "unitNext").click()
    idle(qtbot, page)
    assert view.findChild(QLabel, "unitName").text() == "市中医院"
    view.table.view.selectRow(0)
    QTest.keyClick(view.table.view, Qt.Key.Key_Return)
    dialog = page.findChild(PersonDialog)
    assert dialog.name.text() == view.table.current().person.name
    dialog.reject()
    qtbot.waitUntil(lambda: page.findChild(PersonDialog) is None)
    seen(page, "unitBack").click()
    assert counts.isVisible()
    page.show_target("市中医院")
    idle(qtbot, page)
    assert view.isVisible()
    page.show_target("no such unit")
    idle(qtbot, page)
    assert not view.isVisible()


def test_a_unit_is_opened_from_the_staff(qtbot, make_desk, rostered) -> None:
    page = opened(qtbot, make_desk(rostered))
    seen(page, "openUnit").click()
    assert page.findChild(QLabel, "unitName") is None, "nobody and no unit is chosen"
    last = people(rostered)[-1]
    page._table.choose(last.id)
    seen(page, "openUnit").click()
    name = page.findChild(QLabel, "unitName")
    assert (name.isVisible(), name.text()) == (True, last.unit)
    assert not seen(page, "unitNext").isEnabled()
    seen(page, "unitBack").click()
    page.findChild(QComboBox, "unitFilter").setCurrentText("市中医院")
    seen(page, "openUnit").click()
    assert name.text() == "市中医院"


def test_a_unit_without_people_and_history(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    page.show_unit("市中医院")
    assert "Nobody of this unit" in page.findChild(QLabel, "unitCovered").text()
    assert "No earlier years" in page.findChild(QLabel, "unitYears").text()


def picture(path: Path, color: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (300, 420), color).save(path)
    return path


def test_photos_are_matched_imported_shown_and_removed(qtbot, make_desk, rostered, answers, tmp_path) -> None:
    first, second = people(rostered)[0], people(rostered)[-1]
    one = picture(tmp_path / "p" / f"{first.unit}-{first.name}.jpg", "red")
    two = picture(tmp_path / "p" / f"{second.unit}-{second.name}.png", "blue")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        for path in (one, two, picture(tmp_path / "p" / "诸葛无名.jpg", "green")):
            archive.write(path, path.name)
    page = opened(qtbot, make_desk(rostered))
    said = []
    page.desk.said.connect(said.append)
    folder, files = page.findChild(QMenu, "photoMenu").actions()
    answers.path = tmp_path / "photos.zip"
    files.trigger()
    idle(qtbot, page)
    panel = page.findChild(object, "photoPreview")
    assert panel.isVisible()
    assert panel.table.model.rows()[0].file.endswith("诸葛无名.jpg"), "what is refused comes first"
    assert not panel.portrait.pixmap().isNull()
    assert "1 file gives nobody a photo" in strips(page)[0]
    assert "An import waits" in page.why_it_stays()
    seen(page, "Import 2 photos").click()
    idle(qtbot, page)
    assert said == ["2 photos imported, 0 of them in the place of another; 1 refused."]
    assert set(photos.photos(rostered, [row.id for row in people(rostered)])) == {first.id, second.id}
    (tmp_path / "p" / "诸葛无名.jpg").unlink()
    answers.path = tmp_path / "p"
    folder.trigger()
    idle(qtbot, page)
    assert any("has these photos already" in text for text in strips(page))
    seen(page, "cancelPhotos").click()
    assert page.findChild(object, "staff").isVisible()
    page._edit_person(first)
    dialog = page.findChild(PersonDialog)
    assert not dialog.portrait.pixmap().isNull()
    seen(dialog, "removePhoto").click()
    question = page.findChild(Question)
    question.field.setText("误传")
    question.yes.click()
    assert photos.photo(rostered, first.id) is None
    assert dialog.portrait.text() == "No photo"
    dialog.reject()
    qtbot.waitUntil(lambda: page.findChild(PersonDialog) is None and page.findChild(Question) is None)
    page._edit_person(first)
    assert page.findChild(PersonDialog).portrait.text() == "No photo"
    page.findChild(PersonDialog).reject()
    qtbot.waitUntil(lambda: page.findChild(PersonDialog) is None)


def test_a_folder_without_pictures_is_told(qtbot, make_desk, rostered, answers, tmp_path) -> None:
    page = opened(qtbot, make_desk(rostered))
    (tmp_path / "empty").mkdir()
    answers.path = tmp_path / "empty"
    page.findChild(QMenu, "photoMenu").actions()[0].trigger()
    idle(qtbot, page)
    assert any("There is no picture" in text for text in strips(page))
    assert not page.findChild(QPushButton, "importPhotos").isVisible()


def test_sealed_names_leave_counts_alone(qtbot, make_desk, drawn, monkeypatch, tmp_path) -> None:
    for module in (staff, units):
        monkeypatch.setattr(module, "names_sealed", lambda: True)
    page = opened(qtbot, make_desk(drawn))
    assert page.findChild(object, "sealedRoster").isVisible()
    assert any("The name list is sealed" in text for text in strips(page))
    counts = page.findChild(object, "sealedCounts")
    assert sum(count.registered for count in counts.model.rows()) == 876
    assert not any(button.isVisible() for button in page._actions_shown)
    page.show_target(people(drawn)[0].id)
    page.show_target("市中医院")
    assert page.findChild(object, "sealedRoster").isVisible()
    assert not drop(page, tmp_path)
    assert page.findChild(object, "staff") is None  # no table of people was made
    assert page.findChild(object, "unitView") is None


def test_the_preview_of_an_import_is_made_while_the_page_is_idle(qtbot, make_desk, planned) -> None:
    page = opened(qtbot, make_desk(planned))
    qtbot.waitUntil(lambda: page.findChild(object, "importPreview") is not None)
    assert not page.findChild(object, "importPreview").isVisible()
