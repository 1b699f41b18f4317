"""Files as people send them, honest ones and others."""

import io
from pathlib import Path

import pikepdf
from django.conf import settings
from django.db import connection
from PIL import Image, PngImagePlugin

CANARY = "Kanarya-4711"


def picture(form: str = "JPEG", *, size: tuple[int, int] = (60, 40)) -> bytes:
    """A picture that tells where it was taken, in every place that a picture has for that."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = CANARY  # description
    exif[0x0112] = 6  # to be turned by a quarter
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", CANARY)
    more = {"comment": CANARY.encode()} if form == "JPEG" else {"pnginfo": notes} if form == "PNG" else {}
    Image.new("RGB", size, (10, 90, 115)).save(out, form, exif=exif, **more)
    return out.getvalue()


def paper(*, pages: int = 1, hostile: bool = False, password: str = "") -> bytes:
    """A PDF; a hostile one runs, opens, sends and carries along."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _each in range(pages):
        pdf.add_blank_page(page_size=(200, 100))
    pdf.docinfo["/Title"] = CANARY
    if hostile:
        _arm(pdf)
    lock = pikepdf.Encryption(owner=password, user=password) if password else None
    pdf.save(out, **({"encryption": lock} if lock else {}))
    return out.getvalue()


def _arm(pdf: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["a", script]))
    pdf.attachments["virus.exe"] = b"MZ" + CANARY.encode()
    page = pdf.pages[0].obj
    page.AA = pikepdf.Dictionary(O=script)
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    page.Annots = pdf.make_indirect(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=each)
            for each in (launch, pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://evil.example"))
        ]
    )
    page.Metadata = pdf.make_stream(CANARY.encode())


def stored() -> list[Path]:
    """Everything that lies in the private folder, once what waits for the commit is done."""
    while connection.run_on_commit:
        _savepoints, run, _robust = connection.run_on_commit.pop(0)
        run()
    return sorted(path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file())
