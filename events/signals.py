"""The news that goes up. ``events`` never knows who listens.

``programme_released(release)`` is sent once its transaction has committed; ``person_erased(person, email, name)`` inside
it, so that listeners erase in the same stroke; ``email`` is the address that the row no longer has.
``registration_changed(registration)`` is sent once the transaction that moved or amended it has committed.
``address_refused(address, reason)`` is sent inside the transaction that writes down that mail to it comes back.
"""

from django.dispatch import Signal

programme_released = Signal()
person_erased = Signal()
registration_changed = Signal()
address_refused = Signal()
