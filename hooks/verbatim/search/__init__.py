"""Search: what can be found, as records and names, and the index that Pagefind makes of them."""
