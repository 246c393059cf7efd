"""The meeting: agenda, signing, the walk, actions."""
