"""The way of a page from a draft to readers: states, checks by other people, publication, suspension, reviews.

Only pages of a class with `under_four_eyes` go this way. `four_eyes` holds the rule and `gate` applies it to every path by which
a page may become public; `workflow` is the ordinary path; `standing` keeps where each page is and who brought it there.
"""
