"""Steps that bring an older event file to the present schema, numbered by SQLite's user_version."""

from peewee import SqliteDatabase

from data.errors import FileProblem, NewerFile
from data.i18n import _
from data.models import TABLES

APPLICATION_ID = 0x42495755  # "BIWU", so that a file can be told from any other SQLite file
SCHEMA_VERSION = 4

# version that a step starts from -> SQL statements that lead to the next version
STEPS: dict[int, tuple[str, ...]] = {
    1: (
        "ALTER TABLE event ADD COLUMN reserves INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE event ADD COLUMN apart INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE event ADD COLUMN waves INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE event ADD COLUMN equal_lanes INTEGER NOT NULL DEFAULT 1",
        "ALTER TABLE event ADD COLUMN item_draw TEXT NOT NULL DEFAULT 'entrant'",
        (
            "CREATE TABLE component_station (id INTEGER NOT NULL PRIMARY KEY, component_id INTEGER NOT NULL, "
            "station_id INTEGER NOT NULL, position INTEGER NOT NULL, "
            "FOREIGN KEY (component_id) REFERENCES component (id) ON DELETE RESTRICT, "
            "FOREIGN KEY (station_id) REFERENCES station (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX component_station_component_id ON component_station (component_id)",
        "CREATE INDEX component_station_station_id ON component_station (station_id)",
        (
            "CREATE UNIQUE INDEX component_station_component_id_station_id ON component_station (component_id, "
            "station_id)"
        ),
        "CREATE TABLE picture (id INTEGER NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, content BLOB NOT NULL)",
        "CREATE UNIQUE INDEX picture_sha256 ON picture (sha256)",
        (
            "CREATE TABLE photo (id INTEGER NOT NULL PRIMARY KEY, person_id INTEGER NOT NULL, sha256 TEXT NOT NULL, "
            "FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT)"
        ),
        "CREATE UNIQUE INDEX photo_person_id ON photo (person_id)",
        (
            "CREATE TABLE substitution (id INTEGER NOT NULL PRIMARY KEY, entrant_id INTEGER NOT NULL, "
            "left_id INTEGER NOT NULL, joined_id INTEGER NOT NULL, old_token TEXT NOT NULL, actor TEXT NOT NULL, "
            "at TEXT NOT NULL, reason TEXT NOT NULL, "
            "FOREIGN KEY (entrant_id) REFERENCES entrant (id) ON DELETE RESTRICT, "
            "FOREIGN KEY (left_id) REFERENCES person (id) ON DELETE RESTRICT, "
            "FOREIGN KEY (joined_id) REFERENCES person (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX substitution_entrant_id ON substitution (entrant_id)",
        "CREATE INDEX substitution_left_id ON substitution (left_id)",
        "CREATE INDEX substitution_joined_id ON substitution (joined_id)",
        (
            "CREATE TABLE drawn_station (id INTEGER NOT NULL PRIMARY KEY, entrant_id INTEGER NOT NULL, "
            "station_id INTEGER NOT NULL, FOREIGN KEY (entrant_id) REFERENCES entrant (id) ON DELETE RESTRICT, "
            "FOREIGN KEY (station_id) REFERENCES station (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX drawn_station_entrant_id ON drawn_station (entrant_id)",
        "CREATE INDEX drawn_station_station_id ON drawn_station (station_id)",
        "CREATE UNIQUE INDEX drawn_station_entrant_id_station_id ON drawn_station (entrant_id, station_id)",
        (
            "CREATE TABLE drawn_lane (id INTEGER NOT NULL PRIMARY KEY, entrant_id INTEGER NOT NULL, "
            "station_id INTEGER NOT NULL, lane INTEGER NOT NULL, "
            "FOREIGN KEY (entrant_id) REFERENCES entrant (id) ON DELETE RESTRICT, "
            "FOREIGN KEY (station_id) REFERENCES station (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX drawn_lane_entrant_id ON drawn_lane (entrant_id)",
        "CREATE INDEX drawn_lane_station_id ON drawn_lane (station_id)",
        "CREATE UNIQUE INDEX drawn_lane_entrant_id_station_id ON drawn_lane (entrant_id, station_id)",
        (
            "CREATE TABLE decoding (id INTEGER NOT NULL PRIMARY KEY, layer TEXT NOT NULL, chief TEXT NOT NULL, "
            "witness TEXT NOT NULL, at TEXT NOT NULL)"
        ),
        "CREATE UNIQUE INDEX decoding_layer ON decoding (layer)",
        "ALTER TABLE draw ADD COLUMN seal TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE draw ADD COLUMN seal_salt TEXT NOT NULL DEFAULT ''",
    ),
    2: (
        "ALTER TABLE event ADD COLUMN rotation TEXT NOT NULL DEFAULT 'free'",
        "ALTER TABLE event ADD COLUMN walk_minutes INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE event ADD COLUMN rest_minutes INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE event ADD COLUMN most_stay_minutes INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE event ADD COLUMN keep_order TEXT NOT NULL DEFAULT 'first'",
        "ALTER TABLE event ADD COLUMN stand_ins INTEGER NOT NULL DEFAULT 0",
        (
            "CREATE TABLE session (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
            "starts_minute INTEGER NOT NULL, ends_minute INTEGER NOT NULL, position INTEGER NOT NULL)"
        ),
        "CREATE UNIQUE INDEX session_name ON session (name)",
        "ALTER TABLE division ADD COLUMN session_id INTEGER REFERENCES session (id) ON DELETE RESTRICT",
        "CREATE INDEX division_session_id ON division (session_id)",
        "ALTER TABLE unit ADD COLUMN arrives_minute INTEGER",
        "ALTER TABLE unit ADD COLUMN leaves_minute INTEGER",
        "ALTER TABLE station ADD COLUMN opens_minute INTEGER",
        "ALTER TABLE station ADD COLUMN closes_minute INTEGER",
        (
            "CREATE TABLE walk (id INTEGER NOT NULL PRIMARY KEY, station_id INTEGER NOT NULL, "
            "other_id INTEGER NOT NULL, minutes INTEGER NOT NULL, position INTEGER NOT NULL, "
            "FOREIGN KEY (station_id) REFERENCES station (id) ON DELETE RESTRICT, "
            "FOREIGN KEY (other_id) REFERENCES station (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX walk_station_id ON walk (station_id)",
        "CREATE INDEX walk_other_id ON walk (other_id)",
        "CREATE UNIQUE INDEX walk_station_id_other_id ON walk (station_id, other_id)",
        "ALTER TABLE judge ADD COLUMN reserve INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE break ADD COLUMN station_id INTEGER REFERENCES station (id) ON DELETE RESTRICT",
        "ALTER TABLE break ADD COLUMN lane INTEGER",
        "CREATE INDEX break_station_id ON break (station_id)",
        "ALTER TABLE entrant ADD COLUMN ready_minute INTEGER",
        (
            "CREATE TABLE member (id INTEGER NOT NULL PRIMARY KEY, entrant_id INTEGER NOT NULL, "
            "person_id INTEGER NOT NULL, FOREIGN KEY (entrant_id) REFERENCES entrant (id) ON DELETE RESTRICT, "
            "FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX member_entrant_id ON member (entrant_id)",
        "CREATE INDEX member_person_id ON member (person_id)",
        "CREATE UNIQUE INDEX member_entrant_id_person_id ON member (entrant_id, person_id)",
        "ALTER TABLE timetable ADD COLUMN cause TEXT NOT NULL DEFAULT 'plan'",
        "ALTER TABLE visit ADD COLUMN started_at TEXT",
        "ALTER TABLE visit ADD COLUMN ended_at TEXT",
        "ALTER TABLE visit ADD COLUMN ran_lane INTEGER",
        (
            "CREATE TABLE incident (id INTEGER NOT NULL PRIMARY KEY, visit_id INTEGER NOT NULL, "
            "given_back_milli INTEGER NOT NULL, text TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL, "
            "FOREIGN KEY (visit_id) REFERENCES visit (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX incident_visit_id ON incident (visit_id)",
        (
            "CREATE TABLE lane_closure (id INTEGER NOT NULL PRIMARY KEY, station_id INTEGER NOT NULL, "
            "lane INTEGER NOT NULL, starts_minute INTEGER NOT NULL, ends_minute INTEGER, reason TEXT NOT NULL, "
            "FOREIGN KEY (station_id) REFERENCES station (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX lane_closure_station_id ON lane_closure (station_id)",
        "ALTER TABLE slot ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    ),
    3: (
        "ALTER TABLE event ADD COLUMN low_milli INTEGER",
        "ALTER TABLE event ADD COLUMN high_milli INTEGER",
        "ALTER TABLE event ADD COLUMN verify TEXT NOT NULL DEFAULT 'none'",
        "ALTER TABLE event ADD COLUMN verify_percent INTEGER NOT NULL DEFAULT 10",
        "ALTER TABLE event ADD COLUMN verify_top INTEGER NOT NULL DEFAULT 3",
        "ALTER TABLE event ADD COLUMN appeal_minutes INTEGER NOT NULL DEFAULT 120",
        "ALTER TABLE award_level ADD COLUMN least_milli INTEGER",
        "ALTER TABLE visit ADD COLUMN overtime_milli INTEGER NOT NULL DEFAULT 0",
        (
            "CREATE TABLE honour (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, subject TEXT NOT NULL, basis "
            "TEXT NOT NULL, count INTEGER, position INTEGER NOT NULL)"
        ),
        "CREATE UNIQUE INDEX honour_name ON honour (name)",
        (
            "CREATE TABLE operator (id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, chief INTEGER NOT NULL, "
            "salt TEXT NOT NULL, pin_hash TEXT NOT NULL, retired INTEGER NOT NULL)"
        ),
        "CREATE UNIQUE INDEX operator_name ON operator (name)",
        (
            'CREATE TABLE reading (id INTEGER NOT NULL PRIMARY KEY, mark_id INTEGER NOT NULL, "values" TEXT NOT NULL, '
            "total_milli INTEGER NOT NULL, total_only INTEGER NOT NULL, state TEXT NOT NULL, actor TEXT NOT NULL, at "
            "TEXT NOT NULL, settled_by TEXT NOT NULL, settled_at TEXT, FOREIGN KEY (mark_id) REFERENCES mark (id) ON "
            "DELETE RESTRICT)"
        ),
        "CREATE UNIQUE INDEX reading_mark_id ON reading (mark_id)",
        (
            "CREATE TABLE confirmation (id INTEGER NOT NULL PRIMARY KEY, visit_id INTEGER NOT NULL, kind TEXT NOT "
            "NULL, seat INTEGER NOT NULL, of_marks TEXT NOT NULL, chief TEXT NOT NULL, actor TEXT NOT NULL, at TEXT "
            "NOT NULL, reason TEXT NOT NULL, FOREIGN KEY (visit_id) REFERENCES visit (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX confirmation_visit_id ON confirmation (visit_id)",
        (
            "CREATE TABLE lock (id INTEGER NOT NULL PRIMARY KEY, station_id INTEGER, division_id INTEGER, actor TEXT "
            "NOT NULL, at TEXT NOT NULL, reopened_by TEXT NOT NULL, reopened_at TEXT, reason TEXT NOT NULL, FOREIGN "
            "KEY (station_id) REFERENCES station (id) ON DELETE RESTRICT, FOREIGN KEY (division_id) REFERENCES "
            "division (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX lock_station_id ON lock (station_id)",
        "CREATE INDEX lock_division_id ON lock (division_id)",
        (
            "CREATE TABLE appeal (id INTEGER NOT NULL PRIMARY KEY, entrant_id INTEGER NOT NULL, visit_id INTEGER, "
            "seat INTEGER, about TEXT NOT NULL, raised_by TEXT NOT NULL, raised_at TEXT NOT NULL, text TEXT NOT "
            "NULL, late_reason TEXT NOT NULL, of_version INTEGER, state TEXT NOT NULL, decision TEXT NOT NULL, "
            "decided_by TEXT NOT NULL, decided_at TEXT, actor TEXT NOT NULL, FOREIGN KEY (entrant_id) REFERENCES "
            "entrant (id) ON DELETE RESTRICT, FOREIGN KEY (visit_id) REFERENCES visit (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX appeal_entrant_id ON appeal (entrant_id)",
        "CREATE INDEX appeal_visit_id ON appeal (visit_id)",
        (
            "CREATE TABLE tie_decision (id INTEGER NOT NULL PRIMARY KEY, division_id INTEGER NOT NULL, entrants TEXT "
            "NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL, FOREIGN KEY (division_id) "
            "REFERENCES division (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX tie_decision_division_id ON tie_decision (division_id)",
        (
            "CREATE TABLE honour_given (id INTEGER NOT NULL PRIMARY KEY, honour_id INTEGER NOT NULL, entrant_id "
            "INTEGER, unit_id INTEGER, taken INTEGER NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, at TEXT "
            "NOT NULL, FOREIGN KEY (honour_id) REFERENCES honour (id) ON DELETE RESTRICT, FOREIGN KEY (entrant_id) "
            "REFERENCES entrant (id) ON DELETE RESTRICT, FOREIGN KEY (unit_id) REFERENCES unit (id) ON DELETE "
            "RESTRICT)"
        ),
        "CREATE INDEX honour_given_honour_id ON honour_given (honour_id)",
        "CREATE INDEX honour_given_entrant_id ON honour_given (entrant_id)",
        "CREATE INDEX honour_given_unit_id ON honour_given (unit_id)",
        (
            "CREATE TABLE notice (id INTEGER NOT NULL PRIMARY KEY, of_version INTEGER NOT NULL, starts TEXT NOT "
            "NULL, ends TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL)"
        ),
        (
            "CREATE TABLE resit (id INTEGER NOT NULL PRIMARY KEY, entrant_id INTEGER NOT NULL, date TEXT NOT NULL, "
            "result_milli INTEGER, passed INTEGER, note TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL, "
            "FOREIGN KEY (entrant_id) REFERENCES entrant (id) ON DELETE RESTRICT)"
        ),
        "CREATE INDEX resit_entrant_id ON resit (entrant_id)",
    ),
}


def biwu_version(schema_version: int) -> str:
    """The first Biwu that reads files of a schema version, even one that this program does not know.

    Every new schema version raises the minor number of the program by one, and nothing else does.
    """
    return f"1.{schema_version - 1}"


def create(database: SqliteDatabase) -> None:
    """Make the tables of the present version in an empty database."""
    with database.atomic("IMMEDIATE"):
        database.create_tables(TABLES, safe=False)
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def check_version(database: SqliteDatabase) -> int:
    """The schema version of the file, at most SCHEMA_VERSION.

    Raises:
        FileProblem: the file is no event file.
        NewerFile: a newer Biwu wrote it.
    """
    (application_id,) = database.execute_sql("PRAGMA application_id").fetchone()
    (version,) = database.execute_sql("PRAGMA user_version").fetchone()
    if application_id != APPLICATION_ID or version < 1:
        raise FileProblem(
            _("This is not a Biwu event file."),
            todo=_("Choose a file that ends in .biwu."),
        )
    if version > SCHEMA_VERSION:
        raise NewerFile(
            _("This event was saved by a newer Biwu: it needs Biwu {needed} or later, and this is {own}.").format(
                needed=biwu_version(version), own=biwu_version(SCHEMA_VERSION)
            ),
            todo=_("Install the newest Biwu on this computer, then open the file again."),
        )
    return int(version)


def migrate(database: SqliteDatabase) -> None:
    """Bring the file to the present version, all steps in one transaction or none.

    Raises:
        FileProblem: the file is no event file.
        NewerFile: a newer Biwu wrote it.
    """
    version = check_version(database)
    if version == SCHEMA_VERSION:
        return
    with database.atomic("IMMEDIATE"):
        for step in range(version, SCHEMA_VERSION):
            for statement in STEPS[step]:
                database.execute_sql(statement)
            database.execute_sql(f"PRAGMA user_version = {step + 1}")
