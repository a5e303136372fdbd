"""A page on which a study is opened, edited and evaluated in a browser, by the same engine."""
