"""easeup: a massage guide you talk to."""
