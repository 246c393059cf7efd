"""Cases: kept, entered, imported, found, disclosed, erased."""
