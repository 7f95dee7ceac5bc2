"""Saves a file of the present schema version, with a row in every table: python -m tests.db_versions.make

Run it once when a version is released, and commit the file; every later Biwu must open it.
"""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data import migrations, models
from data import store as stores
from data.actions import marks, results
from data.rules import draw_record
from data.rules.draw import PoolId
from data.rules.draw_record import Candidate
from data.store import Store
from tests.data.samples import add_marked_station

FOLDER = Path(__file__).parent


def main() -> None:
    """Write vN.biwu beside this script; an existing one is left alone, since it is what users have."""
    start, ticks = datetime(2023, 11, 25, tzinfo=UTC), itertools.count()
    store = stores.create(
        FOLDER / f"v{migrations.SCHEMA_VERSION}.biwu", clock=lambda: start + timedelta(seconds=next(ticks))
    )
    _fill(store)
    store.close()
    (FOLDER / f"v{migrations.SCHEMA_VERSION}.biwu.lock").unlink()


def _fill(store: Store) -> None:
    visit = add_marked_station(store)
    store.sign_ins.names |= {"李敏", "王建国"}
    with store.write("李敏", "setup.save_plan") as writing:
        component = {"name": "心肺复苏", "source": "station", "station": 1, "weight_milli": 50_000, "position": 1}
        writing.insert(models.StationDivision, station=1, division=1, position=1)
        writing.insert(models.Component, division=1, **component)
        choice = {"name": "抽考", "source": "choice", "best": 1, "weight_milli": 50_000, "position": 2}
        component = writing.insert(models.Component, division=1, **choice)
        writing.insert(models.ComponentStation, component=component, station=1, position=1)
        writing.insert(models.AwardLevel, division=1, scope="individual", name="一等奖", count=1, position=1)
        writing.insert(models.Judge, name="王建国", unit_name="宜春市人民医院", station=1, lane=1, seat=1, chief=True)
        writing.insert(models.Break, name="午休", starts_minute=720, ends_minute=810, position=1)
        writing.insert(models.PastEntry, id_number="360981199001011234", name="张伟杰", unit_name="市医", year=2022)
        pool = [Candidate(PoolId("1H", 1, 1), "张伟杰", "高安市人民医院")]
        record = draw_record.frozen_record(draw_record.NUMBERS, "急诊急救技能大比武", pool, {})
        writing.insert(models.Draw, kind=draw_record.NUMBERS, state="frozen", record=record, frozen_at=writing.at)
        writing.insert(models.DrawnStation, entrant=1, station=1)
        writing.insert(models.DrawnLane, entrant=1, station=1, lane=1)
        writing.insert(models.Photo, person=1, sha256=writing.keep_picture(b"a portrait"))
        joined = writing.insert(models.Person, unit=1, division=1, name="刘洋")
        writing.insert(
            models.Substitution,
            entrant=1,
            left=joined,
            joined=1,
            old_token="WXYZ",
            actor="李敏",
            at=writing.at,
            reason="本人患病",
        )
        writing.insert(models.Decoding, layer="name", chief="王建国", witness="赵敏", at=writing.at)
        timetable = writing.insert(models.Timetable, number=1, made_at=writing.at, finish_minute=518, bound_minute=518)
        writing.insert(models.Slot, timetable=timetable, visit=visit, lane=1, starts_minute=510, ends_minute=518)
        writing.insert(models.Session, name="上午", starts_minute=510, ends_minute=720, position=1)
        writing.insert(models.Walk, station=1, other=1, minutes=3, position=1)
        writing.insert(models.Member, entrant=1, person=1)
        writing.insert(models.LaneClosure, station=1, lane=1, starts_minute=600, ends_minute=640, reason="设备故障")
        incident = {"given_back_milli": 60_000, "text": "模拟人断电", "actor": "李敏", "at": writing.at}
        writing.insert(models.Incident, visit=visit, **incident)
        theory = {"value_milli": 88_500, "actor": "李敏", "at": writing.at}
        writing.insert(models.TheoryMark, entrant=1, version=1, latest=True, **theory)
        writing.insert(models.Operator, name="赵敏", salt="00", pin_hash="11")
        honour = writing.insert(models.Honour, name="优秀组织奖", subject="unit", basis="hand", position=1)
        who = {"actor": "李敏", "at": writing.at, "reason": "组织得力"}
        writing.insert(models.HonourGiven, honour=honour, unit=1, **who)
        writing.insert(models.TieDecision, division=1, entrants=[1], **who)
        writing.insert(models.Confirmation, visit=visit, kind="extreme", of_marks="1", chief="王建国", **who)
        writing.insert(
            models.Appeal,
            entrant=1,
            about="result",
            raised_by="张伟杰",
            raised_at=writing.at,
            text="对名次有异议",
            state="refused",
            decision="名次计算无误",
            decided_by="王建国",
            decided_at=writing.at,
            actor="李敏",
        )
        writing.insert(models.Resit, entrant=1, date="2023-12-09", actor="李敏", at=writing.at)
        writing.insert(models.Notice, of_version=1, starts="2023-11-27", ends="2023-12-01", actor="李敏", at=writing.at)
        writing.insert(models.Printout, kind="badges", pieces=1, at=writing.at)
    for seat in (1, 2, 3):
        marks.hand_in(store, "李敏", visit, seat, {}, total_milli=80_000)
    with store.write("赵敏", "readings.read") as writing:
        second = {"values": {}, "total_milli": 80_000, "total_only": True, "state": "agreed"}
        writing.insert(models.Reading, mark=2, actor="赵敏", at=writing.at, **second)
    marks.hand_in(store, "王建国", visit, 1, {}, total_milli=92_000, reason="评分表抄错")
    marks.set_visit(store, "李敏", visit, seconds_milli=412_000)
    with store.write("王建国", "results.record_playoff") as writing:
        writing.insert(models.Playoff, entrant=1, place=1)
        writing.insert(models.Lock, station=1, actor="李敏", at=writing.at)
    results.finalise(store, "王建国")


if __name__ == "__main__":
    main()
