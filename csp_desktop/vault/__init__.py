"""The encrypted vaults: who can open one, with what, and where it may lie. Knows nothing of tables or windows.

creation    a new vault
unlock      opening one: the ways in
container   what an opened one hands out
users       who is let in, with what; the recovery key proved and made anew
rekeying    a new vault key: taking somebody out, atomically
header      the file `vault.json`: strict reading, sealing, writing in one step; header_shape reads its fields
slots       how one person (or the recovery key) reaches the vault key, so that nobody can tell whose a slot is
old_slots   slots as version 0.1.0 made them, until their owner next opens the file
handover    backups and hand-overs; where the one writable home is
bundle      one vault in one file: the form of backups and hand-overs
vault_install  a vault put into its place by renames, what lay there moved aside; an interruption finished
receiving   the receiving code, which ties a hand-over to one laptop
handover_file  what is left to do with the file of a hand-over once it was taken over
handover_state  what a header keeps while the home is another laptop
derivation  passphrase to key, key to keys
recovery    the key on paper
passphrase  how strong a passphrase is; one made of words
device_secret  this computer's half of a key, in the key store of the operating system
rollback_guard  what this computer last saw, in the key store
lockfile    one program at a time on a folder
folders     which folders are fit for a vault
seal        the key that seals record copies
errors      each refusal in words for a council officer

May import services and domain, `cryptography`, `keyring`, `zxcvbn`. Only `header.py` knows the form.
"""
