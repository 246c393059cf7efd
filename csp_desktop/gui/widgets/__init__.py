"""The parts every page is built from. Each can be made by a form (its first argument is the parent, everything else
has a setter), says its content to a screen reader, and draws itself from the theme in force.

painting      strokes shared by widgets and delegates   painted       base of widgets that draw themselves
meeting_bar   the dark bar on top                       key_strip     the keys that act here, at the bottom
rail          left column: find box, entries, user      entry(_list, _delegate)  rows of people, cases, steps, actions
avatar pill rating_badge key_cap elided_label saved_label field_error big_number   small pieces
card buttons inline_bar search_box note_editor action_entry signature_pad          things one fills in or presses
step_line progress_ticks risk_chart case_clock bar_list                             small pictures of numbers
three_columns scroll empty_state                                                    layout
"""
