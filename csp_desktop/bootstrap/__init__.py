"""Wires the layers under the windows: what the services ask for, on real folders, files and key stores.

partnership  make and open a partnership folder; the session on it
computer     this computer's key store as a second key
users        the ways into an open file: header and records kept together; a new key under a running session
attempts     wrong passphrases counted, also over a restart
safekeeping  backups, going back to one, handing the vault to another laptop
arrivals     files brought to a laptop where nothing is open
unpacking    such a file unpacked and looked through
updating     a file of an earlier version copied, then brought to this one
for_reading  where nothing can be written beside the file: why, and a private copy to read from
file_standing  whether the open file still lies where it was; asked at every commit
carrying     what does not go back when a backup is restored
beginning    what lay in a folder before a first start that may be given up
doors        the first screens' way in: first start, unlock, recovery

A partnership folder holds `cpg/` (a vault) and nothing in clear. Every clock and every path comes in from outside.
"""
