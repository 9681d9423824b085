"""Tables of the format: preset shapes, scheme colours, the order of children, content types of parts."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_SHOW = _OFFICE + "presentationml."
CONTENT_TYPES = {
    r"ppt/presentation\.xml": f"{_SHOW}presentation.main+xml",
    **{
        rf"ppt/{kind}s/{kind}\d+\.xml": f"{_SHOW}{kind}+xml"
        for kind in ("slide", "slideLayout", "slideMaster", "notesSlide", "notesMaster")
    },
    r"ppt/charts/chart\d+\.xml": f"{_OFFICE}drawingml.chart+xml",
    r"ppt/theme/theme\d+\.xml": f"{_OFFICE}theme+xml",
    r"ppt/embeddings/.*\.xlsx": f"{_OFFICE}spreadsheetml.sheet",
    r".*\.rels": "application/vnd.openxmlformats-package.relationships+xml",
}
"""Parts by name, and the content type that each must have."""
_COLOURS = "bg1 tx1 bg2 tx2 dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink phClr"
SCHEME_COLOURS = frozenset(_COLOURS.split())
"""ST_SchemeColorVal (ECMA-376 part 1, 20.1.10.54)."""
ORDER = {
    "p:presentation": "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz smartTags embeddedFontLst"
    " custShowLst photoAlbum custDataLst kinsoku defaultTextStyle modifyVerifier extLst",
    "p:sld": "cSld clrMapOvr transition timing extLst",
    "p:spPr": "xfrm custGeom prstGeom noFill solidFill gradFill blipFill pattFill grpFill ln effectLst effectDag scene3d sp3d"
    " extLst",
    "a:rPr": "ln noFill solidFill gradFill blipFill pattFill grpFill effectLst effectDag highlight uLnTx uLn uFillTx uFill"
    " latin ea cs sym hlinkClick hlinkMouseOver rtl extLst",
    "a:pPr": "lnSpc spcBef spcAft buClrTx buClr buSzTx buSzPct buSzPts buFontTx buFont buNone buAutoNum buChar buBlip tabLst"
    " defRPr extLst",
    "a:tcPr": "lnL lnR lnT lnB lnTlToBr lnBlToTr cell3D noFill solidFill gradFill blipFill pattFill grpFill headers extLst",
    "c:chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource protection chart spPr txPr"
    " externalData printSettings userShapes extLst",
    "c:ser": "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline errBars cat val smooth shape extLst",
}
ORDER["a:endParaRPr"] = ORDER["a:defRPr"] = ORDER["a:rPr"]
"""Elements by path, with their children in the schema's order."""
_PRESETS = """
accentBorderCallout1 accentBorderCallout2 accentBorderCallout3 accentCallout1 accentCallout2 accentCallout3
actionButtonBackPrevious actionButtonBeginning actionButtonBlank actionButtonDocument actionButtonEnd
actionButtonForwardNext actionButtonHelp actionButtonHome actionButtonInformation actionButtonMovie actionButtonReturn
actionButtonSound arc bentArrow bentConnector2 bentConnector3 bentConnector4 bentConnector5 bentUpArrow bevel blockArc
borderCallout1 borderCallout2 borderCallout3 bracePair bracketPair callout1 callout2 callout3 can chartPlus chartStar
chartX chevron chord circularArrow cloud cloudCallout corner cornerTabs cube curvedConnector2 curvedConnector3
curvedConnector4 curvedConnector5 curvedDownArrow curvedLeftArrow curvedRightArrow curvedUpArrow decagon diagStripe
diamond dodecagon donut doubleWave downArrow downArrowCallout ellipse ellipseRibbon ellipseRibbon2
flowChartAlternateProcess flowChartCollate flowChartConnector flowChartDecision flowChartDelay flowChartDisplay
flowChartDocument flowChartExtract flowChartInputOutput flowChartInternalStorage flowChartMagneticDisk
flowChartMagneticDrum flowChartMagneticTape flowChartManualInput flowChartManualOperation flowChartMerge
flowChartMultidocument flowChartOfflineStorage flowChartOffpageConnector flowChartOnlineStorage flowChartOr
flowChartPredefinedProcess flowChartPreparation flowChartProcess flowChartPunchedCard flowChartPunchedTape
flowChartSort flowChartSummingJunction flowChartTerminator foldedCorner frame funnel gear6 gear9 halfFrame heart
heptagon hexagon homePlate horizontalScroll irregularSeal1 irregularSeal2 leftArrow leftArrowCallout leftBrace
leftBracket leftCircularArrow leftRightArrow leftRightArrowCallout leftRightCircularArrow leftRightRibbon
leftRightUpArrow leftUpArrow lightningBolt line lineInv mathDivide mathEqual mathMinus mathMultiply mathNotEqual
mathPlus moon noSmoking nonIsoscelesTrapezoid notchedRightArrow octagon parallelogram pentagon pie pieWedge plaque
plaqueTabs plus quadArrow quadArrowCallout rect ribbon ribbon2 rightArrow rightArrowCallout rightBrace rightBracket
round1Rect round2DiagRect round2SameRect roundRect rtTriangle smileyFace snip1Rect snip2DiagRect snip2SameRect
snipRoundRect squareTabs star10 star12 star16 star24 star32 star4 star5 star6 star7 star8 straightConnector1
stripedRightArrow sun swooshArrow teardrop trapezoid triangle upArrow upArrowCallout upDownArrow upDownArrowCallout
uturnArrow verticalScroll wave wedgeEllipseCallout wedgeRectCallout wedgeRoundRectCallout
"""
PRESETS = frozenset(_PRESETS.split())
"""ST_ShapeType (ECMA-376 part 1, 20.1.10.56)."""
