"""Is every cost in a model's decoding graph the best one? Each is measured beside others."""
