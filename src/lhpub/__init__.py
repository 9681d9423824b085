"""One YAML source becomes an editable PPTX deck and a print brochure PDF in Chinese."""

__version__ = "0.1.0"
