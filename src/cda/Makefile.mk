# CDA documents: header, narrative, entries.
