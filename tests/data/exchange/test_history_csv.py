"""Who competed in earlier years."""

from pathlib import Path

from data.exchange.history_csv import read_history

EXAMPLES = Path(__file__).parents[3] / "resources" / "examples"


def test_the_history_of_gaoan_has_165_entries() -> None:
    reading = read_history(EXAMPLES / "gaoan-2023" / "history.csv")
    assert (len(reading.rows), reading.problems) == (165, [])
    first = reading.rows[0]
    assert (first.id_number, first.unit, first.year, first.row) == ("990000199310139033", "市人民医院", 2018, 2)


def test_years_are_read_as_people_write_them_and_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_text(
        "年度,姓 名,单位名称,身份证号码\n"
        "２０２２年,张　伟,市人民医院,99000019941011648８\n"
        "2021-11-18,李娜,市人民医院,990000199509257491\n"
        ",,,\n"
        "去年,王芳,市人民医院,990000198812103941\n"
        "2020,赵六,市人民医院,\n"
        "2019\n",
        "utf-8",
    )
    reading = read_history(path)
    assert [(row.name, row.year) for row in reading.rows] == [("张伟", 2022), ("李娜", 2021)]
    assert [(problem.cell, problem.column) for problem in reading.problems] == [
        ("A5", "年度"),
        ("D6", "身份证号码"),
        ("D7", "身份证号码"),
    ]


def test_a_file_without_its_headers_is_said(tmp_path: Path) -> None:
    path = tmp_path / "h.csv"
    path.write_text("姓名,单位\n张伟,市人民医院\n", "utf-8")
    reading = read_history(path)
    assert reading.rows == []
    assert "身份证号, 姓名, 单位, 年份" in reading.problems[0].message
