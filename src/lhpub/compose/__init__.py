"""Publication and layout become compositions: pages of boxes."""
