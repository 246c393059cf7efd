"""What the services ask of the outer layers, one noun a module: the store, the vault, the papers."""
