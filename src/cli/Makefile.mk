# dmp: one file a sub-command.
