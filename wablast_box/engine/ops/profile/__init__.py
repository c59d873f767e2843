"""What customers see of the business when they tap its name. Meta keeps it; the box reads and changes it."""
