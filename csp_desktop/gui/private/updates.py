"""Officers are asked for updates before a private session, by the group's page. Kept back while a session runs."""

from csp_desktop.gui.meeting.officer_updates import OfficerUpdatesPage


class PrivateUpdatesPage(OfficerUpdatesPage):
    """Shows the actions as they were typed; a request names nobody, and only whom its reader may be told about."""

    no_mail = "No email address: copy the text, or add the address under Who may be in the room."
    meeting_word = "private session"
