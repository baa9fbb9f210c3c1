enum PlaceholderFetch {}
