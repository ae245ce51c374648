"""Background work: the queue that services submit check runs to, and what executes them and looks after them.

`queue` is the protocol, below services. `pool`, which executes runs in threads, and `scheduler`, which does periodic
work, are above them; `wizard.app` chooses.
"""
