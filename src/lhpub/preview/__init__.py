"""The workshop (工坊): the publication in the browser, edited where it is read, on this machine alone."""
