"""Is every constant of voice/recognition/decision.py the best one? Each is measured beside others."""
