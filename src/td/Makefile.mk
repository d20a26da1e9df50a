# One file a DMP transaction.
