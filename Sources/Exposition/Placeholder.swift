enum PlaceholderExposition {}
