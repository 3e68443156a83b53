"""What tests and benchmarks share: servers, a browser, pages, hostile input."""
