"""Qt models: what a view asks of the services, one page at a time.

cases_model       the list of cases, sorted and filtered by the file
plain_rows        words in rows and columns
"""
