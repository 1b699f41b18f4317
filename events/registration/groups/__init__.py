"""Groups: one contact registers several people, who sit down together, wait together and are offered seats together.

This package module stays empty, because the verbs for one registration call into it. What others call:

- ``groups.registering.register_group``, ``add_group``  a group comes in, whole
- ``groups.deciding``  what moves it on: the contact, an officer, the clock
- ``groups.members``  somebody joins a group
- ``events.registration.substituting.substitute``  B takes A's place
"""
