"""Biwu 比武台: opens the window, or runs a rehearsal or a check without one."""

import argparse
import io
import sys
from pathlib import Path

from data import i18n
from data.errors import UserError
from data.i18n import _

_INTERRUPTED = 130  # what a shell gives for Ctrl+C


def main(arguments: list[str]) -> int:
    """Do what the command line asks; returns the exit status."""
    options = _parser().parse_args(arguments)
    if options.language:
        i18n.use(options.language)
    try:
        return int(options.run(options))
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(_("Stopped. Nothing was changed."), file=sys.stderr)
        return _INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="start", description="Biwu 比武台: the event day of a skills competition.")
    commands = {
        "rehearse": _rehearse_parser,
        "verify": _verify_parser,
        "verify-draw": _verify_draw_parser,
        "verify-archive": _verify_archive_parser,
    }
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, describe in commands.items():
        describe(subparsers.add_parser(name))
    window = subparsers.add_parser("open", help="open the window (the default)")
    window.add_argument("event", nargs="?", type=Path, help="event file to open")
    window.add_argument("--demo", action="store_true", help="open a copy of the demo event")
    _language_option(window)
    window.set_defaults(run=_open_window)
    return parser


def _language_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=i18n.LANGUAGES, default=None)


def _rehearse_parser(parser: argparse.ArgumentParser) -> None:
    parser.description = "Run a whole event day without a window and leave every file it makes in a folder."
    parser.add_argument("--plan", type=Path, required=True, help="plan workbook (.xlsx)")
    parser.add_argument("--roster", type=Path, nargs="+", required=True, help="roster files, or folders of them")
    parser.add_argument("--history", type=Path, help="who competed in earlier years (.csv)")
    parser.add_argument("--theory", type=Path, help="theory marks (.xlsx or .csv)")
    parser.add_argument("--marks", type=Path, help="marks (.csv); without it judges are simulated")
    parser.add_argument("--seed", help="seed parts of the draws, separated by /")
    parser.add_argument("--out", type=Path, required=True, help="new or empty folder for the files")
    parser.add_argument(
        "--disturb",
        action="store_true",
        help="with delays, no-shows, a lost lane and a replaced judge; needs no --marks",
    )
    parser.add_argument(
        "--mistype",
        type=float,
        metavar="PERCENT",
        help="so many of a hundred values are mistyped: what one entry would have published, and what two leave of it",
    )
    _language_option(parser)
    parser.set_defaults(run=_rehearse)


def _verify_parser(parser: argparse.ArgumentParser) -> None:
    parser.description = "Check an event file: schema, audit log, draws, standings. Exit 1 and a line for each fault."
    parser.add_argument("event", type=Path)
    _language_option(parser)
    parser.set_defaults(run=_verify)


def _verify_draw_parser(parser: argparse.ArgumentParser) -> None:
    parser.description = "Redo a draw from its record alone. Exit 1 and a line for each part that differs."
    parser.add_argument("record", type=Path, metavar="RECORD.json")
    _language_option(parser)
    parser.set_defaults(run=_verify_draw)


def _verify_archive_parser(parser: argparse.ArgumentParser) -> None:
    parser.description = "Check a sealed archive from itself alone. Exit 1 and a line for each part that differs."
    parser.add_argument("archive", type=Path, metavar="FOLDER_OR_ZIP")
    _language_option(parser)
    parser.set_defaults(run=_verify_archive)


def _open_window(options: argparse.Namespace) -> int:
    from ui import app

    return app.run(options.event, language=options.language, demo=options.demo)


def _rehearse(options: argparse.Namespace) -> int:
    from data import rehearsal, rehearsal_words
    from printing import papers

    inputs = rehearsal.Inputs(
        plan=options.plan,
        rosters=tuple(options.roster),
        history=options.history,
        theory=options.theory,
        marks=options.marks,
    )
    seed = options.seed or rehearsal_words.DEFAULT_SEED
    report = rehearsal.rehearse(
        inputs,
        seed,
        options.out,
        papers.DAY_PAPERS,
        _print_progress,
        disturb=options.disturb,
        mistype=options.mistype,
    )
    print(rehearsal_words.summary(report))
    return 0


def _print_progress(done: int, total: int, text: str = "") -> None:
    if sys.stderr.isatty():
        print(
            f"\r\x1b[K{100 * done // total:3} % {text}", end="" if done < total else "\n", file=sys.stderr, flush=True
        )


def _verify(options: argparse.Namespace) -> int:
    from data.verify import verify_file

    faults = verify_file(options.event)
    for fault in faults:
        print(fault)
    if not faults:
        print(_("No fault found: {file}").format(file=options.event))
    return 1 if faults else 0


def _verify_draw(options: argparse.Namespace) -> int:
    from data.exchange.draw_check import check_file

    check = check_file(options.record)
    print(check.title)
    for mark, texts in (("--", check.notes), ("OK", check.agrees), ("!!", check.findings)):
        for text in texts:
            print(f"[{mark}] {text}")
    print(_("This record contradicts itself.") if check.findings else _("Everything agrees."))
    return 1 if check.findings else 0


def _verify_archive(options: argparse.Namespace) -> int:
    from data.exchange.archive_check import check_archive

    check = check_archive(options.archive)
    print(check.title or options.archive)
    print(_("Seal: {seal}").format(seal=check.seal))
    for mark, texts in (("OK", check.agrees), ("!!", check.findings)):
        for text in texts:
            print(f"[{mark}] {text}")
    print(_("This archive is not as it was sealed.") if check.findings else _("Everything agrees."))
    return 1 if check.findings else 0


def command_line(arguments: list[str]) -> list[str]:
    """The arguments with `open` put first where no command is named, so that `start EVENT.biwu` works."""
    if arguments and arguments[0] in ("rehearse", "verify", "verify-draw", "verify-archive", "open", "-h", "--help"):
        return arguments
    return ["open", *arguments]


def _print_any_name() -> None:
    """Let a console that lacks a character show `?` for it: a Chinese Windows knows no 䶮, and would stop there."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    _print_any_name()
    sys.exit(main(command_line(sys.argv[1:])))
