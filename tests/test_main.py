"""The command line: rehearse and verify, their exit status, their words, and what they refuse."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import main
from data import i18n, rehearsal
from data import store as stores
from data.exchange.draw_json import record_text
from data.rules.draw import PoolId
from data.rules.draw_record import Candidate, drawn_record, frozen_record
from tests.conftest import GAOAN, NURSING
from tests.data.rehearsed import NO_PAPERS, SEED

PROJECT = Path(main.__file__).parent
COUNTY = (
    "rehearse", "--plan", str(NURSING / "plan.xlsx"), "--roster", str(NURSING / "roster.xlsx"),
    "--theory", str(NURSING / "theory.xlsx"), "--language", "en",
)  # fmt: skip


@pytest.fixture
def event(phases, tmp_path: Path) -> Path:
    """A file that nobody has open."""
    path = tmp_path / "event.biwu"
    phases.copy("nursing_drawn", path).close()
    return path


def test_rehearse_leaves_the_files_and_says_what_it_did(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("printing.papers.DAY_PAPERS", NO_PAPERS)
    assert main.main([*COUNTY, "--seed", SEED, "--out", str(tmp_path / "day")]) == 0
    told = capsys.readouterr()
    assert "People who compete: 42" in told.out
    assert "no timetable can end before 16:42" in told.out
    assert told.err == ""
    assert (tmp_path / "day" / "standings.csv").exists()
    assert main.main(["verify", str(tmp_path / "day" / "event.biwu"), "--language", "en"]) == 0


def test_a_folder_that_is_not_empty_is_refused_and_untouched(tmp_path: Path, capsys) -> None:
    (tmp_path / "letter.txt").write_text("precious")
    assert main.main([*COUNTY, "--out", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert "is not empty" in told.err
    assert told.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--plan", "none.xlsx"), ("--roster", "none.xlsx"), ("--theory", "none.xlsx"), ("--marks", "none.csv")],
)
def test_a_missing_input_is_named_and_nothing_is_left(
    option: str, value: str, tmp_path: Path, capsys, monkeypatch
) -> None:
    monkeypatch.setattr("printing.papers.DAY_PAPERS", NO_PAPERS)
    assert main.main([*COUNTY, option, value, "--out", str(tmp_path / "day")]) == 1
    assert value in capsys.readouterr().err
    assert not (tmp_path / "day").exists()


def test_rosters_of_another_event_are_refused_with_the_reasons(tmp_path: Path, capsys) -> None:
    assert main.main([*COUNTY, "--roster", str(GAOAN / "rosters"), "--out", str(tmp_path / "day")]) == 1
    told = capsys.readouterr().err
    assert "No row of the rosters can be used." in told
    assert "市人民医院" in told
    assert not (tmp_path / "day").exists()


def test_a_seed_of_one_part_is_refused(tmp_path: Path, capsys) -> None:
    assert main.main([*COUNTY, "--seed", "08 15 22", "--out", str(tmp_path / "day")]) == 1
    assert capsys.readouterr().err
    assert not (tmp_path / "day").exists()


@pytest.mark.parametrize(
    "arguments", [["rehearse"], ["verify"], ["verify-draw"], ["rehearse", "--language", "fr"], ["open", "a", "b"]]
)
def test_arguments_that_cannot_be_meant_are_explained(arguments: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main.main(arguments)
    assert left.value.code == 2
    assert "usage: start" in capsys.readouterr().err


def test_verify_passes_a_whole_file_also_while_it_is_open(event: Path, capsys) -> None:
    assert main.main(["verify", str(event), "--language", "en"]) == 0
    assert capsys.readouterr().out == f"No fault found: {event}\n"
    store = stores.open_store(event)
    try:
        assert main.main(["verify", str(event), "--language", "en"]) == 0
    finally:
        store.close()


def test_verify_names_each_fault(event: Path, capsys) -> None:
    with closing(sqlite3.connect(event)) as connection:
        connection.execute("UPDATE entrant SET name = '张三' WHERE id = 1")
        connection.commit()
    assert main.main(["verify", str(event), "--language", "en"]) == 1
    told = capsys.readouterr()
    assert "No fault" not in told.out
    assert len(told.out.splitlines()) >= 1


def test_verify_of_what_is_no_event_file(tmp_path: Path, capsys) -> None:
    (tmp_path / "letter.biwu").write_text("Dear committee")
    for name in ("letter.biwu", "none.biwu"):
        assert main.main(["verify", str(tmp_path / name), "--language", "en"]) == 1
        told = capsys.readouterr()
        assert name in told.out + told.err


def test_words_are_chinese_unless_asked_otherwise(event: Path) -> None:
    for language, words in (("en", "No fault found"), ("zh_CN", "未发现")):
        i18n.use(i18n.DEFAULT_LANGUAGE)
        said = subprocess.run(
            [sys.executable, "main.py", "verify", str(event), "--language", language],
            cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert words in said.stdout
    silent = subprocess.run(
        [sys.executable, "main.py", "verify", str(event)],
        cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert silent.stdout == said.stdout


def test_a_console_that_lacks_a_character_shows_a_mark_for_it(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "main.py", "verify", str(tmp_path / "䶮.biwu")],
        cwd=PROJECT, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip
    assert said.returncode == 1
    assert "?.biwu" in (said.stdout + said.stderr).decode("gbk")


def test_ctrl_c_stops_and_clears_the_folder(tmp_path: Path, capsys, monkeypatch) -> None:
    def interrupt(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rehearsal.steps, "make_schedule", interrupt)
    assert main.main([*COUNTY, "--out", str(tmp_path / "day")]) == 130
    assert "Stopped" in capsys.readouterr().err
    assert not (tmp_path / "day").exists()


def test_progress_is_one_line_on_a_terminal(capsys, monkeypatch) -> None:
    main._print_progress(500, 1000, "Entering marks")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    main._print_progress(500, 1000, "Entering marks")
    assert capsys.readouterr().err == "\r\x1b[K 50 % Entering marks"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ([], ["open"]),
        (["--demo"], ["open", "--demo"]),
        (["event.biwu"], ["open", "event.biwu"]),
        (["verify", "event.biwu"], ["verify", "event.biwu"]),
        (["verify-draw", "draw.json"], ["verify-draw", "draw.json"]),
        (["--help"], ["--help"]),
    ],
)
def test_without_a_command_the_window_opens(typed: list[str], meant: list[str], monkeypatch) -> None:
    assert main.command_line(typed) == meant
    if meant[0] == "open":
        opened = []
        monkeypatch.setattr("ui.app.run", lambda *arguments, **named: opened.append((arguments, named)) or 0)
        assert main.main(meant) == 0
        assert opened[0][1]["demo"] == ("--demo" in typed)


def test_verify_draw_redoes_a_published_record(tmp_path: Path, capsys) -> None:
    people = [Candidate(PoolId("N", unit, n), f"张{n}", "市医院") for unit in (1, 2) for n in (1, 2)]
    record = drawn_record(frozen_record("numbers", "大比武", people), ["08 15", "高安"], ["甲", "乙"], "t")
    path = tmp_path / "draw.json"
    path.write_text(record_text(record), "utf-8")
    assert main.main(["verify-draw", str(path), "--language", "en"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "Numbers draw · 大比武"
    assert told[-1] == "Everything agrees."
    assert all(line.startswith("[OK] ") for line in told[1:-1])
    record["pool"][2]["unit"] = "县医院"
    path.write_text(record_text(record), "utf-8")
    assert main.main(["verify-draw", str(path), "--language", "en"]) == 1
    told = capsys.readouterr().out
    assert "[!!] Line 3 of the list" in told
    assert "[OK]" not in told


@pytest.mark.parametrize("content", ["", "[[[[", '{"kind": "numbers"}'])
def test_verify_draw_of_what_is_no_record(tmp_path: Path, content: str, capsys) -> None:
    path = tmp_path / "draw.json"
    path.write_text(content, "utf-8")
    for name in ("draw.json", "none.json"):
        assert main.main(["verify-draw", str(tmp_path / name), "--language", "en"]) == 1
        told = capsys.readouterr()
        assert name in told.out + told.err
        assert "Traceback" not in told.err
