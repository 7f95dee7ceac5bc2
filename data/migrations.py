"""Steps that bring an older event file to the present schema, numbered by SQLite's user_version."""

from peewee import SqliteDatabase

from data.errors import FileProblem, NewerFile
from data.i18n import _
from data.models import TABLES

APPLICATION_ID = 0x42495755  # "BIWU", so that a file can be told from any other SQLite file
SCHEMA_VERSION = 1

# version that a step starts from -> SQL statements that lead to the next version
STEPS: dict[int, tuple[str, ...]] = {}


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
