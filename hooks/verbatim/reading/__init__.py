"""Reading: files to records. YAML without surprises, the sources' texts, the lock, and the corpus that holds them."""
