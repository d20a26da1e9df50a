# Guarded parsing, canonical form, signature.
