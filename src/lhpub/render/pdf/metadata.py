"""Info and XMP of both files, and their output intents: what a file says about itself, the same in every place."""

from __future__ import annotations

import hashlib
import uuid
from html import escape  # xml.sax brings all that is for the web

from pikepdf import Array, Dictionary, Name, Pdf, String

from lhpub.boxes import Metadata

PRODUCER = "lhpub"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
{properties}
</rdf:Description>
{conformance}
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_SCREEN = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
_PRESS = """<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>"""


def _identifier(*parts: str) -> str:
    """Returns a uuid that depends on the parts alone (RFC 4122, 4.3): never a clock or a machine."""
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(chr(10).join(parts).encode()).hexdigest())}"


def _container(tag: str, kind: str, texts: tuple[str, ...], language: str = "") -> str:
    """Returns an RDF Bag, Seq or (with a language) Alt; nothing for no texts."""
    attributes = ['xml:lang="x-default"', f'xml:lang="{language}"'] if language else [""]
    words = [escape(text, quote=False) for text in texts if text]
    items = "".join(f"<rdf:li {attribute}>{text}</rdf:li>" for text in words for attribute in attributes)
    return f"<{tag}><rdf:{kind}>{items}</rdf:{kind}></{tag}>" if items else ""


def xmp_packet(metadata: Metadata, kind: str, content: bytes, *, press: bool) -> bytes:
    """Returns the XMP packet; `kind` (brochure, deck, imposition) and `content` (drawn pages) make its identifiers."""
    date = f"{metadata.date}T00:00:00Z"
    parts = (metadata.id, metadata.title, metadata.date, kind)
    simple = {
        "dc:format": "application/pdf",
        "pdf:Producer": PRODUCER,
        "pdf:Trapped": "False" if press else "",
        "pdf:Keywords": "，".join(metadata.keywords),
        "xmp:CreatorTool": PRODUCER,
        "xmp:CreateDate": date,
        "xmp:ModifyDate": date,
        "xmp:MetadataDate": date,
        "xmpMM:DocumentID": _identifier(*parts),
        "xmpMM:InstanceID": _identifier(*parts, hashlib.sha256(content).hexdigest()),
        "xmpMM:VersionID": "1",
        "xmpMM:RenditionClass": "default",
    }
    properties = [f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in simple.items() if text]
    properties += [
        _container("dc:title", "Alt", (metadata.title,), metadata.language),
        _container("dc:description", "Alt", (metadata.subject,), metadata.language),
        _container("dc:creator", "Seq", (metadata.author,)),
        _container("dc:subject", "Bag", metadata.keywords),
        _container("dc:language", "Bag", (metadata.language,)),
    ]
    conformance = _PRESS if press else _SCREEN
    return _PACKET.format(properties="\n".join(filter(None, properties)), conformance=conformance).encode()


def write_metadata(pdf: Pdf, metadata: Metadata, packet: bytes, *, press: bool) -> None:
    """Writes the Info dictionary and the XMP stream; the two agree (ISO 19005-2, 6.6.3; ISO 15930-7, 6.4)."""
    date = String(f"D:{metadata.date.replace('-', '')}000000Z")
    info = Dictionary(CreationDate=date, ModDate=date, Creator=String(PRODUCER), Producer=String(PRODUCER))
    texts = {"/Title": metadata.title, "/Author": metadata.author, "/Subject": metadata.subject}
    for key, text in {**texts, "/Keywords": "，".join(metadata.keywords)}.items():
        if text:
            info[key] = String(text)
    if press:
        info.Trapped = Name("/False")
    pdf.trailer.Info = pdf.make_indirect(info)
    pdf.Root.Metadata = pdf.make_stream(packet, {"/Type": Name.Metadata, "/Subtype": Name.XML})
    pdf.Root.Lang = String(metadata.language)


def write_output_intent(pdf: Pdf, profile: bytes, condition: str, *, press: bool) -> None:
    """Writes the output intent with its embedded profile (ISO 32000-1, 14.11.5)."""
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX if press else Name.GTS_PDFA1)
    intent.OutputConditionIdentifier = intent.Info = String(condition)
    intent.DestOutputProfile = pdf.make_stream(profile, {"/N": 4 if press else 3})
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
