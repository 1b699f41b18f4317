"""The way in with a password, for staff and for readers of closed pages, and back to a password that was forgotten.

Who guesses waits: by account, whether or not there is one, and by network. A device that somebody logged in from
before has a brake of its own, so that nobody is shut out by what others try from elsewhere. The password of a closed page
or file has one for each network.
"""
