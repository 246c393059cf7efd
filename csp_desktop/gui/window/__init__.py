"""The window around every page: program, pages, keys, navigation, tasks."""
