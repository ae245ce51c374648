"""Check runs: `start` and `cancel` them, `execute` them in the background, find their `runs` and `receipts`.

What a finished run means for connectors and connections is up to those topics, which are above: `execute.FollowUp`.
"""
