/*
 * t_media.c - what motcua-media makes and what it sees in files: made here, cut here, read back.
 *
 * The jobs run in this process, so that a sanitizer sees them too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <jpeglib.h>
#include <png.h>
#include <tiffio.h>

#include "core/qr.h"
#include "core/table.h"
#include "db/base/file.h"
#include "db/base/hash.h"
#include "db/base/utf8.h"
#include "tests/unit/case.h"
#include "tui/media/pdf.h"
#include "tui/media/run.h"

enum { ROOM = 64 << 20, SIDE = 64 };

static void read_file(const char *path, struct buf *out)
{
	assert_int_equal(file_read(path, out, NULL), RC_OK);
	assert_int_equal(unlink(path), 0);
}

static const char *scratch(const char *kind)
{
	static char path[64];

	(void)snprintf(path, sizeof(path), "/tmp/motcua-media-%ld.%s", (long)getpid(), kind);
	return path;
}

static void make_tiff(int pages, float dpi, uint16_t unit, struct buf *out)
{
	TIFF *tiff = TIFFOpen(scratch("tif"), "w");
	uint8_t row[SIDE] = { 0 };

	for (int page = 0; page < pages; page++) {
		TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, SIDE);
		TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, SIDE);
		TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
		TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
		TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
		TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, SIDE);
		if (dpi > 0) {
			TIFFSetField(tiff, TIFFTAG_XRESOLUTION, (double)dpi);
			TIFFSetField(tiff, TIFFTAG_YRESOLUTION, (double)dpi);
			TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, unit);
		}
		for (uint32_t y = 0; y < SIDE; y++)
			(void)TIFFWriteScanline(tiff, row, y, 0);
		(void)TIFFWriteDirectory(tiff);
	}
	TIFFClose(tiff);
	read_file(scratch("tif"), out);
}

static void make_jpeg(uint16_t density, uint8_t unit, struct buf *out)
{
	struct jpeg_compress_struct info = { 0 };
	struct jpeg_error_mgr errors;
	unsigned char *bytes = NULL;
	unsigned long len = 0;
	JSAMPLE row[SIDE] = { 0 };
	JSAMPROW rows[] = { row };

	info.err = jpeg_std_error(&errors);
	jpeg_create_compress(&info);
	jpeg_mem_dest(&info, &bytes, &len);
	info.image_width = info.image_height = SIDE;
	info.input_components = 1;
	info.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&info);
	info.density_unit = unit;
	info.X_density = info.Y_density = density;
	jpeg_start_compress(&info, TRUE);
	while (info.next_scanline < info.image_height)
		(void)jpeg_write_scanlines(&info, rows, 1);
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	buf_add(out, bytes, len);
	free(bytes);
}

static void put_png(png_structp png, png_bytep data, size_t len)
{
	buf_add(png_get_io_ptr(png), data, len);
}

static void make_png(uint32_t per_metre, struct buf *out)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	png_byte row[SIDE] = { 0 };

	png_set_write_fn(png, out, put_png, NULL);
	png_set_IHDR(png, info, SIDE, SIDE, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
		     PNG_FILTER_TYPE_DEFAULT);
	if (per_metre)
		png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
	png_write_info(png, info);
	for (int y = 0; y < SIDE; y++)
		png_write_row(png, row);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
}

/* A page of A4 at 72 points an inch with a picture of `dots` across over all of it. */
static void make_pdf(int pages, unsigned dots, struct buf *out)
{
	static uint8_t picture[2000 * 10];
	HPDF_Doc doc = HPDF_New(NULL, NULL);
	HPDF_UINT32 len;

	for (int i = 0; i < pages; i++) {
		HPDF_Page page = HPDF_AddPage(doc);

		HPDF_Page_SetWidth(page, 576);
		HPDF_Page_SetHeight(page, 720);
		if (dots)
			HPDF_Page_DrawImage(page,
					    HPDF_LoadRawImageFromMem(doc, picture, dots, 10, HPDF_CS_DEVICE_GRAY, 8),
					    0, 0, 576, 720);
	}
	HPDF_SaveToStream(doc);
	len = HPDF_GetStreamSize(doc);
	(void)HPDF_ReadFromStream(doc, buf_room(out, len), &len);
	out->len += len;
	HPDF_Free(doc);
}

struct seen {
	uint64_t format, pages, dpi;
};

