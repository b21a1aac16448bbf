"""Checking published reports for the public: `worker` reads and checks in a process of its own, `process` runs it within
limits, `runs` keeps what was found until it expires, `repairs` offers the ways to mend a report."""
