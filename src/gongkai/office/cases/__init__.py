"""Applications (依申请公开): their events, and what staff do with them."""
