"""The small parts that carry no slide: document, view and presentation properties, table styles."""

from __future__ import annotations

from pptx.opc.package import Part

from lhpub.boxes import Composition, Metadata
from lhpub.render.pptx.package import CORE_PROPERTIES, OFFICE, RELATIONSHIP, Package
from lhpub.render.pptx.table import NO_STYLE
from lhpub.render.pptx.xml import EMPTY, Xml, document, el, text

_CORE = {
    "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_EXTENDED = {"xmlns": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"}


def add_document_properties(package: Package, composition: Composition) -> None:
    """Adds docProps/core.xml and app.xml: nothing in them but the publication's own words and date."""
    core = core_properties(composition.metadata)
    content_type = "application/vnd.openxmlformats-package.core-properties+xml"
    package.relate(package.part("/docProps/core.xml", content_type, core), CORE_PROPERTIES)
    counts = {"Slides": len(composition.pages), "Notes": sum(bool(page.notes) for page in composition.pages)}
    numbers = (el(name, None, Xml(str(count))) for name, count in counts.items())
    app = document("Properties", "", _EXTENDED, Xml("<Application>lhpub</Application>"), *numbers)
    package.relate(
        package.part("/docProps/app.xml", OFFICE + "extended-properties+xml", app), RELATIONSHIP + "extended-properties"
    )


def core_properties(metadata: Metadata) -> bytes:
    """Returns docProps/core.xml; both dates are the publication's own."""
    moment = f' xsi:type="dcterms:W3CDTF">{metadata.date[:10]}T00:00:00Z<'
    dates = (Xml(f"<dcterms:{name}{moment}/dcterms:{name}>") for name in ("created", "modified"))
    words = {
        "dc:title": metadata.title, "dc:subject": metadata.subject, "dc:creator": metadata.author,
        "cp:keywords": "，".join(metadata.keywords), "cp:lastModifiedBy": metadata.author,
        "dc:language": metadata.language,
    }  # fmt: skip
    return document(
        "cp:coreProperties", "", _CORE, *(el(k, None, text(v)) if v else EMPTY for k, v in words.items()), *dates
    )


def add_presentation_properties(package: Package, presentation: Part) -> None:
    """Adds presProps, viewProps and tableStyles, which programs expect to find."""
    parts = {
        "presProps": document("p:presentationPr", "apr", None),
        "viewProps": document("p:viewPr", "apr", None),
        "tableStyles": document("a:tblStyleLst", "a", {"def": NO_STYLE}),
    }
    for name, blob in parts.items():
        part = package.part(f"/ppt/{name}.xml", f"{OFFICE}presentationml.{name}+xml", blob)
        presentation.relate_to(part, RELATIONSHIP + name)