static void assert_seen(const struct buf *file, struct seen want)
{
	uint8_t hash[MEDIA_HASH];
	struct media_scan scan;

	assert_int_equal(scan_bytes(file->data, file->len, &scan), MEDIA_FINE);
	assert_int_equal(scan.format, want.format);
	assert_int_equal(scan.pages, want.pages);
	assert_int_equal(scan.dpi, want.dpi);
	assert_int_equal(scan.bytes, file->len);
	hash_of(file->data, file->len, hash, sizeof(hash));
	assert_memory_equal(scan.hash, hash, sizeof(hash));
}

/* Whatever the end is cut to, it is refused or read, and never more than that. */
static void cut_everywhere(const struct buf *file, bool all_refused)
{
	for (size_t len = 0; len < file->len; len += len < 600 ? 1 : 37) {
		uint8_t *copy = malloc(len + 1);
		struct media_scan scan;
		enum media_fault fault;

		assert_non_null(copy);
		memcpy(copy, file->data, len);
		fault = scan_bytes(copy, len, &scan);
		assert_true(fault < MEDIA_FAULTS);
		if (all_refused)
			assert_int_not_equal(fault, MEDIA_FINE);
		free(copy);
	}
}

static void pictures_say_what_they_are(void **state)
{
	static const struct {
		const char *what;
		uint16_t density;
		uint8_t unit;
		uint64_t dpi;
	} jpegs[] = { { "dots an inch", 300, 1, 300 }, { "dots a centimetre", 118, 2, 300 }, { "no unit", 1, 0, 0 } };
	struct buf file = BUF(ROOM);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(jpegs); i++) {
		case_name(jpegs[i].what);
		buf_clear(&file);
		make_jpeg(jpegs[i].density, jpegs[i].unit, &file);
		assert_seen(&file, (struct seen){ 3, 1, jpegs[i].dpi });
	}
	cut_everywhere(&file, true);
	case_name("a PNG");
	buf_clear(&file);
	make_png(7874, &file);
	assert_seen(&file, (struct seen){ 4, 1, 200 });
	cut_everywhere(&file, true);
	case_name("a PNG that says nothing");
	buf_clear(&file);
	make_png(0, &file);
	assert_seen(&file, (struct seen){ 4, 1, 0 });
	buf_done(&file);
}

static void sheets_of_a_tiff_are_counted(void **state)
{
	struct buf file = BUF(ROOM);

	(void)state;
	make_tiff(3, 300, RESUNIT_INCH, &file);
	assert_seen(&file, (struct seen){ 2, 3, 300 });
	cut_everywhere(&file, false);
	buf_clear(&file);
	make_tiff(1, 118.11F, RESUNIT_CENTIMETER, &file);
	assert_seen(&file, (struct seen){ 2, 1, 300 });
	buf_clear(&file);
	make_tiff(1, 0, 0, &file);
	assert_seen(&file, (struct seen){ 2, 1, 0 });
	buf_done(&file);
}

static void a_pdf_is_looked_into(void **state)
{
	struct buf file = BUF(ROOM);

	(void)state;
	make_pdf(2, 1600, &file); /* 1600 dots over 8 inches */
	assert_seen(&file, (struct seen){ 1, 2, 200 });
	cut_everywhere(&file, false);
	buf_clear(&file);
	make_pdf(1, 0, &file);
	assert_seen(&file, (struct seen){ 1, 1, 0 });
	buf_done(&file);
}

static void what_is_no_scan_is_refused(void **state)
{
	static const char *const texts[] = { "x", "%PD", "GIF89a", "PK\x03\x04", "\xff\xd8\xff", "\x89PNG\r\n\x1a\n",
					     "II*", "%PDF-1.4\n" };
	struct media_scan scan;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		case_name(texts[i]);
		assert_int_not_equal(scan_bytes((const uint8_t *)texts[i], strlen(texts[i]), &scan), MEDIA_FINE);
	}
	assert_int_equal(scan_file("/nonexistent", &scan), MEDIA_FAULT_OPEN);
	assert_int_equal(scan_file("/", &scan), MEDIA_FAULT_KIND);
	assert_int_equal(scan_file("/dev/null", &scan), MEDIA_FAULT_KIND);
}

#define PAPER "motcua-paper\t1\tA5\n"

static void put(struct buf *out, const char *text)
{
	buf_clear(out);
	buf_text(out, text);
}

