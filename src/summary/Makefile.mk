# Facts with provenance and the rules that order them.
