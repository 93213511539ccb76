"""The one guarded door to the outside: the only room that opens sockets."""
