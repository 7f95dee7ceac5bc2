"""Errors that a user can act on. Anything else that is raised is a bug."""


class UserError(Exception):
    """Something the user can mend: what happened, where, and what to do next.

    The three parts are whole translated sentences, so that a page, a dialog, a log
    line and the command line all show the same words.
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.where, self.todo) if part)


class InvalidInput(UserError):
    """A value from a person or a file is not acceptable; nothing was changed."""


class NotAllowed(UserError):
    """The event's state forbids this now (locked, already drawn, already published)."""


class NotFound(UserError):
    """What was asked for is not in this event."""


class FileProblem(UserError):
    """A file is missing, damaged, unreadable, or the disk refuses it."""


class FileInUse(UserError):
    """Another process holds the event file."""


class NewerFile(UserError):
    """The event file was written by a newer version of Biwu."""


class Cancelled(UserError):
    """The user stopped a long task; nothing was changed."""
