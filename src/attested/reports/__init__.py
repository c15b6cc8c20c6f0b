"""A page's reports: body, furniture named, header facts."""
