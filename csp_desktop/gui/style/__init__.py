"""Colours, type, icons, and strokes."""
