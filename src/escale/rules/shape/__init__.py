"""One description of a file format, from which reader, messages, reference, schema and screens follow."""
