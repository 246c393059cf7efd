"""Wires the layers under the windows: what the services ask for, on real folders, files and key stores.

partnership    make and open a partnership folder; the session on it; one look from the private window into the group's
partnerships   the first screens' way in: first start, unlock, recovery
file_kind      what a file of the folder is, the group's or the private one; file_kinds tells which, private its parts
users          the ways into an open file: header and records kept together; a new key under a running session;
               this computer's key store as a second key
attempts       wrong passphrases counted, also over a restart
backups        backups, going back to one, handing the vault to another laptop
left_copies    copies of the file that lie about and still open
bundle_import  files brought to a laptop where nothing is open; bundle_contents unpacks and looks them through
rollback_checks  whether the open file is sound, and as this computer last saw it
updating       a file of an earlier version copied, then brought to this one
file_standing  whether the open file still lies where it was, asked at every commit; where nothing can be written
               beside it: why, and a private copy to read from
process        what holds for the whole process: memory that is not swapped out or dumped

A partnership folder holds `cpg/` (a vault) and nothing in clear. Every clock and every path comes in from outside.
"""
