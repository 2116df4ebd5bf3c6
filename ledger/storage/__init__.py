"""Where events, leaf rows, snapshots and read models are kept: the only place that names a database."""
