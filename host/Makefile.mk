# dmp-host: the reference host. It shares src/xml and src/model only.
