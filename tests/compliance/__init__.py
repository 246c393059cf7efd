"""SQLAlchemy's own suite for dialects on our engine and an encrypted file: `python packaging/dev.py compliance`.

Left out, each by what `requirements.py` and `suite.py` say, is only what our engine refuses on purpose; the rest of
what is skipped, SQLAlchemy itself skips on SQLite.
"""
