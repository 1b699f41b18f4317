"""The news that goes up. ``events`` never knows who listens.

``programme_released(release)`` is sent once its transaction has committed; ``person_erased(person, email)`` inside
it, so that listeners erase in the same stroke; ``email`` is the address that the row no longer has.
``registration_changed(registration)`` is sent once the transaction that moved or amended it has committed.
"""

from django.dispatch import Signal

programme_released = Signal()
person_erased = Signal()
registration_changed = Signal()