/* How often `what` stands in the bytes. */
static size_t times(const struct buf *bytes, const char *what)
{
	size_t count = 0, len = strlen(what);

	for (size_t i = 0; i + len <= bytes->len; i++)
		count += !memcmp(bytes->data + i, what, len);
	return count;
}

static void a_paper_becomes_a_pdf(void **state)
{
	struct buf in = BUF(ROOM), out = BUF(ROOM);

	(void)state;
	put(&in, PAPER "code\tH11.25-241025-0101\ntwo\tn\tỦY BAN\tb\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
		       "center\tb\tGIẤY TIẾP NHẬN\ntext\tn\t2\tNguyễn Thị Bình\\nhai dòng\ngap\t2\nline\n"
		       "columns\t4\tTT\t0\tTên\t>8\tSố\nrow\t1\tGiấy chứng sinh\t1\npage\ntext\tb\t0\tx\nend\n");
	assert_int_equal(run_paper_pdf(&in, &out), MEDIA_FINE);
	assert_memory_equal(out.data, "%PDF-1.", 7);
	assert_int_equal(times(&out, "/Type /Page\n") + times(&out, "/Type /Page "), 2);
	assert_seen(&out, (struct seen){ 1, 2, 0 });
	buf_done(&in);
	buf_done(&out);
}

static size_t glyphs_used(const struct pdf *pdf)
{
	HPDF_FontAttr attr = pdf->fonts[0]->attr;
	HPDF_TTFontDefAttr def = attr->fontdef->attr;
	size_t used = 0;

	for (size_t i = 0; i < def->num_glyphs; i++)
		used += def->glyph_tbl.flgs[i] != 0;
	return used;
}

/* ế is ê and a mark, ê is e and a mark: all of them must be in the file, or a mark is missing on paper. */
static void letters_keep_all_their_marks(void **state)
{
	struct pdf pdf;
	struct buf out = BUF(ROOM);
	size_t before;

	(void)state;
	assert_int_equal(pdf_begin(&pdf, 400, 400, 10), MEDIA_FINE);
	pdf_page(&pdf);
	before = glyphs_used(&pdf);
	pdf_put(&pdf, "ế", strlen("ế"), 10, 10, 100, PDF_LEFT, false, 10);
	assert_true(pdf_keep_parts(pdf.fonts[0], pdf.paths[0]));
	assert_true(glyphs_used(&pdf) >= before + 5);
	assert_int_equal(pdf_end(&pdf, &out), MEDIA_FINE);
	buf_done(&out);
}

static void sheets_follow_one_another(void **state)
{
	struct buf in = BUF(ROOM), out = BUF(ROOM);
	struct media_scan scan;

	(void)state;
	buf_text(&in, "motcua-paper\t1\tA4L\ncolumns\t4\tTT\t0\tTên\n");
	for (int i = 0; i < 300; i++)
		buf_printf(&in, "row\t%d\tNguyễn Văn %d\n", i, i);
	buf_text(&in, "end\n");
	assert_int_equal(run_paper_pdf(&in, &out), MEDIA_FINE);
	assert_int_equal(scan_bytes(out.data, out.len, &scan), MEDIA_FINE);
	assert_in_range(scan.pages, 5, 12);
	buf_done(&in);
	buf_done(&out);
}

/* A cell higher than a sheet, a word wider than one, a thousand empty columns: an end, and no crash. */
static void odd_papers_come_out_or_are_refused(void **state)
{
	struct buf in = BUF(ROOM), out = BUF(ROOM);

	(void)state;
	buf_text(&in, PAPER "columns\t4\tTT\t0\tTên\nrow\t1\t");
	for (int i = 0; i < 20000; i++)
		buf_text(&in, i % 100 ? "xxxxxxxxx" : "\\n");
	buf_text(&in, "\nend\n");
	assert_int_equal(run_paper_pdf(&in, &out), MEDIA_FINE);
	buf_clear(&out);
	put(&in, PAPER "columns\t999\ta\t999\tb\t0\tc\t0\td\nrow\t\xF0\x9F\x98\x80\tz\tx\ty\n"
		       "text\tn\t4000000000\tx\ngap\t99\nend\n");
	assert_int_equal(run_paper_pdf(&in, &out), MEDIA_FINE);
	buf_done(&in);
	buf_done(&out);
}

