"""The command line, for people who script and for IT: `--help` says what they must know of it.

Heavy parts are imported by the verb that needs them.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from csp_desktop import terminal
from csp_desktop.domain.common.errors import Refused
from csp_desktop.exit_codes import DAMAGED, DONE, EXIT_CODES, REFUSED, of_window, told

Verb = Callable[[argparse.Namespace], Any]
HELP = (
    "CSP Desktop runs a community safety partnership's confidential meetings on encrypted "
    "files. Without a command it opens the window. “csp-desktop COMMAND --help” shows the "
    "options of a command."
)
GROUPS = {
    "the meeting": ("agenda", "private"),
    "the cases": ("cases", "assess", "referrals"),
    "the record": ("minutes", "approve", "versions", "circulate", "action-lists"),
    "the records": ("import-cases", "import-members", "import-actions", "import-people"),
    "the file": ("backup", "restore", "verify"),
    "the sample": ("sample", "rehearse", "pictures"),
}
EXAMPLES = """\
  csp-desktop verify --folder "C:\\Partnership" --user "Hannah Price"
      asks for the passphrase, then checks the file
  csp-desktop backup --folder ... --user ... --passphrase-file FILE --to E:\\
      for a script; FILE holds the passphrase in UTF-8. Use - instead of FILE
      for standard input (PowerShell 5 sends “?” for accented letters: use a
      file there)"""


class _WrongUsage(Exception):
    """Something the verb needs was not said."""


class _Parser(argparse.ArgumentParser):
    """With its verbs in groups, an example and the exit codes, where it has verbs."""

    verbs: "argparse._SubParsersAction[argparse.ArgumentParser] | None" = None

    def format_help(self) -> str:
        """As a person reads it."""
        if self.verbs is None:
            return super().format_help()
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        listed = {action.dest: action for action in self.verbs._get_subactions()}
        named = {name for names in GROUPS.values() for name in names}
        for title, names in {**GROUPS, "more": tuple(listed.keys() - named)}.items():
            formatter.start_section(title)
            formatter.add_arguments([listed[name] for name in names if name in listed])
            formatter.end_section()
        formatter.start_section("options")
        formatter.add_arguments(self._optionals._group_actions)
        formatter.end_section()
        codes = "".join(f"  {code:<4} {words}\n" for code, words in EXIT_CODES.items())
        return f"{formatter.format_help()}\nexamples:\n{EXAMPLES}\n\nexit codes:\n{codes}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb, or the window; whatever happens ends with one of `EXIT_CODES` and never with a traceback."""
    terminal.prepare()
    try:
        return _run(arguments)
    except SystemExit as ended:  # argparse: help was given, or the usage is wrong
        return int(ended.code or 0)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort
        return told(error)
    finally:
        terminal.finish()


