"""One module for each kind of file that holds tables. Only the child process takes files apart with them."""
