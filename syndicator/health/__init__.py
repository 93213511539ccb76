"""Link health: what a check saw, what we believe of a link, and what is done about it."""
