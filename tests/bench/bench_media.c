/*
 * bench_media.c - what motcua-media is asked for: a register of 50,000 rows as XLSX, what 100 files of 1 MB are.
 *
 * From the table in memory, or the files on disk, to the bytes, or the answers, back in this process: start of the
 * helper, pipe and limits included. Files are half PDFs of a scanned page, half TIFFs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <hpdf.h>
#include <tiffio.h>

#include "core/table.h"
#include "db/base/file.h"
#include "db/base/random.h"
#include "tests/bench/bench.h"
#include "tui/papers.h"

enum { ROWS = 50000, FILES = 100, ACROSS = 1000, RUNS = 3, ROOM = 1 << 29 };

static const struct column columns[] = {
	{ "number", COLUMN_INT, 0, T("", ""), T("STT (1)", "No. (1)"), NULL },
	{ "code", COLUMN_CODE, 0, T("", ""), T("Mã hồ sơ (2)", "Code (2)"), NULL },
	{ "procedure_code", COLUMN_CODE, 0, T("", ""), T("Thủ tục (3)", "Procedure (3)"), NULL },
	{ "applicant_name", COLUMN_TEXT, 0, T("", ""), T("Cá nhân, tổ chức (5)", "Applicant (5)"), NULL },
	{ "applicant_address", COLUMN_TEXT, 0, T("", ""), T("Địa chỉ (6)", "Address (6)"), NULL },
	{ "applicant_phone", COLUMN_CODE, 0, T("", ""), T("Điện thoại (6)", "Phone (6)"), NULL },
	{ "unit", COLUMN_TEXT, 0, T("", ""), T("Cơ quan giải quyết (7)", "Decided by (7)"), NULL },
	{ "received_at", COLUMN_TIME, 0, T("", ""), T("Ngày nhận (8)", "Received (8)"), NULL },
	{ "due_at", COLUMN_TIME, 0, T("", ""), T("Hẹn trả (9)", "Due (9)"), NULL },
	{ "returned_at", COLUMN_TIME, 0, T("", ""), T("Ngày trả (10)", "Returned (10)"), NULL },
	{ "return_method", COLUMN_TEXT, 0, T("", ""), T("Cách trả (11)", "Method (11)"), NULL },
	{ "note", COLUMN_TEXT, 0, T("", ""), T("Ghi chú (13)", "Note (13)"), NULL },
};

/* The helper is looked for beside the program that asks. */
static void helper_beside(void)
{
	char self[4096], *slash;
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 32);

	if (len <= 0)
		return;
	self[len] = '\0';
	slash = strrchr(self, '/');
	memcpy(slash, "/motcua-media", sizeof("/motcua-media"));
	if (access(self, X_OK) && symlink("../motcua-media", self))
		fprintf(stderr, "bench: no motcua-media beside the bench\n");
}

static void fill(struct table *table, int rows)
{
	char text[120];

	table_part(table, "register", columns, ARRAY_LEN(columns), (struct words)T("", ""));
	for (int i = 0; i < rows; i++) {
		msec received = INT64_C(1704160000000) + i * INT64_C(480000);

		table_num(table, i + 1);
		snprintf(text, sizeof(text), "H11.25-24%04d-%04d", 101 + i / 120 % 900, 101 + i % 120);
		table_text(table, text);
		table_text(table, "1.001193");
		snprintf(text, sizeof(text), "Nguyễn Thị Bình %u", bench_roll(10000));
		table_text(table, text);
		snprintf(text, sizeof(text), "%u Võ Thị Sáu, khu phố %u, Phường Bình Hưng", bench_roll(300),
			 bench_roll(9));
		table_text(table, text);
		snprintf(text, sizeof(text), "+8437730%04u", bench_roll(10000));
		table_text(table, text);
		table_text(table, "Bộ phận Một cửa");
		table_num(table, received);
		table_num(table, received + 3 * DAY_MS);
		table_num(table, received + 2 * DAY_MS);
		table_text(table, "tại quầy");
		table_null(table);
	}
}

