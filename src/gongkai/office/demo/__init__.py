"""A demonstration district with invented names, made through the same functions as the screens."""
