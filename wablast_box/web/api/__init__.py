"""One blueprint per engine feature, same name."""
