"""Plays the sample meeting through the windows. Law: by key and mouse events only."""
