"""CSP Desktop: a community safety partnership's meetings, run live on encrypted files.

The layers, each importing only those to its right; siblings never import one another:
cli → rehearsal → app → gui | store | vault | documents | exchange → services → domain.
"""

__version__ = "0.1.0"