static const char *const no_papers[] = {
	"", "end\n", PAPER, PAPER "text\tn\t0\tx\n", PAPER "moon\nend\n", PAPER "row\tx\nend\n", PAPER "columns\nend\n",
	"motcua-paper\t2\tA5\nend\n", "motcua-table\t1\tvi\nend\n", PAPER "text\t\\q\nend\n",
};

static const char *const no_tables[] = {
	"", "end\n", "motcua-table\t1\tvi\n", "motcua-table\t1\tvi\nrow\tsx\nend\n",
	"motcua-table\t1\tvi\ncolumn\ta\ttext\t\tA\nend\n",
	"motcua-table\t1\tvi\npart\tp\t\ncolumn\ta\ttext\t\tA\nrow\tsx\tsy\nend\n", "motcua-paper\t1\tA5\nend\n",
	"motcua-table\t1\tvi\npart\tp\t\nmoon\nend\n",
};

static void nonsense_makes_nothing(void **state)
{
	struct buf in = BUF(ROOM), out = BUF(ROOM);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(no_papers); i++) {
		case_name(no_papers[i]);
		put(&in, no_papers[i]);
		assert_int_not_equal(run_paper_pdf(&in, &out), MEDIA_FINE);
	}
	for (size_t i = 0; i < ARRAY_LEN(no_tables); i++) {
		case_name(no_tables[i]);
		put(&in, no_tables[i]);
		assert_int_not_equal(run_table_pdf(&in, &out), MEDIA_FINE);
		assert_int_not_equal(run_xlsx(&in, &out), MEDIA_FINE);
	}
	buf_done(&in);
	buf_done(&out);
}

static const struct column columns[] = {
	{ "code", COLUMN_CODE, 0, T("Mã", "Codes"), T("Mã hồ sơ", "Code"), NULL },
	{ "phone", COLUMN_CODE, 0, T("Mã", "Codes"), T("Điện thoại", "Phone"), NULL },
	{ "name", COLUMN_TEXT, 0, T("", ""), T("Họ và tên", "Name"), NULL },
	{ "count", COLUMN_INT, 0, T("", ""), T("Số", "Count"), NULL },
	{ "share", COLUMN_PERCENT, 0, T("", ""), T("Tỷ lệ", "Share"), NULL },
	{ "days", COLUMN_DECIMAL, 0, T("", ""), T("Ngày công", "Days"), NULL },
	{ "on", COLUMN_DATE, 0, T("", ""), T("Ngày", "Date"), NULL },
	{ "at", COLUMN_TIME, 0, T("", ""), T("Lúc", "At"), NULL },
	{ "good", COLUMN_BOOL, 0, T("", ""), T("Đạt", "Met"), NULL },
};

static void sample_table(size_t rows, struct buf *out)
{
	struct table table;

	table_init(&table);
	table_say_title(&table, LANG_VI, "Tiêu đề %d", "Title %d", 1);
	table_say_footer(&table, LANG_VI, "Cuối %d", "Foot %d", 1);
	table_part(&table, "first", columns, ARRAY_LEN(columns), (struct words)T("Phần [một]/hai:*?", "One"));
	for (size_t i = 0; i < rows; i++) {
		table_text(&table, "000.25.11");
		table_text(&table, "0377305234");
		table_text(&table, i % 2 ? "=1+1" : "Nguyễn Thị Bình");
		table_num(&table, 1234567);
		table_num(&table, 9021);
		table_num(&table, 1500000);
		table_day(&table, 20000);
		table_num(&table, INT64_C(1729818000000));
		table_bool(&table, true);
	}
	table_part(&table, "second", columns, 1, (struct words)T("", ""));
	table_write_stream(&table, LANG_VI, out);
	table_done(&table);
}

static void tables_become_books_and_sheets(void **state)
{
	struct buf in = BUF(ROOM), out = BUF(ROOM);
	struct media_scan scan;

	(void)state;
	sample_table(120, &in);
	assert_int_equal(run_xlsx(&in, &out), MEDIA_FINE);
	assert_memory_equal(out.data, "PK\x03\x04", 4);
	assert_true(times(&out, "xl/worksheets/sheet2.xml") >= 2);
	buf_clear(&out);
	assert_int_equal(run_table_pdf(&in, &out), MEDIA_FINE);
	assert_int_equal(scan_bytes(out.data, out.len, &scan), MEDIA_FINE);
	assert_in_range(scan.pages, 2, 8);
	buf_done(&in);
	buf_done(&out);
}

