/* scan_image.c - TIFF, JPEG and PNG: pages and density, without decoding a picture. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>

#include "tui/media/run.h"

#define CM_IN_INCH 2.54
#define METRES_IN_INCH 0.0254

enum { PAGES_MAX = 10000, TAIL = 64 << 10 };

/* TIFF: a file of bytes at hand. */
struct tiff_bytes {
	const uint8_t *data;
	size_t len;
	toff_t at;
};

static tmsize_t tiff_read(thandle_t handle, void *out, tmsize_t size)
{
	struct tiff_bytes *t = handle;
	size_t left = t->at < t->len ? t->len - (size_t)t->at : 0, take = (size_t)size < left ? (size_t)size : left;

	if (size <= 0)
		return 0;
	memcpy(out, t->data + (left ? t->at : 0), take);
	t->at += take;
	return (tmsize_t)take;
}

static tmsize_t tiff_write(thandle_t handle, void *data, tmsize_t size)
{
	(void)handle;
	(void)data;
	(void)size;
	return 0;
}

static toff_t tiff_seek(thandle_t handle, toff_t offset, int whence)
{
	struct tiff_bytes *t = handle;

	if (whence == SEEK_CUR)
		offset += t->at;
	else if (whence == SEEK_END)
		offset += t->len;
	t->at = offset;
	return t->at;
}

static int tiff_close(thandle_t handle)
{
	(void)handle;
	return 0;
}

static toff_t tiff_size(thandle_t handle)
{
	return ((struct tiff_bytes *)handle)->len;
}

/* The strips or tiles of this page lie within the file. */
static bool tiff_whole(TIFF *tiff, size_t len)
{
	uint32_t count = TIFFIsTiled(tiff) ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);

	for (uint32_t i = 0; i < count; i++) {
		uint64_t from = TIFFGetStrileOffset(tiff, i), size = TIFFGetStrileByteCount(tiff, i);

		if (from > len || size > len - from)
			return false;
	}
	return count > 0;
}

static uint64_t tiff_density(TIFF *tiff)
{
	float x = 0;
	uint16_t unit = RESUNIT_INCH;

	if (!TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x))
		return 0;
	(void)TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
	if (unit == RESUNIT_CENTIMETER)
		return scan_dpi((double)x * CM_IN_INCH);
	return unit == RESUNIT_INCH ? scan_dpi((double)x) : 0;
}

enum media_fault scan_tiff(const uint8_t *data, size_t len, struct media_scan *out)
{
	struct tiff_bytes bytes = { data, len, 0 };
	TIFF *tiff;
	bool whole = true;

	(void)TIFFSetErrorHandler(NULL);
	(void)TIFFSetWarningHandler(NULL);
	tiff = TIFFClientOpen("scan", "rm", &bytes, tiff_read, tiff_write, tiff_seek, tiff_close, tiff_size, NULL,
			      NULL);
	if (!tiff)
		return MEDIA_FAULT_BROKEN;
	out->dpi = tiff_density(tiff);
	do {
		uint64_t dpi = tiff_density(tiff);

		whole = tiff_whole(tiff, len);
		out->pages++;
		if (dpi && dpi < out->dpi)
			out->dpi = dpi;
	} while (whole && out->pages < PAGES_MAX && TIFFReadDirectory(tiff));
	TIFFClose(tiff);
	return whole ? MEDIA_FINE : MEDIA_FAULT_BROKEN;
}

struct jpeg_trap {
	struct jpeg_error_mgr manager;
	jmp_buf out;
};

static void jpeg_fail(j_common_ptr info)
{
	longjmp(((struct jpeg_trap *)info->err)->out, 1);
}

static void jpeg_quiet(j_common_ptr info)
{
	(void)info;
}

/* The mark of the end stands near it; scanners may pad. */
static bool jpeg_ends(const uint8_t *data, size_t len)
{
	for (size_t i = len; i >= 2 && len - i < TAIL; i--)
		if (data[i - 2] == 0xff && data[i - 1] == 0xd9)
			return true;
	return false;
}

enum media_fault scan_jpeg(const uint8_t *data, size_t len, struct media_scan *out)
{
	struct jpeg_decompress_struct info = { 0 };
	struct jpeg_trap trap;

	if (!jpeg_ends(data, len))
		return MEDIA_FAULT_BROKEN;
	info.err = jpeg_std_error(&trap.manager);
	trap.manager.error_exit = jpeg_fail;
	trap.manager.output_message = jpeg_quiet;
	if (setjmp(trap.out)) {
		jpeg_destroy_decompress(&info);
		return MEDIA_FAULT_BROKEN;
	}
	jpeg_create_decompress(&info);
	jpeg_mem_src(&info, data, (unsigned long)len);
	(void)jpeg_read_header(&info, TRUE);
	out->pages = 1;
	if (info.saw_JFIF_marker && info.density_unit == 1)
		out->dpi = scan_dpi(info.X_density);
	else if (info.saw_JFIF_marker && info.density_unit == 2)
		out->dpi = scan_dpi(info.X_density * CM_IN_INCH);
	jpeg_destroy_decompress(&info);
	return MEDIA_FINE;
}

struct png_bytes {
	const uint8_t *at, *end;
};

static void png_take(png_structp png, png_bytep out, size_t len)
{
	struct png_bytes *bytes = png_get_io_ptr(png);

	if (len > (size_t)(bytes->end - bytes->at))
		png_error(png, "cut off");
	memcpy(out, bytes->at, len);
	bytes->at += len;
}

static _Noreturn void png_fail(png_structp png, png_const_charp why)
{
	(void)why;
	png_longjmp(png, 1);
}

static void png_quiet(png_structp png, png_const_charp why)
{
	(void)png;
	(void)why;
}

/* Chunk after chunk up to IEND. */
static bool png_ends(const uint8_t *data, size_t len)
{
	size_t at = 8;

	while (at + 12 <= len) {
		size_t size = (size_t)data[at] << 24 | (size_t)data[at + 1] << 16 | (size_t)data[at + 2] << 8 |
			      data[at + 3];

		if (!memcmp(data + at + 4, "IEND", 4))
			return true;
		if (size > len - at - 12)
			return false;
		at += 12 + size;
	}
	return false;
}

enum media_fault scan_png(const uint8_t *data, size_t len, struct media_scan *out)
{
	struct png_bytes bytes = { data, data + len };
	png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, png_fail, png_quiet);
	png_infop info = png ? png_create_info_struct(png) : NULL;

	if (!info || !png_ends(data, len) || setjmp(png_jmpbuf(png))) {
		png_destroy_read_struct(&png, &info, NULL);
		return MEDIA_FAULT_BROKEN;
	}
	png_set_read_fn(png, &bytes, png_take);
	png_read_info(png, info);
	out->pages = 1;
	out->dpi = scan_dpi(png_get_x_pixels_per_meter(png, info) * METRES_IN_INCH);
	png_destroy_read_struct(&png, &info, NULL);
	return MEDIA_FINE;
}
