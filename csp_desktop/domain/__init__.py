"""The partnership's rules: what things are and what may happen to them.

Standard library only; no clock, no files, no windows.

ids · errors · days · text · settings · agencies · confidentiality · signing · signatures · meeting · agenda · pace ·
walk · deadlines · cases · actions · action_line · minutes · minutes_layout · minutes_checks
"""
