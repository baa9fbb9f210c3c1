enum PlaceholderAgent {}
