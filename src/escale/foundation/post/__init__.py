"""Letters and mails: written, queued, sent, kept as evidence."""
