"""What the events and pages in the pictures are called."""

CONFERENCE, VISIT = "kentler-diyalogu-2027", "liman-ve-mahalle-yenileme-calisma-ziyareti"
#: An event that is empty yet: its programme lies there on paper.
PAPER = "serin-kent-calistayi"
#: An event that takes place on the day on which the pictures are drawn.
TODAY = "kiyi-kentleri-bulusmasi"
#: The title of a page that is not finished.
BEGUN = "Staj programı"
