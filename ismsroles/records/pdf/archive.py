"""From HTML to one PDF that is PDF/A-3a and PDF/UA-1 at once, with the same bytes every time."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from ismsroles.core.errors import Invalid

from . import fonts

# The prefixes are part of the rule: PDF/A accepts only these three names.
PDFUA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


class CannotRender(Invalid, ValueError):
    """The document was not made; the message is a sentence that says why."""


class PackagedAssets(URLFetcher):
    """Serves `asset:` addresses from a fixed table and nothing else: no network, no file system."""

    def __init__(self, table: Mapping[str, tuple[str, bytes]]):
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        self.table = table

    def fetch(self, url, headers=None):
        if url in self.table:
            kind, content = self.table[url]
            return URLFetcherResponse(url, content, {"Content-Type": kind})
        return super().fetch(url, headers)


def render(
    html: str,
    css: str,
    *,
    frozen: str,
    attachments: Iterable[tuple[str, str, bytes]] = (),
    pictures: Mapping[str, str] | None = None,
) -> bytes:
    """One PDF/A-3a and PDF/UA-1 file, a function of its arguments alone (design rule 10).

    `frozen` is the moment (ISO 8601, with zone) at which the content was frozen: the only clock that the file knows.
    `attachments` are (file name, description, bytes), kept byte for byte. `pictures` maps a name to an SVG, which the
    style sheet and the page address as `asset:name`. Nothing else can be fetched."""
    refuse_missing_characters(html)
    attachments = tuple(attachments)
    faces = fonts.faces_for(html)
    fetcher = PackagedAssets(_table(faces, pictures or {}))
    config = FontConfiguration()
    try:
        sheet = CSS(string=_declared(faces) + css, url_fetcher=fetcher, font_config=config, base_url="asset:")
        return HTML(string=html, base_url="asset:", url_fetcher=fetcher).write_pdf(
            stylesheets=[sheet],
            font_config=config,
            attachments=_attached(attachments, datetime.fromisoformat(frozen)),
            pdf_variant="pdf/a-3a",
            pdf_identifier=_identifier(html, css, attachments),
            finisher=_finish,
        )
    except FatalURLFetchingError as error:  # a BaseException: named here, or it would end the worker
        raise CannotRender(
            _("The document asks for something outside it, and that is never fetched: %s") % error
        ) from error


def refuse_missing_characters(text: str) -> None:
    """A character that no font can draw would fail PDF/A: say which one, and make nothing."""
    if missing := fonts.missing_characters(text):
        named = ", ".join(fonts.name_of(c) for c in missing[:10])
        raise CannotRender(_("No font of the document can print %s. Write it in another way.") % named)


def _table(faces: list[fonts.Face], pictures: Mapping[str, str]) -> dict[str, tuple[str, bytes]]:
    table = {f"asset:{name}": ("image/svg+xml", svg.encode()) for name, svg in pictures.items()}
    for face in faces:
        table[f"asset:{face.file_name}"] = ("font/ttf", fonts.static(face).read_bytes())
    return table


def _declared(faces: list[fonts.Face]) -> str:
    return "\n".join(
        f'@font-face{{font-family:"{f.family}";font-style:{f.style};font-weight:{f.weight};src:url(asset:{f.file_name})}}'
        for f in faces
    )


def _attached(attachments: tuple[tuple[str, str, bytes], ...], moment: datetime) -> list[Attachment]:
    return [
        Attachment(string=content, name=name, description=text, created=moment, modified=moment, relationship="Source")
        for name, text, content in attachments
    ]


def _identifier(html: str, css: str, attachments: tuple[tuple[str, str, bytes], ...]) -> bytes:
    digest = hashlib.sha256(html.encode() + b"\0" + css.encode())
    for name, _description, content in attachments:
        digest.update(b"\0" + name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.digest()[:16]


def _finish(_document, pdf) -> None:
    _refuse_foreign_fonts(pdf)
    _declare_pdfua(pdf)


def _declare_pdfua(pdf) -> None:
    """PDF/UA-1 needs its mark inside rdf:RDF, and PDF/A needs the mark's schema beside it."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream[0] = metadata.stream[0].replace(b"</rdf:RDF>", PDFUA + b"</rdf:RDF>")
    metadata.compress = False


def _refuse_foreign_fonts(pdf) -> None:
    """A font of the machine would make the file look and hash differently elsewhere."""
    ours = tuple(family.replace(" ", "-") for family in fonts.FAMILIES)
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/FontDescriptor":
            name = str(item["FontName"]).split("+")[-1]
            if not name.startswith(ours):
                raise CannotRender(
                    _("A font of this machine (%s) would be needed, and only the packaged ones are used.") % name
                )
