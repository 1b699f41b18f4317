"""The printed programme: the only door to WeasyPrint.

``booklet`` reads a release into what is printed, ``paper`` makes HTML of it, ``child`` sets that as PDF in a
process of its own (``process`` starts it), ``store`` keeps the file. Nothing is imported here, so that the
child starts without Django.
"""
