"""What people sign, and what they are told of files, drafts and changes: views of the entries and of the composition."""
