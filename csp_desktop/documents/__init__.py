"""Minutes and other papers. Law: takes a domain value and returns bytes; never the store or the windows."""
