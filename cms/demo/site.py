"""What the demo's association says of itself on every page."""

from wagtail.models import Site

from cms.models import SiteSettings

from .sample import Data

HOST = "ORG-HOST"
SAID = {
    "short_name_tr": "Örnek Birlik",
    "short_name_en": "Sample Association",
    "tagline_tr": "Belediyeler arasında, sınırların ötesiyle siyasal, ekonomik, sosyal ve kültürel diyalog.",
    "tagline_en": "Political, economic, social and cultural dialogue among municipalities, across borders.",
    "address_tr": "Ihlamur Caddesi 12\n00000 Işıklar",
    "address_en": "Ihlamur Caddesi 12\n00000 Işıklar, Türkiye",
    "email": "bilgi@birlik.example",
    "phone": "+90 000 000 00 00",
    "security_email": "guvenlik@birlik.example",
}


def load_site_settings(sample: Data) -> SiteSettings:
    """Name, contact and what it is for: the association of the sample, whose addresses lead nowhere."""
    name = next(each["name"] for each in sample["organisations"] if each["id"] == HOST)
    row: SiteSettings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    for field, value in ({f"name_{language}": name[language] for language in ("tr", "en")} | SAID).items():
        setattr(row, field, value)
    row.full_clean()
    row.save()
    return row