static void a_code_becomes_squares(void **state)
{
	struct buf in = BUF(4096), out = BUF(ROOM), line = BUF(ROOM);
	struct qr qr = { .size = 0 };

	(void)state;
	put(&in, "H11.25-241025-0101");
	assert_int_equal(run_qr(&in, &out), MEDIA_FINE);
	qr.size = out.data[0];
	assert_int_equal(out.len, 1 + (qr.size * qr.size + 7) / 8);
	assert_in_range(qr.size, 21, 33);
	memcpy(qr.bits, out.data + 1, out.len - 1);
	/* The corner every code has: seven dark, one light; a light ring inside. */
	for (unsigned i = 0; i < 7; i++)
		assert_true(qr_dark(&qr, i, 0) && qr_dark(&qr, 0, i));
	assert_false(qr_dark(&qr, 7, 0));
	assert_false(qr_dark(&qr, 1, 1));
	assert_false(qr_dark(&qr, qr.size, 0));
	qr_line(&qr, 0, false, &line);
	assert_int_equal(line.len, qr_cols(&qr)); /* the quiet zone: blanks only */
	buf_clear(&line);
	qr_line(&qr, 1, false, &line);
	assert_int_equal(strncmp(buf_str(&line), "  █▀▀▀▀▀█ ", strlen("  █▀▀▀▀▀█ ")), 0);
	buf_clear(&in);
	buf_clear(&out);
	assert_int_equal(run_qr(&in, &out), MEDIA_FAULT_STREAM);
	buf_done(&in);
	buf_done(&out);
	buf_done(&line);
}

/* No two letters look alike: each is drawn, none as the box of a font that lacks it. */
static void every_letter_has_its_dots(void **state)
{
	static const char *const all[] = {
		"ạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ",
		"ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư",
	};
	struct buf drawn[160] = { { .max = 0 } };
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		for (const char *at = all[i], *end = at + strlen(at); at < end; count++) {
			struct buf in = BUF(64);

			utf8_put(&in, utf8_get(&at, end));
			buf_text(&in, "...............................\n"); /* its size is that of a line of 32 */
			drawn[count] = (struct buf)BUF(ROOM);
			assert_int_equal(run_bitmap(&in, 576, &drawn[count]), MEDIA_FINE);
			for (size_t other = 0; other < count; other++)
				if (drawn[other].len == drawn[count].len &&
				    !memcmp(drawn[other].data, drawn[count].data, drawn[count].len))
					fail_msg("letters %zu and %zu look alike", other, count);
			buf_done(&in);
		}
	assert_in_range(count, 133, 134);
	for (size_t i = 0; i < count; i++)
		buf_done(&drawn[i]);
}

static void letters_become_dots(void **state)
{
	struct buf in = BUF(4096), out = BUF(ROOM);
	size_t dark = 0;

	(void)state;
	put(&in, "TIẾNG VIỆT\nễ\n");
	assert_int_equal(run_bitmap(&in, 384, &out), MEDIA_FINE);
	assert_memory_equal(out.data, "\x1b@\x1dv0\0", 6);
	assert_int_equal(out.data[6] | out.data[7] << 8, 48); /* bytes across */
	assert_int_equal(times(&out, "\x1dv0"), 2);
	for (size_t i = 10; i < out.len; i++)
		dark += out.data[i] != 0;
	assert_true(dark > 100);
	assert_int_equal(run_bitmap(&in, 8, &out), MEDIA_FAULT_STREAM);
	buf_done(&in);
	buf_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_say_what_they_are),
		cmocka_unit_test(sheets_of_a_tiff_are_counted),
		cmocka_unit_test(a_pdf_is_looked_into),
		cmocka_unit_test(what_is_no_scan_is_refused),
		cmocka_unit_test(a_paper_becomes_a_pdf),
		cmocka_unit_test(letters_keep_all_their_marks),
		cmocka_unit_test(sheets_follow_one_another),
		cmocka_unit_test(odd_papers_come_out_or_are_refused),
		cmocka_unit_test(nonsense_makes_nothing),
		cmocka_unit_test(tables_become_books_and_sheets),
		cmocka_unit_test(a_code_becomes_squares),
		cmocka_unit_test(letters_become_dots),
		cmocka_unit_test(every_letter_has_its_dots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
