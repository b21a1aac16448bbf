"""监督: how the annual reports of a district's organs stand, chasing and returning them, rolling them up, comparing them."""
