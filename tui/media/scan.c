/* scan.c - what a file is, told from its bytes. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/base/hash.h"
#include "tui/media/run.h"

enum { FORMAT_PDF = 1, FORMAT_TIFF, FORMAT_JPEG, FORMAT_PNG };
enum { PDF_HEAD = 1024 }; /* where the words %PDF- may stand */

static uint64_t format_of(const uint8_t *data, size_t len)
{
	if (len >= 8 && !memcmp(data, "\x89PNG\r\n\x1a\n", 8))
		return FORMAT_PNG;
	if (len >= 3 && !memcmp(data, "\xff\xd8\xff", 3))
		return FORMAT_JPEG;
	if (len >= 4 && (!memcmp(data, "II\x2a\0", 4) || !memcmp(data, "MM\0\x2a", 4) || !memcmp(data, "II\x2b\0", 4) ||
			 !memcmp(data, "MM\0\x2b", 4)))
		return FORMAT_TIFF;
	for (size_t i = 0; i + 5 <= len && i < PDF_HEAD; i++)
		if (!memcmp(data + i, "%PDF-", 5))
			return FORMAT_PDF;
	return 0;
}

uint64_t scan_dpi(double per_inch)
{
	return per_inch >= 1 && per_inch <= 100000 ? (uint64_t)(per_inch + 0.5) : 0;
}

enum media_fault scan_bytes(const uint8_t *data, size_t len, struct media_scan *out)
{
	*out = (struct media_scan){ .format = format_of(data, len), .bytes = len };
	hash_of(data, len, out->hash, sizeof(out->hash));
	switch (out->format) {
	case FORMAT_PDF:
		return scan_pdf(data, len, out);
	case FORMAT_TIFF:
		return scan_tiff(data, len, out);
	case FORMAT_JPEG:
		return scan_jpeg(data, len, out);
	case FORMAT_PNG:
		return scan_png(data, len, out);
	default:
		return MEDIA_FAULT_FORMAT;
	}
}

static enum media_fault scan_open(int fd, struct media_scan *out)
{
	struct stat st;
	enum media_fault fault;
	void *data;

	if (fstat(fd, &st))
		return MEDIA_FAULT_OPEN;
	if (!S_ISREG(st.st_mode))
		return MEDIA_FAULT_KIND;
	if (st.st_size > MEDIA_FILE_MAX)
		return MEDIA_FAULT_LARGE;
	if (!st.st_size)
		return MEDIA_FAULT_FORMAT;
	data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (data == MAP_FAILED)
		return MEDIA_FAULT_OPEN;
	fault = scan_bytes(data, (size_t)st.st_size, out);
	(void)munmap(data, (size_t)st.st_size);
	return fault;
}

enum media_fault scan_file(const char *path, struct media_scan *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	enum media_fault fault;

	if (fd < 0)
		return MEDIA_FAULT_OPEN;
	fault = scan_open(fd, out);
	(void)close(fd);
	return fault;
}
