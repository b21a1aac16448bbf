"""The contract of the command line, sentence by sentence: what other programs may rely on."""
