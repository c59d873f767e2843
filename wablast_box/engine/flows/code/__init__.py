"""What owners write to be run: code and texts with conditions and loops. It runs in processes of its own (`lib/child`), never here.

`javascript` runs code and reads it over, `texts` does the same for texts, `spent` counts what a flow may use of it,
`programs` are what those processes run. The languages stand behind two orders, `run` and `check`: another engine is another program.
"""
