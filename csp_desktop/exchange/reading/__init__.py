"""Reading tables as people save them. Files of strangers are taken apart in a child process with limits: what a
damaged or a hostile one does there neither stops nor changes the process that asked.
"""
