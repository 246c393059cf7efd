"""Minutes and other papers. Law: takes a domain value and returns bytes; never the store or the windows.

paper        any paper of sections as PDF: tagged, fit for archives, the same bytes each time
story        its text in order, with its tables; tagging: pieces that know their element; pages: what each repeats
columns      how wide those of a table are in any file; large_print: what is set out otherwise in it
drawing      the canvas and its text
fonts        the embedded letters; letters: what of a text they print; shaping: words of other scripts
styles       sizes, colours, margins; approval: what stands under minutes
word         any paper of sections as a Word file
minutes      the group's minutes; private.minutes: those of the private meeting
action_list  the actions alone, of either meeting
copies       recipients' copies of one paper, locked; absence: what must not be in them; seal: of the record copy
certificate  what is left of a case, or of a person; recovery_sheet: the key of the file
sign_in_sheet  the confidentiality clause and who signed it
"""
