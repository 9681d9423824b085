"""The CMYK profile of a press file when the print shop has named none."""

from __future__ import annotations

try:
    from _libvips import ffi, lib
except ImportError:  # no wheel for this machine: then no press file is written, and the build says so
    lib = None


def default_profile() -> bytes | None:
    """Returns the redistributable CMYK profile that libvips carries, None where libvips is not installed. libvips is called
    through its own cffi module: its Python package comes as source only."""
    if lib is None or lib.vips_init(b"lhpub") != 0:
        return None
    name, operation = ffi.new("GValue *"), lib.vips_operation_new(b"profile_load")
    lib.g_value_init(name, lib.g_type_from_name(b"gchararray"))
    lib.g_value_set_string(name, b"cmyk")
    lib.g_object_set_property(ffi.cast("GObject *", operation), b"name", name)
    lib.g_value_unset(name)
    built = lib.vips_cache_operation_build(operation)
    if built == ffi.NULL:
        return None
    blob, size = ffi.new("GValue *"), ffi.new("size_t *")
    lib.g_value_init(blob, lib.g_type_from_name(b"VipsBlob"))
    lib.g_object_get_property(ffi.cast("GObject *", built), b"profile", blob)
    data = bytes(ffi.buffer(lib.vips_value_get_blob(blob, size), size[0]))
    lib.g_value_unset(blob)
    return data
