"""The core's ledger (台账): written from the records, and read into them."""
