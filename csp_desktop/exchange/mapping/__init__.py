"""From a stranger's table to rows of ours: where the headings stand, which column is which field, which order days are
written in.
"""
