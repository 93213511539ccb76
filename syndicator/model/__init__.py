"""The plain nouns of the house, without behaviour that needs a database, a network or a clock."""
