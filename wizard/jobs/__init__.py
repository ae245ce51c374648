"""Background work: the queue that services submit check runs to, and what executes them and looks after them.

`queue` is the protocol, below services. Above them, `pool` executes runs in threads, and `procrastinate` lets workers
do so, whose runs `taking_up` looks after. `scheduler` does periodic work, in the process that is its `leader`, and
`watcher` tests by itself; `wizard.app` chooses.
"""
