"""Papers that go with the files: A4 sheets to print, fill in and sign."""
