"""What a web page says of itself, and what its address does: read from bytes, without a network or a record."""
