"""Small faults put into the domain and the services, one at a time, to see which of them no test notices:
`python packaging/dev.py mutate`.

The faults are mutmut's. `equivalents.toml` lists those that change nothing anybody could see, each with its reason.
"""