def _run(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        result = _version() if options.version else options.verb(options)
    except _WrongUsage as wrong:
        parser.error(str(wrong))
    except terminal.NoTerminal:
        parser.error(
            "There is no terminal to ask for the passphrase. Name a file: --passphrase-file FILE, or - "
            "for standard input."
        )
    if isinstance(result, int):
        return result
    terminal.show(result, options.json)
    return DONE if result.get("ok", True) else DAMAGED


def _parser() -> _Parser:
    parser = _Parser(prog="csp-desktop", description=HELP)
    common = argparse.ArgumentParser(add_help=False)
    folder = "the partnership folder (contains cpg/, perhaps rough-sleeping/, and nothing else unencrypted)"
    common.add_argument("--folder", type=_path, default=argparse.SUPPRESS, help=folder)
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print the result as JSON")
    opening = argparse.ArgumentParser(add_help=False, parents=[common])
    opening.add_argument("--user", type=_name, help="your user name in the file")
    passphrase = "file with the passphrase, or - for standard input; otherwise you are asked"
    opening.add_argument("--passphrase-file", type=_path_or_input, metavar="FILE", help=passphrase)
    parser.add_argument("--folder", type=_path, default=None, help="the partnership folder")
    parser.add_argument("--json", action="store_true", default=False, help="print the result as JSON")
    versions = "show the versions of the program and its libraries"
    parser.add_argument("--version", action="store_true", help=versions)
    parser.set_defaults(verb=_window)
    verbs = parser.verbs = parser.add_subparsers(metavar="VERB", parser_class=_Parser)

    def verb(name: str, does: Verb, words: str, parent: argparse.ArgumentParser) -> argparse.ArgumentParser:
        if words:
            added = verbs.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.", parents=[parent])
        else:  # with no help it is in no list
            added = verbs.add_parser(name, parents=[parent])
        added.set_defaults(verb=does)
        return added

    _add_windows(verb, common)
    _add_imports(verb, opening)
    _add_agenda(verb, opening)
    _add_cases(verb, opening)
    _add_record(verb, opening)
    _add_keeping(verb, opening)
    return parser


def _add_imports(verb: Callable[..., argparse.ArgumentParser], opening: argparse.ArgumentParser) -> None:
    """The verbs that take a list over."""
    although = "confirm that the clock is right although the newest entry says otherwise; recorded in the journal"
    for name, does, words in (
        ("import-cases", _import_cases, "import a Safety Net export (CSV, XLSX, XLS or ODS)"),
        ("import-members", _import_members, "import the member list (CSV, XLSX, XLS or ODS)"),
        ("import-actions", _import_actions, "import open actions from a list or a Word document, once"),
        ("import-people", _import_people, "import people sleeping rough into the private file"),
    ):
        listed = verb(name, does, words, opening)
        listed.add_argument("file", type=_path)
        listed.add_argument("--dry-run", action="store_true", help="show what would change and save nothing")
        listed.add_argument("--although-clock", action="store_true", help=although)
        listed.add_argument("--map", type=_path, metavar="FILE", help="read from FILE which column is which")
        listed.add_argument("--map-out", type=_path, metavar="FILE", help="save to FILE which column is which")
        if does is _import_cases:
            listed.add_argument("--as-of", type=_day, help="the date of the export (YYYY-MM-DD)")
            changed = "also import initials and creation dates that change on many cases at once"
            listed.add_argument("--take-changed", action="store_true", help=changed)
        if does is _import_members:
            kind = "the kind of a new agency, for example 'Riverside Homes=housing'; may be given several times"
            listed.add_argument("--kind", action="append", default=[], metavar="AGENCY=KIND", help=kind)
            asked = "also import rows as new people if the name is like one on the list"
            listed.add_argument("--with-asked", action="store_true", help=asked)
        if does is _import_actions:
            held = "the date of the meeting they were agreed at (YYYY-MM-DD)"
            listed.add_argument("--held-on", type=_day, help=held)
            minutes = "keep the text of the document as the minutes of that meeting"
            listed.add_argument("--keep-minutes", action="store_true", help=minutes)
            officer = "who is meant by a name in the list, for example 'DH=Dan Holt'; may be given several times"
            listed.add_argument("--officer", action="append", default=[], metavar="NAME=PERSON", help=officer)
        alike = "rows that look like a known case or person: leave them out, or import as the same or as new"
        listed.add_argument("--alike", choices=("asked", "same", "new"), default="asked", help=alike)


def _add_cases(verb: Callable[..., argparse.ArgumentParser], opening: argparse.ArgumentParser) -> None:
    """The verbs about cases."""
    verb("cases", _cases, "list the open cases in the order of the next meeting, with why", opening)
    answers = verb("assess", _assess, "assess the risk of a case with the matrix in force", opening)
    answers.add_argument("--case", required=True, metavar="REFERENCE", help="the case's reference")
    said = "the answers: a line for each factor, its key = the number of the answer"
    answers.add_argument("--answers", type=_path, required=True, metavar="FILE", help=said)
    verb("referrals", _referrals, "list the referrals of cases, with what came back, and those that came in", opening)


def _add_windows(verb: Callable[..., argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """The verbs that open or play windows, and the sample they play on."""
    verb("private", _private, "open the private rough-sleeping meeting's window", common)
    verb("window", _told_window, "", common)  # the program's own: in no list
    verb("sample", _sample, "make the sample partnership", common)
    play = "play the sample meeting in the windows and save pictures and minutes"
    rehearse = verb("rehearse", _rehearse, play, common)
    rehearse.add_argument("--out", type=_path, required=True)
    pictures = verb("pictures", _pictures, "save a picture of every screen to a folder", common)
    pictures.add_argument("--out", type=_path, required=True)
    pictures.add_argument("--small-of", type=_path, help=argparse.SUPPRESS)  # what `pictures` starts beside itself


def _prints(parser: argparse.ArgumentParser) -> None:
    """What every verb that prints takes: without it what cannot be printed is named, and nothing is written."""
    missing = "save it even if some characters cannot be printed"
    parser.add_argument("--allow-missing-letters", action="store_true", help=missing)


def _add_agenda(verb: Callable[..., argparse.ArgumentParser], opening: argparse.ArgumentParser) -> None:
    """The papers before a meeting."""
    words = "save the papers of a meeting to a folder: agenda, each agency's list, email drafts, calendar file"
    papers = verb("agenda", _agenda, words, opening)
    papers.add_argument("--meeting", type=_day, required=True, help="the meeting's date (YYYY-MM-DD)")
    papers.add_argument("--out", type=_path, required=True, help="the folder")
    on_paper = "instead, the paper set to use if the laptop fails"
    papers.add_argument("--paper-set", action="store_true", help=on_paper)
    papers.add_argument("--private", action="store_true", help="of the private rough-sleeping meeting")
    _prints(papers)


def _add_record(verb: Callable[..., argparse.ArgumentParser], opening: argparse.ArgumentParser) -> None:
    """The verbs about what was held."""
    of_meeting = argparse.ArgumentParser(add_help=False, parents=[opening])
    of_meeting.add_argument("--meeting", type=_day, required=True, help="the meeting's date (YYYY-MM-DD)")
    of_meeting.add_argument("--private", action="store_true", help="of the private rough-sleeping meeting")
    minutes = verb("minutes", _minutes, "save the minutes of a meeting", of_meeting)
    kept = "the approved version N; otherwise the current draft"
    minutes.add_argument("--version", dest="number", metavar="N", type=int, default=0, help=kept)
    minutes.add_argument("--format", choices=("pdf", "docx"), default="", help="if not given: from the file's name")
    minutes.add_argument("--large-print", action="store_true", help="in large print (18 point)")
    minutes.add_argument("--out", type=_path, required=True)
    verb("approve", _approve, "approve the current minutes of a meeting", of_meeting)
    verb("versions", _versions, "list the versions of the minutes of a meeting", of_meeting)
    out = "save a locked copy of the approved minutes for everyone who may have one, and an email draft"
    copies = verb("circulate", _circulate, out, of_meeting)
    copies.add_argument("--out", type=_path, required=True, help="the folder")
    copies.add_argument("--dry-run", action="store_true", help="show who gets what and why, and save nothing")
    lists = verb("action-lists", _action_lists, "save each officer's and each agency's actions to a folder", of_meeting)
    lists.add_argument("--out", type=_path, required=True, help="the folder")
    for prints in (minutes, copies, lists):
        _prints(prints)


def _add_keeping(verb: Callable[..., argparse.ArgumentParser], opening: argparse.ArgumentParser) -> None:
    """The verbs that keep a file whole."""
    backup = verb("backup", _backup, "save an encrypted backup to a folder", opening)
    backup.add_argument("--to", type=_path, required=True, help="the folder, for example a USB stick")
    restore = verb("restore", _restore, "restore a backup; the current file is kept under another name", opening)
    restore.add_argument("--from", dest="file", type=_path, required=True, help="the backup file")
    check = verb(
        "verify", _verify, "check the header, database and journal, and that the file is not an older copy", opening
    )
    check.add_argument("--show-key", action="store_true", help="also print the key SQLCipher's own tool needs")


def _path(text: str) -> Path:
    """Whole from here on: what is started or dropped further in may stand in another folder."""
    if not text:
        raise argparse.ArgumentTypeError("it is empty")
    return Path(text).absolute()


def _path_or_input(text: str) -> str:
    return text if text == "-" else str(_path(text))


def _name(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise argparse.ArgumentTypeError("its characters cannot be read; set the terminal to UTF-8") from error
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a date of the form YYYY-MM-DD") from error


def _folder(options: argparse.Namespace) -> Path:
    if options.folder is None:
        raise _WrongUsage("Name the partnership folder: --folder FOLDER.")
    return Path(options.folder)


def _passphrase(options: argparse.Namespace) -> str:
    return terminal.passphrase(options.passphrase_file, options.user)


def _opened(
    options: argparse.Namespace, *, though_older: bool = False, private: bool = False, writes: bool = False
) -> Any:
    """The partnership, opened; an older copy than this computer saw is gone on with in the window alone. `writes`: the
    verb changes the file, so it is refused where that may only be read, or where the clock cannot be right.
    """
    from csp_desktop.app import attempts, clock_for, private_clock_for
    from csp_desktop.bootstrap.partnership import open_partnership
    from csp_desktop.bootstrap.process import guard_memory
    from csp_desktop.sample.clock import go_on
    from csp_desktop.vault.header import VaultKind

    if not options.user:
        raise _WrongUsage("Give your user name: --user NAME.")
    guard_memory()
    folder = _folder(options)
    kind = VaultKind.ROUGH_SLEEPING if private else VaultKind.CPG
    clock = private_clock_for(folder) if private else clock_for(folder)
    partnership = open_partnership(folder, options.user, _passphrase(options), clock, kind=kind, guard=attempts().guard)
    go_on(clock, partnership.session)
    older = partnership.session.older
    if older is not None and not though_older:
        partnership.close()
        raise Refused(f"{older.sentence} Open it in the window and decide there whether to continue with it.")
    try:
        _tell_of_standing(partnership.session, writes=writes, although_clock=getattr(options, "although_clock", False))
    except Refused:
        partnership.close()
        raise
    return partnership


def _tell_of_standing(session: Any, *, writes: bool, although_clock: bool) -> None:
    """What the window says in its bars."""
    from csp_desktop.services.file.file_standing import accept_clock

    standing = session.standing
    if standing.reading_only and writes:
        raise Refused(standing.reading_only)
    if standing.reading_only:
        terminal.say(standing.reading_only)
    if standing.clock_doubt and although_clock:
        accept_clock(session)
    elif standing.clock_doubt and writes:
        raise Refused(f"{standing.clock_doubt} Correct the clock; or, if it is right, add --although-clock.")
    elif standing.clock_doubt:
        terminal.say(f"{standing.clock_doubt} Nothing was recorded in the file.")


def _version() -> dict[str, Any]:
    """What IT asks first."""
    import platform

    from csp_desktop import __version__
    from csp_desktop.gui.window.bug_report import qt_version
    from csp_desktop.store.engine import cipher_versions

    sqlcipher, sqlite = cipher_versions()
    frozen = bool(getattr(sys, "frozen", False))
    said = {"csp-desktop": __version__, "sqlcipher": sqlcipher, "sqlite": sqlite, "qt": qt_version()}
    return {
        **said,
        "python": platform.python_version(),
        "frozen": frozen,
        "sentences": [
            f"CSP Desktop {__version__}{' (built as one program)' if frozen else ''}",
            f"SQLCipher {sqlcipher}",
            f"SQLite {sqlite}",
            f"Qt {said['qt']}",
            f"Python {platform.python_version()}",
        ],
    }


def _window(options: argparse.Namespace) -> int:
    from csp_desktop.app import run_window

    return of_window(run_window(options.folder))


def _private(options: argparse.Namespace) -> int:
    from csp_desktop.app import run_private

    return of_window(run_private(_folder(options), follows_meeting=False))


def _told_window(options: argparse.Namespace) -> int:
    """The group's window starts the private one so, and tells it by the pipe what every account could read here."""
    from csp_desktop.domain.meeting.private_handover import Begin, message_of

    first = None if sys.stdin.isatty() else message_of(sys.stdin.buffer.readline())
    if not isinstance(first, Begin):
        raise _WrongUsage(
            "Only the group's window starts this. To open the private meeting yourself: private --folder."
        )
    if first.out:
        from csp_desktop.rehearsal.private.evening import rehearse_private

        return rehearse_private(Path(first.folder), Path(first.out))
    from csp_desktop.app import run_private

    return run_private(Path(first.folder), follows_meeting=True)


def _sample(options: argparse.Namespace) -> Any:
    from csp_desktop.sample.partnership import make_sample

    return make_sample(_folder(options))


def _rehearse(options: argparse.Namespace) -> Any:
    from csp_desktop.rehearsal.evening import rehearse

    return rehearse(_folder(options), options.out)


def _pictures(options: argparse.Namespace) -> Any:
    from csp_desktop.rehearsal.pictures.pictures import make_pictures, make_small_pictures

    return make_small_pictures(options.small_of, options.out) if options.small_of else make_pictures(options.out)


def _of_list(options: argparse.Namespace) -> dict[str, Any]:
    """What is said of a list whatever is in it."""
    from csp_desktop.cli.verbs.lists import Columns
    from csp_desktop.services.cases.import_questions import Alike

    columns = Columns(options.map, options.map_out)
    return {"dry_run": options.dry_run, "columns": columns, "alike": Alike(options.alike)}


def _import_cases(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.lists import import_cases

    with _opened(options, writes=not options.dry_run) as partnership:
        return import_cases(
            partnership.session,
            options.file,
            options.as_of,
            **_of_list(options),
            take_changed=options.take_changed,
        )


def _import_members(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.lists import import_members

    with _opened(options, writes=not options.dry_run) as partnership:
        return import_members(
            partnership.session,
            options.file,
            **_of_list(options),
            kinds=dict(map(_agency_kind, options.kind)),
            with_asked=options.with_asked,
        )


def _import_actions(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.lists import import_actions

    said = [(name.strip(), person.strip()) for name, _, person in (one.partition("=") for one in options.officer)]
    with _opened(options, writes=not options.dry_run) as partnership:
        return import_actions(
            partnership.session,
            options.file,
            options.held_on,
            **_of_list(options),
            officers=dict(said),
            keeps_minutes=options.keep_minutes,
        )


def _agency_kind(told: str) -> tuple[str, Any]:
    """An agency and its kind. Raises Refused for a kind that is none."""
    from csp_desktop.domain.common.errors import Refused
    from csp_desktop.domain.people.agencies import AgencyKind

    name, _, kind = (part.strip() for part in told.partition("="))
    if kind.casefold() not in [one.value for one in AgencyKind]:
        raise Refused(f"“{kind}” is not a kind of agency. Choose one of: {', '.join(one.value for one in AgencyKind)}.")
    return name, AgencyKind(kind.casefold())


def _import_people(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.lists import import_people

    with _opened(options, private=True, writes=not options.dry_run) as partnership:
        return import_people(partnership.session, options.file, **_of_list(options))


def _agenda(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.record import write_agenda

    with _opened(options, private=options.private, writes=True) as partnership:
        return write_agenda(
            partnership.session,
            options.meeting,
            options.out,
            paper_set=options.paper_set,
            allow_missing=options.allow_missing_letters,
        )


def _minutes(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.record import write_minutes

    with _opened(options, private=options.private) as partnership:
        return write_minutes(
            partnership.session,
            options.meeting,
            options.out,
            version=options.number,
            form=options.format,
            large_print=options.large_print,
            allow_missing=options.allow_missing_letters,
        )


def _cases(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.cases import list_cases

    with _opened(options) as partnership:
        return list_cases(partnership.session)


def _assess(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.cases import assess

    with _opened(options, writes=True) as partnership:
        return assess(partnership.session, options.case, options.answers)


def _referrals(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.cases import list_referrals

    with _opened(options) as partnership:
        return list_referrals(partnership.session)


def _approve(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.record import approve

    with _opened(options, private=options.private, writes=True) as partnership:
        return approve(partnership.session, options.meeting)


def _versions(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.record import list_versions

    with _opened(options, private=options.private) as partnership:
        return list_versions(partnership.session, options.meeting)


def _circulate(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.record import circulate

    allow = options.allow_missing_letters
    with _opened(options, private=options.private, writes=not options.dry_run) as partnership:
        session = partnership.session
        result = circulate(session, options.meeting, options.out, dry_run=options.dry_run, allow_missing=allow)
    if not (result["refusal"] or result["failed"] or (result["missing_letters"] and not allow)):
        return result
    terminal.show(result, options.json)
    return REFUSED


def _action_lists(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.record import write_action_lists

    with _opened(options, private=options.private) as partnership:
        allow = options.allow_missing_letters
        return write_action_lists(partnership.session, options.meeting, options.out, allow_missing=allow)


def _verify(options: argparse.Namespace) -> Any:
    with _opened(options, though_older=True) as partnership:
        result = partnership.verify()
        if options.show_key:
            result = _with_key(result, partnership, options)
    return result


def _with_key(result: dict[str, Any], partnership: Any, options: argparse.Namespace) -> dict[str, Any]:
    """The key, once the person has said twice that it may be seen here."""
    from csp_desktop.bootstrap.rollback_checks import shown_key, without_this_program
    from csp_desktop.domain.common.users import Duty

    session = partnership.session
    session.require_duty(Duty.KEEP_FILE)  # chair and administrator; whoever is alone holds every role
    _ask_for("Anyone with this key can read every record. Type SHOW to see it on this screen: ", "SHOW")
    _ask_for(f"Confirm with your user name ({options.user}): ", options.user)
    lines = without_this_program(partnership.vault.database_path, shown_key(partnership.vault))
    return {**result, "opens_with": list(lines), "sentences": [*result["sentences"], *lines]}


def _ask_for(question: str, wanted: str) -> None:
    if terminal.answer(question) != wanted:
        raise Refused("The key was not shown: the answer did not match.")


def _backup(options: argparse.Namespace) -> Any:
    from csp_desktop.cli.verbs.file import back_up

    with _opened(options) as partnership:
        return back_up(partnership.session, options.to)


def _restore(options: argparse.Namespace) -> Any:
    from csp_desktop.app import attempts, clock_for
    from csp_desktop.bootstrap.bundle_import import FolderBundleImport
    from csp_desktop.cli.verbs.file import restore
    from csp_desktop.vault.device_secret import KeyringSecrets

    if not options.user:
        raise _WrongUsage("Give the name of a user of the backup: --user NAME.")
    folder = _folder(options)
    bundle_import = FolderBundleImport(clock_for(folder), KeyringSecrets(), guard=attempts().guard)
    return restore(bundle_import, folder, options.file, options.user, _passphrase(options))