static double xlsx_once(const struct table *table)
{
	struct buf stream = BUF(ROOM), out = BUF(ROOM);
	struct err err = { .rc = RC_OK };
	double start = bench_now_ms(), took;

	table_write_stream(table, LANG_VI, &stream);
	bench_must(papers_make(MEDIA_XLSX, 0, stream.data, stream.len, &out, &err), &err);
	took = bench_now_ms() - start;
	buf_done(&stream);
	buf_done(&out);
	return took;
}

static void make_pdf(const uint8_t *picture, const char *path)
{
	HPDF_Doc doc = HPDF_New(NULL, NULL);
	HPDF_Page page = HPDF_AddPage(doc);
	HPDF_Image image = HPDF_LoadRawImageFromMem(doc, picture, ACROSS, ACROSS, HPDF_CS_DEVICE_GRAY, 8);

	HPDF_Page_DrawImage(page, image, 0, 0, HPDF_Page_GetWidth(page), HPDF_Page_GetHeight(page));
	HPDF_SaveToFile(doc, path);
	HPDF_Free(doc);
}

static void make_tiff(uint8_t *picture, const char *path)
{
	TIFF *tiff = TIFFOpen(path, "w");

	TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, ACROSS);
	TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, ACROSS);
	TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
	TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
	TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
	TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
	TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 300.0);
	for (uint32_t y = 0; y < ACROSS; y++)
		(void)TIFFWriteScanline(tiff, picture + (size_t)y * ACROSS, y, 0);
	TIFFClose(tiff);
}

static void make_files(char paths[FILES][600], int count)
{
	uint8_t *picture = malloc((size_t)ACROSS * ACROSS);

	if (!picture)
		die("out of memory");
	for (int i = 0; i < count; i++) {
		random_bytes(picture, (size_t)ACROSS * ACROSS);
		snprintf(paths[i], sizeof(paths[i]), "%.500s/scan%d.%s", bench_folder(), i, i % 2 ? "tif" : "pdf");
		if (i % 2)
			make_tiff(picture, paths[i]);
		else
			make_pdf(picture, paths[i]);
	}
	free(picture);
}

static double scan_once(const char *const *paths, size_t count)
{
	struct papers_scan *found = calloc(count, sizeof(*found));
	struct err err = { .rc = RC_OK };
	double start = bench_now_ms(), took;

	if (!found)
		die("out of memory");
	bench_must(papers_scan(paths, count, found, &err), &err);
	took = bench_now_ms() - start;
	for (size_t i = 0; i < count; i++)
		if (found[i].fault || found[i].scan.bytes < (uint64_t)ACROSS * ACROSS) {
			fprintf(stderr, "bench: %s: %s\n", paths[i], papers_fault(found[i].fault)->en);
			exit(1);
		}
	free(found);
	return took;
}

int main(void)
{
	static char paths[FILES][600];
	const char *names[FILES];
	double xlsx[RUNS], scans[RUNS];
	int count = bench_size(FILES);
	struct table table;

	helper_beside();
	table_init(&table);
	fill(&table, bench_size(ROWS));
	for (int i = 0; i < RUNS; i++)
		xlsx[i] = xlsx_once(&table);
	table_done(&table);
	make_files(paths, count);
	for (int i = 0; i < count; i++)
		names[i] = paths[i];
	for (int i = 0; i < RUNS; i++)
		scans[i] = scan_once(names, (size_t)count);
	bench_print("xlsx_50k_s", bench_part(xlsx, RUNS, 0.5) / 1e3, "");
	bench_print("scan100_s", bench_part(scans, RUNS, 0.5) / 1e3, "");
	for (int i = 0; i < count; i++)
		(void)unlink(paths[i]);
	bench_end();
	return 0;
}
