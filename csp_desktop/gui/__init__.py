"""The windows: the only layer that knows PySide6 (besides the rehearsal's own hands). It talks to services only,
gets rows to show, and holds no rule of the partnership.

theme        colours, sizes, fonts as one value        style        the one style sheet made from it, and `apply`
fonts        Inter, registered once                    icons        Lucide drawings in any colour, kept
application  QApplication set up, and the excepthook   main_window  bar, page, keys, and the cover over all three
keys         plain keys, Enter and chords, number pad too
hide_keys    F12 and Ctrl+L from anywhere              changes      what changed, told from page to page
loading      Ctrl+C while Qt is loaded
tasks        long work off the window's thread         ask          the only place that asks for a file
file_watch   says when the open file is no longer where it was and writes the rescue copy; reading only; the clock
widgets/     the parts every page is built from        pages/       one module per screen
"""

import builtins

from csp_desktop.gui.loading import ctrl_c_waits

with ctrl_c_waits():
    from PySide6 import QtCore  # noqa: F401 - wraps every import of the program

# To find out whether a module asks for PySide's `__feature__` switches the wrapped import reads its whole source. No
# module here does; with the plain import back, all that is imported from now on loads in less time.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
