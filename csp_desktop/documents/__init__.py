"""Minutes and other papers. Law: takes a domain value and returns bytes; never the store or the windows.

fonts     the embedded letters, and which characters they lack
escaping  the one way typed text gets into a paragraph
styles    sizes, colours, margins
minutes   the minutes as PDF
"""
