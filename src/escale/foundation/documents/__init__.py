"""Files: checked by their content, stored by their digest, opened only by who may."""
