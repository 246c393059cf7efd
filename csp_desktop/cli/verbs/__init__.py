"""What the verbs do with an open partnership. Each returns `{"…", "sentences"}` for JSON and people.

A module for each group of verbs: most of the command line needs none of what they load.
"""
