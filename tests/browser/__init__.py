"""The screens in a real Chromium, on the site that ``make run`` opens. Skipped, and said so, where there is no Chromium."""
