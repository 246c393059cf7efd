"""Wires the layers under the windows: what the services ask for, on real folders, files and key stores.

partnership  make and open a partnership folder; the session on it
computer     this computer's key store as a second key
doors        the first screens' way in: first start, unlock, recovery

A partnership folder holds `cpg/` (a vault) and nothing in clear. Every clock and every path comes in from outside.
"""
