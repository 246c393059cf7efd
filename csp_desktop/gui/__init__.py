"""The windows: the only layer that knows PySide6 (besides the rehearsal's own hands). It talks to services only,
gets rows to show, and holds no rule of the partnership.

window/   the program and its one window, the registry of pages, keys, navigation, tasks, what is typed and not sent
lock/     the unlock screen, the guard of an open session, what the operating system says
style/    colours, type, icons, the one style sheet       widgets/  the parts every page is built from
home/ meeting/ cases/ people/ minutes/ file/ settings/ help/ private/   the features: a form and a page of one stem
"""

import builtins

from csp_desktop.gui.window.qt_loading import compiled_once, ctrl_c_waits

with ctrl_c_waits(), compiled_once():
    from PySide6 import QtCore  # noqa: F401 - wraps every import of the program

# To find out whether a module asks for PySide's `__feature__` switches the wrapped import reads its whole source. No
# module here does; with the plain import back, all that is imported from now on loads in less time.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
