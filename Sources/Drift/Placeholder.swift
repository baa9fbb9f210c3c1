enum PlaceholderDrift {}
