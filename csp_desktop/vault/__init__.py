"""The encrypted files and their keys. Law: services, domain, cryptography, keyring and the cipher driver."""
