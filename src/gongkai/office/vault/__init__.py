"""What must not lie about in the clear: personal values and stored files, encrypted."""
