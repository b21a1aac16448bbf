"""登记簿: what the annual report tells beside applications: normative documents, decisions and fees, facts of the year."""
