"""Every screen there is, rendered."""
