"""How fast the program is beside what it could be at best: `python -m tests.benchmarks`. Nothing here is a test.

pairs       ours and the floor measured in turn, and the table of it
apart       each side in a process of its own
floor       the same file without cipher and journal
years       a partnership's meetings of one year or of ten
starting    process start to the unlock window painted, beside a bare window
typing      a burst of typing to its commit
walking     next case to its paint
finding     search as you type over 100,000 notes
printing    minutes as PDF, beside the same words in plain reportlab
typesetters the same minutes by WeasyPrint and by Typst, where they are installed
"""
