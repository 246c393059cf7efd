"""`csp-desktop` and `python -m csp_desktop`: the window, or a verb of the command line."""

import gc
import sys

from csp_desktop.saving import own_files_only


def main() -> int:
    """Without a word on the command line the window opens at once; nothing of the verbs is loaded for it."""
    own_files_only()
    try:
        if sys.argv[1:2] == ["read-table"]:  # a child of this program's own: it needs neither verbs nor windows
            from csp_desktop.exchange.reading.child import main as read_table

            return read_table()
        if len(sys.argv) > 1:
            from csp_desktop.cli.command_line import main as run_verb

            return run_verb()
        gc.disable()  # until the window does it by itself: what is loaded first stays; to look it through takes time
        from csp_desktop.app import run_window

        code = run_window(None)
        if code:
            from csp_desktop.exit_codes import of_window

            of_window(code)
        return code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last resort
        from csp_desktop.exit_codes import told

        return told(error)


if __name__ == "__main__":
    sys.exit(main())
