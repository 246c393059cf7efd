"""The made-up partnership that is shipped: its file, its private file, its clock."""
