# The facade: one verb a job.
