enum PlaceholderForest {}
