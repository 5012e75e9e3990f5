"""Search: records and names that readers can find, and the index that Pagefind makes of them."""
