"""The asynchronous edge: HTTP and sockets in, engine verbs called through one crossing."""
