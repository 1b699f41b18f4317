"""Files of strangers: known by what they are, written anew, kept where nobody finds them by an address.

``process.clean_upload`` has a file read in a process of its own and gives back one that holds nothing but what is
seen; ``store`` keeps it sealed under a made-up name. What they belong to is the business of those above.
"""
