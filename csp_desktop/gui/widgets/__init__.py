"""The parts every page is built from. Each can be made by a form (its first argument is the parent, everything else
has a setter), says its content to a screen reader, and draws itself from the theme in force.

painting painted                                    strokes shared with delegates; base of what draws itself
meeting_bar notice_bar key_strip rail lock_cover              the window's edges
entry entry_list entry_delegate                     rows of cases, steps, actions
person_delegate attendee_list people_list           rows of people
title_label elided_label avatar pill chips rating_badge number_mark key_cap saved_label field_error big_number
card buttons inline_bar search_box note_editor action_entry signature_pad number_field passphrase_field
candidate_strip line_edit several_lines text_edit reason_field      what one types in, here and in every form
field_told                                          why something was not put in, under its field
step_marks step_line progress_ticks risk_chart case_clock bar_list                  small pictures of numbers
three_columns scroll flow empty_state               layout
"""
