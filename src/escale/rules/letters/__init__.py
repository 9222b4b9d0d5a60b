"""Letters of decision: a checked language of named fields, what each kind may and must say, until when to appeal."""
