"""What people do: one function a use case, one transaction a function, each taking the `Session` first.

Imports the domain alone. The outer layers are reached through the Protocols in `ports`; screens get the frozen rows
each module defines.
"""
