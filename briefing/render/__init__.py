"""A brief as HTML, PDF, Markdown, plain text and JSON. Importing this package loads none of the libraries."""
