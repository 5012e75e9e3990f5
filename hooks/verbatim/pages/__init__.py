"""Pages: views through templates to HTML, one language at a time."""
