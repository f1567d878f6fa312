"""The player on other sites' pages."""
